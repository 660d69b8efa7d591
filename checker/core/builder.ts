// The core code of one action or formula while it is written: typed program -> core.

import type { Span } from "../source/index.ts";
import type { Expression, LocalId, Site, SiteId, Statement } from "./core.ts";
import { join, known, refined, type Flow } from "./flow.ts";
import type { Elaboration } from "./elaboration.ts";
import { constantOf, localTerm, not, type Term } from "./term.ts";
import type { Value } from "./value.ts";
import { canFail } from "./walk.ts";

/**
 * `out` receives statements in order of execution. Expressions put there what must be evaluated
 * once (`let`) or must hold (`require`) before the statement they belong to. Where an expression
 * is evaluated only under a condition, `lazily` collects these and wraps them round its result.
 */
export interface Builder {
  readonly whole: Elaboration;
  out: Statement[];
  /** What is known of variables and locals here; undefined where control cannot be. */
  flow: Flow | undefined;
  localCount: number;
  labelCount: number;
  /** Exits of the blocks that are open: what is known at each. */
  readonly exits: Map<number, (Flow | undefined)[]>;
  /** How often the body is repeated by the unrolled loops around it. */
  repeated: number;
  /** How often the expression is evaluated by the quantifiers around it that stay quantifiers. */
  looped: number;
}

export const newBuilder = (whole: Elaboration): Builder => ({
  whole,
  out: [],
  flow: new Map(),
  localCount: 0,
  labelCount: 0,
  exits: new Map(),
  repeated: 1,
  looped: 1,
});

export const emit = (builder: Builder, statement: Statement): void => {
  if (builder.flow === undefined) return;
  builder.whole.spend(1);
  if (builder.whole.isSpent()) builder.flow = undefined;
  else builder.out.push(statement);
};

export const newLocal = (builder: Builder): LocalId => {
  builder.localCount += 1;
  return builder.localCount - 1;
};

/** The number of a place of error; one place in the text with one message is one site. */
export const siteOf = (
  { whole }: { readonly whole: Elaboration },
  error: Site["error"],
  span: Span,
  message: string,
): SiteId =>
  whole.sites.idOf(`${error} ${span.file} ${span.start} ${message}`, { error, message, span });

/** The term as something that may stand in several places of one expression. */
export const share = (builder: Builder, term: Term): Term =>
  term.code.kind === "variable" ? term : capture(builder, term);

/** The term as something that keeps its value when variables change. */
export const capture = (builder: Builder, term: Term): Term => {
  if (term.code.kind === "constant" || term.code.kind === "local") return term;
  const local = newLocal(builder);
  emit(builder, { kind: "let", local, value: term.code });
  const { values } = term;
  const made = localTerm(local, term.low, term.high);
  return values === undefined ? made : { ...made, values };
};

export const shareValue = (builder: Builder, value: Value): Value => ({
  ...value,
  scalars: value.scalars.map((it) => share(builder, it)),
});

export const captureValue = (builder: Builder, value: Value): Value => ({
  ...value,
  scalars: value.scalars.map((it) => capture(builder, it)),
});

/** Ends the path as a model error unless the condition holds. */
export const require = (builder: Builder, condition: Term, site: () => SiteId): void => {
  if (builder.flow === undefined || constantOf(condition) === 1) return;
  emit(builder, { kind: "require", condition: condition.code, site: site() });
  builder.flow = constantOf(condition) === 0 ? undefined : refined(builder.flow, condition, true);
};

/** The condition holds on every path from here on. */
export const learn = (builder: Builder, condition: Term): void => {
  if (builder.flow !== undefined) builder.flow = refined(builder.flow, condition, true);
};

/** What is known here of values that are read. */
export const read = (builder: Builder, value: Value): Value => {
  const { flow } = builder;
  if (flow === undefined || flow.size === 0) return value;
  let changed = false;
  const scalars = value.scalars.map((it) => {
    const found = known(flow, it);
    if (found !== it) changed = true;
    return found;
  });
  return changed ? { ...value, scalars } : value;
};

/**
 * Elaborates an expression that is evaluated only where `given` has the value `holds`: what it
 * needs beforehand is evaluated with it.
 */
export const lazily = (
  builder: Builder,
  given: Term | undefined,
  holds: boolean,
  make: () => Value,
): Value => {
  const { out, flow } = builder;
  const entries: Statement[] = [];
  builder.out = entries;
  if (given !== undefined && flow !== undefined) builder.flow = refined(flow, given, holds);
  const value = make();
  builder.out = out;
  builder.flow = flow;
  return entries.length === 0 ? value : wrapValue(entries, value);
};

const wrapValue = (entries: readonly Statement[], value: Value): Value => {
  const mayFail = entries.some(
    (it) => it.kind === "require" || (it.kind === "let" && canFail(it.value)),
  );
  return {
    ...value,
    scalars: value.scalars.map((it) => ({
      code: entries.reduceRight(wrap, it.code),
      low: it.low,
      high: it.high,
      mayFail: mayFail || it.mayFail,
    })),
  };
};

const wrap = (body: Expression, entry: Statement): Expression => {
  if (entry.kind === "let") return { kind: "let", local: entry.local, value: entry.value, body };
  if (entry.kind === "require") {
    return { kind: "require", condition: entry.condition, site: entry.site, then: body };
  }
  throw new Error(`an expression has no statement of kind ${entry.kind}`);
};

/** Writes an `if`; a side that is never taken is not written. */
export const branch = (
  builder: Builder,
  condition: Term,
  then: () => void,
  otherwise: () => void,
): void => {
  const { flow, out } = builder;
  if (flow === undefined) return;
  const decided = constantOf(condition);
  if (decided !== undefined) return decided === 0 ? otherwise() : then();
  const taken = side(builder, refined(flow, condition, true), then);
  const left = side(builder, refined(flow, not(condition), true), otherwise);
  builder.out = out;
  builder.flow = flow;
  writeIf(builder, condition, taken.body, left.body);
  builder.flow = join(taken.flow, left.flow);
};

/** A condition that decides nothing is evaluated only where that can fail. */
const writeIf = (
  builder: Builder,
  condition: Term,
  then: readonly Statement[],
  otherwise: readonly Statement[],
): void => {
  if (then.length === 0 && otherwise.length === 0 && !condition.mayFail) return;
  const isTurned = then.length === 0 && otherwise.length > 0;
  emit(builder, {
    kind: "if",
    condition: (isTurned ? not(condition) : condition).code,
    then: isTurned ? otherwise : then,
    otherwise: isTurned ? [] : otherwise,
  });
};

/** Writes the statements of `run` into a list of their own. */
export const side = (
  builder: Builder,
  flow: Flow,
  run: () => void,
): { readonly body: Statement[]; readonly flow: Flow | undefined } => {
  const { out } = builder;
  const body: Statement[] = [];
  builder.out = body;
  builder.flow = new Map(flow);
  run();
  builder.out = out;
  return { body, flow: builder.flow };
};
