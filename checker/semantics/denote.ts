// What type expressions and named types denote under the constants of a configuration.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { mentionsConstant } from "./configured.ts";
import {
  loopTooLong,
  rangeTooWide,
  setTooLarge,
  tooDeep,
  tooManyScalars,
} from "./limits-diagnostics.ts";
import { nameTwice, wrongKindOfName } from "./names-diagnostics.ts";
import { constantScope, describe, findMeaning, reportUnknown } from "./scope.ts";
import { errorType, type Scope, type Session } from "./session.ts";
import { countOf, depthOf, isEnumerable, largestSet, sizeOf, typeName } from "./type-layout.ts";
import type { RecordField, Type } from "./types.ts";
import { badBounds, badFlag, notEnumerable } from "./types-diagnostics.ts";

export const largestState = 4096;
const deepestType = 32;
/** Most values that a domain ranges over. */
export const largestLoop = 4096;
const least = -(2 ** 31);
const greatest = 2 ** 31 - 1;

/** The type of every integer that can be stored. */
export const anyInteger: Type = { kind: "int", low: least, high: greatest };

export const denoteType = (session: Session, type: ast.TypeExpression): Type => {
  switch (type.kind) {
    case "bool-type":
      return { kind: "bool" };
    case "range-type":
      return rangeType(session, type.low, type.high, type.span);
    case "mod-type":
      return modType(session, type.modulus);
    case "named-type":
      return denoteName(session, type.name);
    case "array-type":
      return arrayType(session, type);
    case "set-type":
      return setType(session, type.element);
    case "option-type": {
      const element = session.denote(type.element);
      if (element.kind === "error") return errorType;
      return limited(session, { kind: "option", element }, "this type", type.span);
    }
    case "missing-type":
      return errorType;
  }
};

/** The value of a constant integer expression; what is wrong with it is reported. */
export const constantInteger = (
  session: Session,
  expression: ast.Expression,
  what: string,
  scope: Scope = constantScope,
): number | undefined => {
  const unbounded: Type = { kind: "int", low: -Infinity, high: Infinity };
  const type = session.check(expression, unbounded, {
    ...scope,
    place: "constant",
    isDead: true,
  });
  if (type.kind === "error") return undefined;
  return session.demand(expression, what)?.scalars[0];
};

const rangeType = (
  session: Session,
  lowExpression: ast.Expression,
  highExpression: ast.Expression,
  span: Span,
): Type => {
  const low = constantInteger(session, lowExpression, "the bound of a range");
  const high = constantInteger(session, highExpression, "the bound of a range");
  if (low === undefined || high === undefined) return errorType;
  if (low > high) {
    session.report(badBounds(span, { reason: `the range ${low}..${high} is empty` }));
    return errorType;
  }
  if (low < least || high > greatest) {
    session.report(rangeTooWide(span, { found: `the range ${low}..${high}` }));
    return errorType;
  }
  const type: Type = { kind: "int", low, high };
  const bounds = [lowExpression, highExpression];
  if (bounds.some((it) => mentionsConstant(session, it))) session.facts.configured.add(type);
  return type;
};

const modType = (session: Session, expression: ast.Expression): Type => {
  const modulus = constantInteger(session, expression, "the size of a serial number space");
  if (modulus === undefined) return errorType;
  if (modulus < 2 || modulus % 2 !== 0) {
    const reason = `the size of a serial number space is even and at least 2, found ${modulus}`;
    session.report(badBounds(expression.span, { reason }));
    return errorType;
  }
  if (modulus > 2 ** 31) {
    session.report(rangeTooWide(expression.span, { found: `mod ${modulus}` }));
    return errorType;
  }
  return { kind: "mod", modulus };
};

const denoteName = (session: Session, name: ast.Name): Type => {
  if (name.text === "") return errorType;
  const meaning = findMeaning(session, name.text, constantScope);
  if (meaning === undefined) {
    reportUnknown(session, name, constantScope, ["bool"]);
    return errorType;
  }
  if (meaning.kind === "global") {
    const { kind } = meaning.global;
    if (kind === "enum" || kind === "type" || kind === "record" || kind === "message") {
      return session.namedType(name.text, name.span);
    }
  }
  const found = describe(meaning);
  session.report(wrongKindOfName(name.span, { name: name.text, found, expected: "a type" }));
  return errorType;
};

/** Whether the type can be counted through; reports when it cannot. */
export const requireEnumerable = (
  session: Session,
  type: Type,
  role: string,
  span: Span,
): boolean => {
  if (type.kind === "error") return false;
  if (isEnumerable(type)) return true;
  session.report(notEnumerable(span, { role, found: typeName(type) }));
  return false;
};

/** As `requireEnumerable`, and few enough to have code for each value. */
export const requireCountable = (
  session: Session,
  type: Type,
  role: string,
  span: Span,
): boolean => {
  if (!requireEnumerable(session, type, role, span)) return false;
  if (countOf(type) <= largestLoop) return true;
  session.report(loopTooLong(span, { count: countOf(type) }));
  return false;
};

const arrayType = (
  session: Session,
  type: Extract<ast.TypeExpression, { kind: "array-type" }>,
): Type => {
  const index = session.denote(type.index);
  const element = session.denote(type.element);
  if (!requireEnumerable(session, index, "an array index", type.index.span)) return errorType;
  if (element.kind === "error") return errorType;
  return limited(session, { kind: "array", index, element }, "this array", type.span);
};

/** The type, unless it is too large or too deep to be looked through. */
const limited = (session: Session, type: Type, what: string, span: Span): Type => {
  if (depthOf(type) > deepestType) {
    session.report(tooDeep(span, { what: `${what} is nested`, limit: deepestType }));
    return errorType;
  }
  const count = sizeOf(type);
  if (count <= largestState) return type;
  session.report(tooManyScalars(span, { what, count }));
  return errorType;
};

const setType = (session: Session, elementExpression: ast.TypeExpression): Type => {
  const element = session.denote(elementExpression);
  if (!requireEnumerable(session, element, "a set element", elementExpression.span)) {
    return errorType;
  }
  return fitsSet(session, element, elementExpression.span) ? { kind: "set", element } : errorType;
};

/** Whether a set of such elements can be stored; reports when it cannot. */
export const fitsSet = (session: Session, element: Type, span: Span): boolean => {
  const count = countOf(element);
  if (count <= largestSet) return true;
  session.report(setTooLarge(span, { element: typeName(element), count }));
  return false;
};

/** The type that an enum, `type`, record or message declares. */
export const declaredType = (session: Session, name: string): Type => {
  const global = session.globals.get(name);
  if (global === undefined) return errorType;
  if (global.kind === "enum") {
    return { kind: "enum", name, members: global.declaration.members.map((it) => it.text) };
  }
  if (global.kind === "type") return session.denote(global.declaration.type);
  if (global.kind !== "record" && global.kind !== "message") return errorType;
  const fields = recordFields(session, global.declaration.fields);
  const isMessage = global.kind === "message";
  const { span } = global.declared;
  return limited(session, { kind: "record", name, isMessage, fields }, `\`${name}\``, span);
};

const recordFields = (
  session: Session,
  declarations: readonly ast.Field[],
): readonly RecordField[] => {
  const fields = new Map<string, RecordField>();
  for (const { names, type: typeExpression, ghost, when } of declarations) {
    const type = session.denote(typeExpression);
    for (const declared of names) {
      const name = declared.text;
      const before = fields.get(name);
      if (before !== undefined) {
        session.report(nameTwice(declared.span, { name, first: before.declared.span }));
      } else if (name !== "") {
        const flag = when === undefined || when.text === "" ? {} : { when: when.text };
        fields.set(name, { name, type, ghost, ...flag, declared });
      }
    }
  }
  for (const { when, ghost } of declarations) {
    if (when !== undefined && when.text !== "") checkFlag(session, fields, when, ghost);
  }
  // A flag that cannot be one is forgotten, so that uses of the field are judged on their own.
  return [...fields.values()].map((field) => {
    const flag = field.when === undefined ? undefined : fields.get(field.when);
    if (flag !== undefined && flag.type.kind === "bool" && flag.when === undefined) return field;
    const { when: _, ...unconditional } = field;
    return unconditional;
  });
};

const checkFlag = (
  session: Session,
  fields: ReadonlyMap<string, RecordField>,
  when: ast.Name,
  isGhost: boolean,
): void => {
  const flag = fields.get(when.text);
  const refuse = (reason: string): void =>
    session.report(badFlag(when.span, { flag: when.text, reason }));
  if (flag === undefined) refuse("there is no such field");
  else if (flag.type.kind === "error") return;
  else if (flag.type.kind !== "bool") refuse(`expected bool, found ${typeName(flag.type)}`);
  else if (flag.when !== undefined) refuse(`it exists only under \`${flag.when}\` itself`);
  else if (flag.ghost && !isGhost) refuse("it is a ghost, and the field is not");
};
