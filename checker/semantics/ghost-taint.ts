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

/** Finds taints in the expressions of one session; functions are looked into once per combination. */
export interface Taints {
  readonly of: (expression: Expression, locals: Tainted) => Taint | undefined;
  readonly ofDomain: (domain: Domain, locals: Tainted) => Taint | undefined;
}

export const createTaints = (session: Session): Taints => {
  const open = new Set<Callee["bodies"][number]>();
  const results = new Map<Callee["bodies"][number], Map<string, Taint | undefined>>();

  const first = (expressions: readonly Expression[], locals: Tainted): Taint | undefined => {
    for (const it of expressions) {
      const taint = of(it, locals);
      if (taint !== undefined) return taint;
    }
    return undefined;
  };

  const of = (expression: Expression, locals: Tainted): Taint | undefined => {
    const ghost = session.facts.ghostReads.get(expression);
    if (ghost !== undefined) return { ghost, at: expression.span, notes: [] };
    if (expression.kind === "name") {
      const local = locals.get(expression.name);
      return local && { ...local, at: expression.span };
    }
    if (expression.kind === "call") return ofCall(expression, locals);
    if (expression.kind === "record" || expression.kind === "with") {
      return ofRecord(expression, locals);
    }
    if (expression.kind === "quantifier" || expression.kind === "comprehension") {
      return ofDomain(expression.domain, locals) ?? of(expression.body, locals);
    }
    const inner = first(subexpressions(expression), locals);
    return inner ?? (expression.kind === "binary" ? ofComparison(expression) : undefined);
  };

  /** Equality of records looks at their ghosts too. */
  const ofComparison = (expression: Extract<Expression, { kind: "binary" }>): Taint | undefined => {
    if (expression.operator !== "==" && expression.operator !== "!=") return undefined;
    const type = session.facts.types.get(expression.left);
    const ghost = type && ghostWithin(type);
    return ghost === undefined ? undefined : { ghost, at: expression.span, notes: [] };
  };

  /** A ghost field of a literal may take a ghost. */
  const ofRecord = (
    expression: Extract<Expression, { kind: "record" | "with" }>,
    locals: Tainted,
  ): Taint | undefined => {
    const type = session.facts.types.get(expression);
    const record = type?.kind === "option" ? type.element : type;
    const values = expression.fields
      .filter(({ name }) => record?.kind !== "record" || !fieldOf(record, name.text)?.ghost)
      .flatMap(({ value }) => value ?? []);
    return first(expression.kind === "with" ? [expression.object, ...values] : values, locals);
  };

  const ofCall = (
    expression: Extract<Expression, { kind: "call" }>,
    locals: Tainted,
  ): Taint | undefined => {
    const callee = session.facts.callees.get(expression);
    if (callee === undefined) return first(expression.arguments, locals);
    for (const body of callee.bodies) {
      if (body.kind !== "fn" || body.body === undefined || open.has(body)) continue;
      const taint = ofBody(body, body.body, bindArguments(expression.arguments, body, locals));
      if (taint === undefined) continue;
      const note = { message: `\`${callee.name}\` reads it here`, span: taint.at };
      return { ghost: taint.ghost, at: expression.span, notes: [...taint.notes, note] };
    }
    return undefined;
  };

  /** The first way that is found stands for all with the same parameters tainted. */
  const ofBody = (
    body: Callee["bodies"][number],
    result: Expression,
    locals: Tainted,
  ): Taint | undefined => {
    const known = results.get(body) ?? new Map<string, Taint | undefined>();
    results.set(body, known);
    const key = [...locals.keys()].join(" ");
    if (known.has(key)) return known.get(key);
    open.add(body);
    const taint = of(result, locals);
    open.delete(body);
    known.set(key, taint);
    return taint;
  };

  const bindArguments = (
    values: readonly Expression[],
    { parameters }: Callee["bodies"][number],
    locals: Tainted,
  ): Tainted => {
    const inner = new Map<string, Taint>();
    for (const [position, { name }] of parameters.entries()) {
      const value = values[position];
      const taint = value && of(value, locals);
      if (taint !== undefined) inner.set(name.text, carry(taint, name.text));
    }
    return inner;
  };

  const ofDomain = (domain: Domain, locals: Tainted): Taint | undefined =>
    domain.kind === "expression-domain" ? of(domain.value, locals) : undefined;

  return { of, ofDomain };
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
