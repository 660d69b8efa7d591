// Quantifiers: written out case by case where they are small, as loops where they are not.

import type { Local, Part, Value } from "../code/index.ts";
import {
  add,
  block,
  both,
  constant,
  either,
  greater,
  greaterEqual,
  leave,
  loop,
  not,
  set,
  truth,
  when,
} from "../code/index.ts";
import type { Expression } from "../core/index.ts";
import { chosen } from "./elements.ts";
import type { Num } from "./number.ts";
import { sizeOf } from "./plan.ts";
import { fitsWord, known, ranged, truthNumber } from "./number.ts";
import type { Scope } from "./scope.ts";
import { apart, codeOf, emit, freshName, freshWord, present, segmentInteger } from "./scope.ts";

type Of<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;
type Quantified = Of<"quantifier"> | Of<"segments">;
type Truth = (expression: Expression, scope: Scope) => Value;

/** How many nodes of an expression a quantifier may become before it is a loop instead. */
const unrollLimit = 60;

const caseCount = (expression: Quantified, scope: Scope): number =>
  expression.kind === "quantifier"
    ? Math.max(expression.high - expression.low + 1, 0)
    : present(scope.core.networks, expression.network).capacity;

/** The value of a quantifier, of whose body `truthOf` writes the truth. */
export const quantified = (expression: Quantified, scope: Scope, truthOf: Truth): Num => {
  const count = caseCount(expression, scope);
  const range = { low: 0, high: expression.quantifier === "count" ? count : 1 };
  if (count > 1 && count * sizeOf(expression.body) > unrollLimit) {
    return ranged(looped(expression, scope, truthOf), range);
  }
  if (expression.quantifier === "count") return counted(expression, count, scope, truthOf);
  return truthNumber(decided(expression, count, scope, truthOf));
};

/** Makes the locals of the body those of a case, and answers whether there is such a case. */
const enterCase = (expression: Quantified, position: number, scope: Scope): Value => {
  if (expression.kind === "quantifier") {
    scope.locals.set(expression.local, known(expression.low + position));
    return constant(1);
  }
  const { count, word } = scope.content(expression.network);
  bindSegment(expression, scope, (part) => word(position, part));
  return greater(count, position);
};

const bindSegment = (
  { network, locals }: Of<"segments">,
  scope: Scope,
  word: (word: number) => Value,
): void => {
  locals.forEach((local, field) => {
    if (local === undefined) return;
    scope.locals.set(local, segmentInteger(scope, network, field, word));
  });
};

/** `forall` and `exists`: the first case that decides is the last one evaluated. */
const decided = (expression: Quantified, count: number, scope: Scope, truthOf: Truth): Value => {
  const isForall = expression.quantifier === "forall";
  const cases = Array.from({ length: count }, (_, position) => {
    const exists = enterCase(expression, position, scope);
    const { code, result } = apart(scope, () => truthOf(expression.body, scope));
    return { exists, code, held: truth(result) };
  });
  if (cases.every(({ code }) => code.length === 0)) {
    return isForall
      ? both(...cases.map(({ exists, held }) => either(not(exists), held)))
      : either(...cases.map(({ exists, held }) => both(exists, held)));
  }
  const name = freshWord(scope);
  const label = freshName(scope);
  const body = cases.map(({ exists, code, held }): Part => {
    const ends = when(isForall ? not(held) : held, leave(label));
    return when(exists, [code, ends]);
  });
  emit(scope, set(name, isForall ? 0 : 1), block(label, ...body, set(name, isForall ? 1 : 0)));
  return name;
};

const counted = (expression: Quantified, count: number, scope: Scope, truthOf: Truth): Num => {
  let sum: Value = constant(0);
  for (let position = 0; position < count; position += 1) {
    const exists = enterCase(expression, position, scope);
    const { code, result } = apart(scope, () => truthOf(expression.body, scope));
    if (code.length === 0) {
      sum = add(sum, both(exists, result));
      continue;
    }
    const name = freshWord(scope);
    emit(scope, set(name, 0), when(exists, [code, set(name, truth(result))]));
    sum = add(sum, name);
  }
  return ranged(sum, { low: 0, high: count });
};

/** The quantifier as a loop. */
const looped = (expression: Quantified, scope: Scope, truthOf: Truth): Value => {
  const name = freshWord(scope);
  const label = freshName(scope);
  const { quantifier } = expression;
  const beginning = set(name, quantifier === "forall" ? 1 : 0);
  const { start, isOver, next } = counter(expression, scope);
  const body = codeOf(scope, () => {
    bindLoop(expression, scope, next.of);
    const held = truthOf(expression.body, scope);
    if (quantifier === "count") emit(scope, set(name, add(name, truth(held))));
    else if (quantifier === "forall") emit(scope, when(held, [], [set(name, 0), leave(label)]));
    else emit(scope, when(held, [set(name, 1), leave(label)]));
  });
  emit(
    scope,
    beginning,
    start,
    loop(label, when(isOver, leave(label)), body, set(next.of, add(next.of, 1))),
  );
  return name;
};

/** What the loop counts in: for a segment its position, otherwise steps from the lowest value. */
const counter = (expression: Quantified, scope: Scope) => {
  const of = freshWord(scope);
  const end =
    expression.kind === "quantifier"
      ? constant(expression.high - expression.low + 1)
      : scope.content(expression.network).count;
  return { start: set(of, 0), isOver: greaterEqual(of, end), next: { of } };
};

const bindLoop = (expression: Quantified, scope: Scope, step: Local): void => {
  if (expression.kind === "quantifier") {
    const { local, low, high } = expression;
    const range = { low, high };
    if (fitsWord(range)) scope.locals.set(local, ranged(add(step, low), range));
    else throw new Error("a quantifier counts in 32 bits");
    return;
  }
  const { word } = scope.content(expression.network);
  const { capacity } = present(scope.core.networks, expression.network);
  const words = Array.from(
    { length: present(scope.layout.networks, expression.network).segment.words },
    (_, part) => {
      const name = freshWord(scope);
      const cases = Array.from({ length: capacity }, (__, place) => ({
        first: place,
        value: word(place, part),
      }));
      emit(scope, set(name, chosen(step, cases)));
      return name;
    },
  );
  bindSegment(expression, scope, (part) => present(words, part));
};
