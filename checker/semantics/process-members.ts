// Members of process instances seen from outside: `tcp[A].rcv_nxt`, `clerk.busy`, timers of both.

import type * as ast from "../syntax/index.ts";
import { nearestName } from "./nearest-name.ts";
import { notConstant, notInEveryInstance, unknownField } from "./names-diagnostics.ts";
import { noteGhost } from "./infer-names.ts";
import { wrongTimer } from "./rules-diagnostics.ts";
import { findLocal, describe } from "./scope.ts";
import { errorType, type Member, type ProcessEntry, type Scope, type Session } from "./session.ts";
import type { Type } from "./types.ts";
import { instanceMissing } from "./types-diagnostics.ts";

type FieldExpression = Extract<ast.Expression, { kind: "field" }>;

export interface Instance {
  readonly entry: ProcessEntry;
  /** Absent for a single process. */
  readonly index: ast.Expression | undefined;
}

/** The process that `tcp` or `tcp[A]` names; undefined when the expression is no process. */
export const findProcess = (
  session: Session,
  expression: ast.Expression,
  scope: Scope,
): Instance | undefined => {
  const name = expression.kind === "index" ? expression.object : expression;
  if (name.kind !== "name" || findLocal(scope, name.name) !== undefined) return undefined;
  if (scope.group?.members.has(name.name) === true) return undefined;
  const global = session.globals.get(name.name);
  if (global?.kind !== "process") return undefined;
  session.use(global.declared);
  const entry = session.process(name.name);
  const index = expression.kind === "index" ? expression.index : undefined;
  return entry === undefined ? undefined : { entry, index };
};

export const inferForeignMember = (
  session: Session,
  expression: FieldExpression,
  scope: Scope,
): Type => {
  const member = foreignMember(session, expression, scope);
  if (member === undefined) return errorType;
  if (member.kind === "state") return member.type;
  if (member.member.kind !== "var") {
    const found = describe({ kind: "member", member: member.member });
    const owner = `${found} is no variable: \`${member.process}\``;
    session.report(
      unknownField(expression.field.span, {
        owner,
        name: expression.field.text,
        nearest: undefined,
      }),
    );
    return errorType;
  }
  noteGhost(session, expression, member.member.symbol, scope);
  return member.member.symbol.type;
};

type Foreign =
  | { readonly kind: "state"; readonly type: Type }
  | { readonly kind: "member"; readonly member: Member; readonly process: string };

/** Finds `object.field` in the process that `object` names. */
const foreignMember = (
  session: Session,
  expression: FieldExpression,
  scope: Scope,
): Foreign | undefined => {
  const { object, field } = expression;
  const instance = findProcess(session, object, scope);
  if (instance === undefined) return undefined;
  const { entry, index } = instance;
  const name = entry.declared.text;
  session.facts.types.set(object, errorType);
  if (scope.place === "constant") {
    session.report(notConstant(object.span, { name, what: "a process" }));
    return undefined;
  }
  const indexType = entry.symbol.index?.type;
  if ((indexType === undefined) !== (index === undefined)) {
    session.report(
      instanceMissing(object.span, { process: name, indexed: indexType !== undefined }),
    );
    return undefined;
  }
  if (index !== undefined && indexType !== undefined) session.check(index, indexType, scope);
  if (field.text === "") return undefined;
  if (field.text === "state" && entry.state !== undefined) {
    return { kind: "state", type: entry.state };
  }
  const member = selectMember(session, instance, field);
  return member && { kind: "member", member, process: name };
};

/** A member exists in the instances of its group; all that the index can mean must have it. */
const selectMember = (
  session: Session,
  { entry, index }: Instance,
  field: ast.Name,
): Member | undefined => {
  const process = entry.declared.text;
  const groups = entry.groups.filter((it) => it.members.get(field.text)?.body === it.symbol);
  const group = groups[0];
  const member = group?.members.get(field.text);
  if (group === undefined || member === undefined) {
    const names = entry.groups.flatMap((it) => [...it.members.keys()]);
    const nearest = nearestName(field.text, names);
    session.report(
      unknownField(field.span, { owner: `process \`${process}\``, name: field.text, nearest }),
    );
    return undefined;
  }
  for (const it of groups) {
    const declared = it.members.get(field.text)?.declared;
    if (declared !== undefined) session.use(declared);
  }
  const constant = index === undefined ? 0 : session.evaluate(index)?.scalars[0];
  const meant = constant === undefined ? entry.instances : [constant];
  if (meant.every((value) => groups.some(({ instances }) => instances.has(value)))) return member;
  const notes = [{ message: "it is declared for some instances here", span: member.declared.span }];
  session.report(notInEveryInstance(field.span, { name: field.text, process, notes }));
  return undefined;
};

/** The timer that an expression names: `t` in its process, `p[i].t` where `isForeignAllowed`. */
export const resolveTimer = (
  session: Session,
  expression: ast.Expression,
  isForeignAllowed: boolean,
  scope: Scope,
): boolean => {
  session.facts.types.set(expression, errorType);
  if (expression.kind === "missing") return false;
  if (expression.kind === "name") {
    if (expression.name === "") return false;
    const member = scope.group?.members.get(expression.name);
    if (member !== undefined) session.use(member.declared);
    if (member?.kind === "timer" && findLocal(scope, expression.name) === undefined) return true;
    const facts = { name: expression.name, reason: "is no timer of this process" };
    // What is unknown may stand in a file that could not be read, which is reported.
    if (member !== undefined || session.modules.isComplete) {
      session.report(wrongTimer(expression.span, facts));
    }
    return false;
  }
  if (expression.kind !== "field" || !findProcess(session, expression.object, scope)) {
    if (session.modules.isComplete) {
      session.report(wrongTimer(expression.span, { name: "this", reason: "is no timer" }));
    }
    return false;
  }
  const found = foreignMember(session, expression, scope);
  if (found === undefined) return false;
  const name = expression.field.text;
  if (found.kind !== "member" || found.member.kind !== "timer") {
    session.report(wrongTimer(expression.field.span, { name, reason: "is no timer" }));
    return false;
  }
  if (isForeignAllowed) return true;
  const reason = "belongs to another process, whose timers only `init` can start and stop";
  session.report(wrongTimer(expression.span, { name, reason }));
  return false;
};
