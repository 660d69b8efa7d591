// Which expressions depend on ghost data, and on which way it got there.

import type { Note, Span } from "../source/index.ts";
import { subexpressions, type Domain, type Expression } from "../syntax/index.ts";
import type { Callee, Session } from "./session.ts";
import { fieldOf } from "./type-layout.ts";
import type { Type } from "./types.ts";

/** That a value depends on a ghost: `at` is where it enters the expression in question. */
export interface Taint {
  readonly ghost: string;
  readonly at: Span;
  /** The way from the ghost to `at`. */
  readonly notes: readonly Note[];
}

/** Taints of the locals that have one. */
export type Tainted = ReadonlyMap<string, Taint>;

type Body = Callee["bodies"][number];

/** A search for taints in one session; functions are looked into once per combination. */
export interface TaintSearch {
  readonly session: Session;
  /** Functions that are being looked into, against recursion. */
  readonly open: Set<Body>;
  readonly results: Map<Body, Map<string, Taint | undefined>>;
}

export const taintSearch = (session: Session): TaintSearch => ({
  session,
  open: new Set(),
  results: new Map(),
});

/** The ghost that an expression depends on, if there is one. */
export const taintOf = (
  search: TaintSearch,
  expression: Expression,
  locals: Tainted,
): Taint | undefined => {
  const ghost = search.session.facts.ghostReads.get(expression);
  if (ghost !== undefined) return { ghost, at: expression.span, notes: [] };
  if (expression.kind === "name") {
    const local = locals.get(expression.name);
    return local && { ...local, at: expression.span };
  }
  if (expression.kind === "call") return taintOfCall(search, expression, locals);
  if (expression.kind === "record" || expression.kind === "with") {
    return taintOfRecord(search, expression, locals);
  }
  if (expression.kind === "quantifier" || expression.kind === "comprehension") {
    const domain = taintOfDomain(search, expression.domain, locals);
    return domain ?? taintOf(search, expression.body, locals);
  }
  const inner = firstTaint(search, subexpressions(expression), locals);
  return inner ?? (expression.kind === "binary" ? taintOfEquality(search, expression) : undefined);
};

export const taintOfDomain = (
  search: TaintSearch,
  domain: Domain,
  locals: Tainted,
): Taint | undefined =>
  domain.kind === "expression-domain" ? taintOf(search, domain.value, locals) : undefined;

const firstTaint = (
  search: TaintSearch,
  expressions: readonly Expression[],
  locals: Tainted,
): Taint | undefined => {
  for (const it of expressions) {
    const taint = taintOf(search, it, locals);
    if (taint !== undefined) return taint;
  }
  return undefined;
};

/** Equality of records looks at their ghosts too. */
const taintOfEquality = (
  { session }: TaintSearch,
  { operator, left, span }: Extract<Expression, { kind: "binary" }>,
): Taint | undefined => {
  if (operator !== "==" && operator !== "!=") return undefined;
  const type = session.facts.types.get(left);
  const ghost = type && ghostWithin(type);
  return ghost === undefined ? undefined : { ghost, at: span, notes: [] };
};

/** A ghost field of a literal may take a ghost. */
const taintOfRecord = (
  search: TaintSearch,
  expression: Extract<Expression, { kind: "record" | "with" }>,
  locals: Tainted,
): Taint | undefined => {
  const type = search.session.facts.types.get(expression);
  const record = type?.kind === "option" ? type.element : type;
  const values = expression.fields
    .filter(({ name }) => record?.kind !== "record" || !fieldOf(record, name.text)?.ghost)
    .flatMap(({ value }) => value ?? []);
  const parts = expression.kind === "with" ? [expression.object, ...values] : values;
  return firstTaint(search, parts, locals);
};

const taintOfCall = (
  search: TaintSearch,
  call: Extract<Expression, { kind: "call" }>,
  locals: Tainted,
): Taint | undefined => {
  const callee = search.session.facts.callees.get(call);
  if (callee === undefined) return firstTaint(search, call.arguments, locals);
  for (const body of callee.bodies) {
    if (body.kind !== "fn" || body.body === undefined || search.open.has(body)) continue;
    const inner = new Map<string, Taint>();
    for (const [position, { name }] of body.parameters.entries()) {
      const value = call.arguments[position];
      const taint = value && taintOf(search, value, locals);
      if (taint !== undefined) inner.set(name.text, carry(taint, name.text));
    }
    const taint = taintOfBody(search, body, body.body, inner);
    if (taint === undefined) continue;
    const note = { message: `\`${callee.name}\` reads it here`, span: taint.at };
    return { ghost: taint.ghost, at: call.span, notes: [...taint.notes, note] };
  }
  return undefined;
};

/** The first way that is found stands for all with the same parameters tainted. */
const taintOfBody = (
  search: TaintSearch,
  body: Body,
  result: Expression,
  locals: Tainted,
): Taint | undefined => {
  const known = search.results.get(body) ?? new Map<string, Taint | undefined>();
  search.results.set(body, known);
  const key = [...locals.keys()].join(" ");
  if (known.has(key)) return known.get(key);
  search.open.add(body);
  const taint = taintOf(search, result, locals);
  search.open.delete(body);
  known.set(key, taint);
  return taint;
};

/** The taint of a name that takes a tainted value. */
export const carry = (taint: Taint, name: string): Taint => ({
  ...taint,
  notes: [...taint.notes, { message: `\`${name}\` takes it here`, span: taint.at }],
});

const ghostWithin = (type: Type): string | undefined => {
  if (type.kind === "array" || type.kind === "option") return ghostWithin(type.element);
  if (type.kind !== "record") return undefined;
  for (const field of type.fields) {
    if (field.ghost) return `${type.name}.${field.name}`;
    const inner = ghostWithin(field.type);
    if (inner !== undefined) return inner;
  }
  return undefined;
};
