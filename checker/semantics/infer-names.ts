// The types of names, fields and elements: everything that can also be the target of an assignment.

import type * as ast from "../syntax/index.ts";
import { isExcused } from "./configured.ts";
import { nearestName } from "./nearest-name.ts";
import { notConstant, unknownField, wrongKindOfName } from "./names-diagnostics.ts";
import { findProcess, inferForeignMember } from "./process-members.ts";
import { noAttribute } from "./rules-diagnostics.ts";
import { describe, findLocal, findMeaning, reportUnknown } from "./scope.ts";
import {
  errorType,
  type Global,
  type Local,
  type Member,
  type Scope,
  type Session,
} from "./session.ts";
import { fieldOf, typeName } from "./type-layout.ts";
import type { Type } from "./types.ts";
import { alwaysFails, wrongType } from "./types-diagnostics.ts";

type NameExpression = Extract<ast.Expression, { kind: "name" }>;
type FieldExpression = Extract<ast.Expression, { kind: "field" }>;

export const inferName = (session: Session, expression: NameExpression, scope: Scope): Type => {
  const { name, span } = expression;
  if (name === "") return errorType;
  const meaning = findMeaning(session, name, scope);
  if (meaning === undefined) {
    const state = scope.process?.state;
    if (name === "state" && state !== undefined) {
      return requireModel(session, expression, "the control state", scope) ? state : errorType;
    }
    reportUnknown(session, { text: name, span }, scope, ["true", "false", "none"]);
    return errorType;
  }
  switch (meaning.kind) {
    case "local":
      return meaning.local.type;
    case "member":
      return inferMember(session, expression, meaning.member, scope);
    case "global":
      return inferGlobal(session, expression, meaning.global, scope);
  }
};

/** Whether the variables of the model can be read here; reports when they cannot. */
export const requireModel = (
  session: Session,
  { name, span }: { readonly name: string; readonly span: ast.Expression["span"] },
  what: string,
  scope: Scope,
): boolean => {
  if (scope.place !== "constant") return true;
  session.report(notConstant(span, { name, what }));
  return false;
};

const inferMember = (
  session: Session,
  expression: NameExpression,
  member: Member,
  scope: Scope,
): Type => {
  if (member.kind === "var") {
    if (!requireModel(session, expression, "a variable", scope)) return errorType;
    noteGhost(session, expression, member.symbol, scope);
    return member.symbol.type;
  }
  return wrongKind(session, expression, describe({ kind: "member", member }));
};

const inferGlobal = (
  session: Session,
  expression: NameExpression,
  global: Global,
  scope: Scope,
): Type => {
  if (global.kind === "const") return constantType(session, expression);
  if (global.kind === "member") {
    return session.namedType(global.declaration.name.text, expression.span);
  }
  if (global.kind === "var") {
    if (!requireModel(session, expression, "a variable", scope)) return errorType;
    const symbol = session.variable(global.declared);
    noteGhost(session, expression, symbol, scope);
    return symbol.type;
  }
  if (global.kind === "clock") {
    if (!requireModel(session, expression, "a clock", scope)) return errorType;
    return session.denote(global.declaration.type);
  }
  return wrongKind(session, expression, describe({ kind: "global", global }));
};

/** A constant integer has the interval of its one value, whatever range it declares. */
const constantType = (session: Session, { name, span }: NameExpression): Type => {
  const value = session.constant(name, span)?.value;
  if (value === undefined) return errorType;
  const [scalar] = value.scalars;
  return value.type.kind === "int" && scalar !== undefined
    ? { kind: "int", low: scalar, high: scalar }
    : value.type;
};

const wrongKind = (session: Session, { name, span }: NameExpression, found: string): Type => {
  const help = found === "a function" ? `call it: \`${name}(…)\`` : undefined;
  session.report(
    wrongKindOfName(span, { name, found, expected: "a value", ...(help && { help }) }),
  );
  return errorType;
};

/** Keeps for the ghost rules that the expression reads a ghost variable. */
export const noteGhost = (
  session: Session,
  expression: ast.Expression,
  symbol: { readonly name: string; readonly ghost: boolean; readonly declared: ast.Name },
  scope: Scope,
): void => {
  if (!symbol.ghost) return;
  session.facts.ghostReads.set(expression, symbol.name);
  if (scope.place === "property") session.facts.readGhosts.add(symbol.declared);
  else session.facts.ghostSources.set(expression, symbol.declared);
};

export const inferField = (session: Session, expression: FieldExpression, scope: Scope): Type => {
  const { object, field } = expression;
  if (findProcess(session, object, scope)) return inferForeignMember(session, expression, scope);
  const segment = segmentOf(object, scope);
  if (segment !== undefined) {
    const attribute = inferAttribute(session, expression, segment, scope);
    if (attribute !== undefined) return attribute;
  }
  const type = session.infer(object, scope);
  if (field.text === "") return errorType;
  if (type.kind !== "record") return notRecord(session, expression, type);
  const declared = fieldOf(type, field.text);
  if (declared === undefined) {
    if (isAttribute(field.text) && type.isMessage) {
      const reason = "only the name bound by `on receive` or by a property over the network has it";
      session.report(noAttribute(field.span, { attribute: field.text, reason }));
      return errorType;
    }
    const nearest = nearestName(
      field.text,
      type.fields.map(({ name }) => name),
    );
    session.report(
      unknownField(field.span, { owner: `\`${type.name}\``, name: field.text, nearest }),
    );
    return errorType;
  }
  noteGhost(session, expression, declared, scope);
  if (declared.when !== undefined) {
    const facts = { field: declared.name, flag: declared.when };
    session.facts.conditional.set(expression, facts);
  }
  return declared.type;
};

const notRecord = (session: Session, { object, field }: FieldExpression, found: Type): Type => {
  if (found.kind === "error") return errorType;
  const isInside = found.kind === "option" && found.element.kind === "record";
  session.report(
    wrongType(object.span, {
      expected: `a record with a field \`${field.text}\``,
      found: typeName(found),
      help: isInside ? "it may be `none`: write `…!`" : undefined,
    }),
  );
  return errorType;
};

const isAttribute = (name: string): boolean => name === "to" || name === "from" || name === "age";

const segmentOf = (object: ast.Expression, scope: Scope): Local | undefined => {
  const local = object.kind === "name" ? findLocal(scope, object.name) : undefined;
  return local?.role === "segment" ? local : undefined;
};

/** `.to`, `.from` and `.age` of a segment; undefined: it is an ordinary field. */
const inferAttribute = (
  session: Session,
  expression: FieldExpression,
  segment: Local,
  scope: Scope,
): Type | undefined => {
  const { network, type } = segment;
  const name = expression.field.text;
  if (!isAttribute(name) || network === undefined) return undefined;
  if (type.kind === "record" && fieldOf(type, name) !== undefined) return undefined;
  session.infer(expression.object, scope);
  const refuse = (reason: string): Type => {
    session.report(noAttribute(expression.field.span, { attribute: name, reason }));
    return errorType;
  };
  if (name !== "age") {
    return network.between ?? refuse(`\`${network.name}\` has no addresses`);
  }
  if (network.lifetime === undefined) return refuse(`\`${network.name}\` has no lifetime`);
  session.facts.ghostReads.set(expression, `${segment.declared.text}.age`);
  return { kind: "int", low: 0, high: network.lifetime };
};

export const inferIndex = (
  session: Session,
  expression: Extract<ast.Expression, { kind: "index" }>,
  scope: Scope,
): Type => {
  const { object, index } = expression;
  const process = findProcess(session, object, scope);
  if (process !== undefined) {
    const { text } = process.entry.declared;
    const found = "a process";
    session.report(wrongKindOfName(object.span, { name: text, found, expected: "a value" }));
    return errorType;
  }
  const type = session.infer(object, scope);
  if (type.kind !== "array") {
    session.infer(index, scope);
    if (type.kind !== "error") {
      session.report(wrongType(object.span, { expected: "an array", found: typeName(type) }));
    }
    return errorType;
  }
  const isInteger = type.index.kind === "int";
  const found = session.check(index, isInteger ? anyIndex : type.index, scope);
  if (found.kind === "int" && type.index.kind === "int") {
    const isOutside = found.high < type.index.low || found.low > type.index.high;
    if (isOutside && !isExcused(session, scope, index, type.index)) {
      const reason = `expected an index in ${typeName(type.index)}, found ${typeName(found)}`;
      session.report(alwaysFails(index.span, { reason }));
    }
  }
  return type.element;
};

const anyIndex: Type = { kind: "int", low: -Infinity, high: Infinity };
