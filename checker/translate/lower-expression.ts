// Expressions as terms, with lines before them for whatever can fail or repeats (core -> program).

import type { Expression } from "../core/index.ts";
import { type Names, rangeOf } from "./range.ts";
import {
  assign,
  both,
  compare,
  constant,
  either,
  type Line,
  local,
  type LocalId,
  not,
  plus,
  type Term,
  when,
} from "./program.ts";
import { localsRead, localsSet } from "./walk.ts";

type Of<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;

/** What lowering the code of one routine shares. */
export interface Lowering extends Names {
  /** Locals that stand for parameters. */
  readonly bound: ReadonlyMap<LocalId, Term>;
  readonly capacityOf: (network: number) => number;
  readonly newLocal: () => LocalId;
  /** What a failure comes to: a model error, or an answer. */
  readonly onFailure: (site: number) => Line;
}

/** A term, good right behind its lines. */
export interface Lowered {
  readonly lines: readonly Line[];
  readonly term: Term;
}

const plain = (term: Term): Lowered => ({ lines: [], term });

export const lowerExpression = (code: Expression, lowering: Lowering): Lowered => {
  switch (code.kind) {
    case "constant":
      return plain(code);
    case "variable":
      return plain(code);
    case "local":
      return plain(lowering.bound.get(code.local) ?? code);
    case "element":
      return lowerElement(code, lowering);
    case "not":
    case "negate":
    case "absolute":
    case "size": {
      const { lines, term } = lowerExpression(code.operand, lowering);
      return { lines, term: { kind: code.kind, operand: term } };
    }
    case "binary":
      return lowerBinary(code, lowering);
    case "serial": {
      const { lines, terms } = lowerAll([code.left, code.right], lowering);
      const [left = constant(0), right = constant(0)] = terms;
      const { operator, modulus } = code;
      return { lines, term: { kind: "serial", operator, modulus, left, right } };
    }
    case "if":
      return lowerIf(code, lowering);
    case "let": {
      const value = lowerExpression(code.value, lowering);
      const body = lowerExpression(code.body, lowering);
      const set = assign(local(code.local), value.term);
      return { lines: [...value.lines, set, ...body.lines], term: body.term };
    }
    case "require": {
      const condition = lowerExpression(code.condition, lowering);
      const then = lowerExpression(code.then, lowering);
      const check = failUnless(condition.term, code.site, lowering);
      return { lines: [...condition.lines, ...check, ...then.lines], term: then.term };
    }
    case "quantifier":
      return lowerQuantifier(code, lowering);
    case "segments":
      return lowerSegments(code, lowering);
  }
};

/** Several terms, all good behind all their lines; evaluated from left to right. */
export const lowerAll = (
  codes: readonly Expression[],
  lowering: Lowering,
): { readonly lines: readonly Line[]; readonly terms: readonly Term[] } =>
  codes.reduce<{ readonly lines: readonly Line[]; readonly terms: readonly Term[] }>(
    (before, code) => {
      const next = lowerExpression(code, lowering);
      // Later lines may reuse a local that an earlier term reads: its value is saved before.
      const changed = new Set(localsSet(next.lines));
      const saved = before.terms.map((term) => {
        if (!localsRead(term).some((it) => changed.has(it))) return { term, lines: [] };
        const copy = local(lowering.newLocal());
        return { term: copy, lines: [assign(copy, term)] };
      });
      return {
        lines: [...before.lines, ...saved.flatMap((it) => it.lines), ...next.lines],
        terms: [...saved.map((it) => it.term), next.term],
      };
    },
    { lines: [], terms: [] },
  );

export const failUnless = (
  condition: Term,
  site: number,
  { onFailure }: Lowering,
): readonly Line[] =>
  condition.kind === "constant" && condition.value !== 0
    ? []
    : [when(not(condition), [onFailure(site)])];

/** Lines that fail at `site` unless the term lies in low..high. */
export const failOutside = (
  term: Term,
  bounds: { readonly low: number; readonly high: number; readonly site: number },
  lowering: Lowering,
): readonly Line[] => {
  const known = rangeOf(term, lowering);
  const { low, high, site } = bounds;
  const above = known !== undefined && known.low >= low;
  const below = known !== undefined && known.high <= high;
  const isAbove = above ? constant(1) : compare(constant(low), "less-equal", term);
  const isBelow = below ? constant(1) : compare(term, "less-equal", constant(high));
  return failUnless(both(isAbove, isBelow), site, lowering);
};

/** A term that is cheap to repeat and unchanged by later lines. */
export const settled = ({ lines, term }: Lowered, { newLocal }: Lowering): Lowered => {
  if (term.kind === "constant" || term.kind === "parameter") return { lines, term };
  const copy = local(newLocal());
  return { lines: [...lines, assign(copy, term)], term: copy };
};

const lowerElement = (
  { of, base, stride, count, index, site }: Of<"element">,
  lowering: Lowering,
): Lowered => {
  const at = lowerIndex({ count, index, site }, lowering);
  if (at.term.kind === "constant") {
    const id = base + stride * at.term.value;
    const term = of === "variable" ? ({ kind: "variable", variable: id } as const) : local(id);
    return { lines: at.lines, term: of === "local" ? (lowering.bound.get(id) ?? term) : term };
  }
  return { lines: at.lines, term: { kind: "cell", of, base, stride, count, index: at.term } };
};

/** An index, held against 0..count-1. */
export const lowerIndex = (
  { count, index, site }: Pick<Of<"element">, "count" | "index" | "site">,
  lowering: Lowering,
): Lowered => {
  const value = lowerExpression(index, lowering);
  const range = rangeOf(value.term, lowering);
  if (range !== undefined && range.low >= 0 && range.high < count) return value;
  if (value.term.kind === "constant") {
    return { lines: [...value.lines, lowering.onFailure(site)], term: constant(0) };
  }
  const kept = settled(value, lowering);
  const check = failOutside(kept.term, { low: 0, high: count - 1, site }, lowering);
  return { lines: [...kept.lines, ...check], term: kept.term };
};

const lowerBinary = (code: Of<"binary">, lowering: Lowering): Lowered => {
  const { operator, site } = code;
  if (operator === "and" || operator === "or" || operator === "implies") {
    return lowerLogic(code, lowering);
  }
  const { lines, terms } = lowerAll([code.left, code.right], lowering);
  const [left = constant(0), right = constant(0)] = terms;
  const term: Term = { kind: "binary", operator, left, right };
  if (operator !== "divide" && operator !== "remainder") return { lines, term };
  const range = rangeOf(right, lowering);
  const isSafe = range !== undefined && (range.low > 0 || range.high < 0);
  if (isSafe || site === undefined) return { lines, term };
  return { lines: [...lines, ...failUnless(right, site, lowering)], term };
};

/** The right side's lines run only where the left side does not decide. */
const lowerLogic = ({ operator, left, right }: Of<"binary">, lowering: Lowering): Lowered => {
  const first = lowerExpression(left, lowering);
  const second = lowerExpression(right, lowering);
  const join = (a: Term, b: Term): Term => {
    if (operator === "and") return both(a, b);
    return operator === "or" ? either(a, b) : either(not(a), b);
  };
  if (second.lines.length === 0) {
    return { lines: first.lines, term: join(first.term, second.term) };
  }
  const result = local(lowering.newLocal());
  const truth = not(not(second.term));
  const go = [...second.lines, assign(result, truth)];
  const decided = [assign(result, constant(operator === "and" ? 0 : 1))];
  const goesOn = operator === "or" ? not(first.term) : first.term;
  return { lines: [...first.lines, when(goesOn, go, decided)], term: result };
};

const lowerIf = ({ condition, then, otherwise }: Of<"if">, lowering: Lowering): Lowered => {
  const test = lowerExpression(condition, lowering);
  const yes = lowerExpression(then, lowering);
  const no = lowerExpression(otherwise, lowering);
  if (yes.lines.length === 0 && no.lines.length === 0) {
    const term: Term = { kind: "if", condition: test.term, yes: yes.term, no: no.term };
    return { lines: test.lines, term };
  }
  const result = local(lowering.newLocal());
  const branches = when(
    test.term,
    [...yes.lines, assign(result, yes.term)],
    [...no.lines, assign(result, no.term)],
  );
  return { lines: [...test.lines, branches], term: result };
};

/** How a quantifier begins, whether it goes on, and what a value adds to it. */
const counting = (quantifier: "forall" | "exists" | "count", result: Term) => {
  const one = constant(1);
  switch (quantifier) {
    case "forall":
      return { first: one, goesOn: result, added: (held: Term) => not(not(held)) };
    case "exists":
      return { first: constant(0), goesOn: not(result), added: (held: Term) => not(not(held)) };
    case "count":
      return {
        first: constant(0),
        goesOn: one,
        added: (held: Term): Term => plus(result, not(not(held))),
      };
  }
};

const lowerQuantifier = (code: Of<"quantifier">, lowering: Lowering): Lowered => {
  const result = local(lowering.newLocal());
  const counter = local(lowering.newLocal());
  const body = lowerExpression(code.body, lowering);
  const { first, goesOn, added } = counting(code.quantifier, result);
  const inRange = compare(counter, "less-equal", constant(code.high));
  return {
    lines: [
      assign(result, first),
      assign(counter, constant(code.low)),
      {
        kind: "while",
        condition: both(inRange, goesOn),
        body: [
          assign(local(code.local), counter),
          ...body.lines,
          assign(result, added(body.term)),
          assign(counter, plus(counter, constant(1))),
        ],
      },
    ],
    term: result,
  };
};

/** Segments stand without gaps, so the first free position ends the loop. */
const lowerSegments = (code: Of<"segments">, lowering: Lowering): Lowered => {
  const { network } = code;
  const result = local(lowering.newLocal());
  const position = local(lowering.newLocal());
  const here = local(lowering.newLocal());
  const body = lowerExpression(code.body, lowering);
  const { first, goesOn, added } = counting(code.quantifier, result);
  const capacity = lowering.capacityOf(network);
  // The test of the position is a line of its own: not every checker stops at a false left side.
  const look: readonly Line[] = [
    assign(here, constant(0)),
    when(compare(position, "less", constant(capacity)), [
      assign(here, { kind: "occupied", network, position }),
    ]),
  ];
  return {
    lines: [
      assign(result, first),
      assign(position, constant(0)),
      ...look,
      {
        kind: "while",
        condition: both(here, goesOn),
        body: [
          ...code.locals.flatMap((id, part) =>
            id === undefined ? [] : [assign(local(id), { kind: "part", network, position, part })],
          ),
          ...body.lines,
          assign(result, added(body.term)),
          assign(position, plus(position, constant(1))),
          ...look,
        ],
      },
    ],
    term: result,
  };
};
