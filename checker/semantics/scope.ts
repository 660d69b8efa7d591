// Scopes: binds local names, finds what a name means, and says what a name of the wrong kind is.

import type * as ast from "../syntax/index.ts";
import { nearestName } from "./nearest-name.ts";
import { hidesName, unknownName } from "./names-diagnostics.ts";
import type { Global, Local, Member, Scope, Session } from "./session.ts";
import type { Type } from "./types.ts";

export const constantScope: Scope = { place: "constant", locals: undefined, isDead: false };
export const behaviourScope: Scope = { place: "behaviour", locals: undefined, isDead: false };
export const propertyScope: Scope = { place: "property", locals: undefined, isDead: false };

export const deadScope = (scope: Scope): Scope =>
  scope.isDead ? scope : { ...scope, isDead: true };

export const findLocal = (scope: Scope, name: string): Local | undefined => {
  for (let it = scope.locals; it !== undefined; it = it.outer) {
    if (it.local.declared.text === name) return it.local;
  }
  return undefined;
};

export type Meaning =
  | { readonly kind: "local"; readonly local: Local }
  | { readonly kind: "member"; readonly member: Member }
  | { readonly kind: "global"; readonly global: Global };

/** What a name means here; the meaning is then no longer unused. */
export const findMeaning = (session: Session, name: string, scope: Scope): Meaning | undefined => {
  const local = findLocal(scope, name);
  if (local !== undefined) {
    session.use(local.declared);
    return { kind: "local", local };
  }
  const member = scope.group?.members.get(name);
  if (member !== undefined) {
    session.use(member.declared);
    return { kind: "member", member };
  }
  const global = session.globals.get(name);
  if (global === undefined) return undefined;
  session.use(global.declared);
  if (global.kind === "member") session.use(global.declaration.name);
  return { kind: "global", global };
};

/** Adds a local name; one that would hide another is reported and added all the same. */
export const bind = (session: Session, scope: Scope, local: Local): Scope => {
  const { text, span } = local.declared;
  if (text === "") return scope;
  const outer =
    findLocal(scope, text)?.declared ??
    scope.group?.members.get(text)?.declared ??
    session.globals.get(text)?.declared;
  if (outer !== undefined) session.report(hidesName(span, { name: text, outer: outer.span }));
  else if (text === "state" && scope.process?.state !== undefined) {
    session.report(hidesName(span, { name: text, outer: undefined }));
  }
  return { ...scope, locals: { local, outer: scope.locals } };
};

/** Binds the parameters of a rule, function or procedure; their types are known already. */
export const bindParameters = (
  session: Session,
  scope: Scope,
  parameters: readonly ast.Parameter[],
): Scope => {
  let inner = scope;
  for (const { name, type } of parameters) {
    inner = bind(session, inner, { declared: name, type: session.denote(type), role: "parameter" });
  }
  return inner;
};

/**
 * Reports a name that nothing has, unless a missing import may be to blame. `words` of the language
 * can stand in its place too.
 */
export const reportUnknown = (
  session: Session,
  name: ast.Name,
  scope: Scope,
  words: readonly string[] = [],
): void => {
  if (name.text === "" || !session.modules.isComplete) return;
  const candidates: string[] = [];
  for (let it = scope.locals; it !== undefined; it = it.outer) {
    candidates.push(it.local.declared.text);
  }
  candidates.push(...(scope.group?.members.keys() ?? []), ...session.globals.keys(), ...words);
  const nearest = session.suggests() ? nearestName(name.text, candidates) : undefined;
  session.report(unknownName(name.span, { name: name.text, nearest }));
};

const kinds: Record<Global["kind"] | "timer", string> = {
  const: "a constant",
  enum: "an enum",
  member: "an enum member",
  type: "a type",
  record: "a record",
  message: "a message",
  network: "a network",
  event: "an event",
  fn: "a function",
  proc: "a procedure",
  var: "a variable",
  clock: "a clock",
  process: "a process",
  bound: "a bound",
  property: "a property",
  timer: "a timer",
};

/** "a network", "a timer": for messages. */
export const describe = (meaning: Meaning): string => {
  if (meaning.kind === "local") return "a local name";
  return kinds[meaning.kind === "member" ? meaning.member.kind : meaning.global.kind];
};

/** Whether the type is known to be no error, so that a message about it is no echo. */
export const isKnown = (type: Type): boolean => {
  if (type.kind === "array") return isKnown(type.index) && isKnown(type.element);
  if (type.kind === "set" || type.kind === "option") return isKnown(type.element);
  return type.kind !== "error";
};
