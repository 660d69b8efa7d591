// Nondeterminism inside a body: questions that a script of choices answers.

import type { Local, Part, Value } from "../code/index.ts";
import {
  add,
  advance,
  choose,
  equal,
  greater,
  i32,
  leave,
  less,
  load,
  loop,
  set,
  store,
  subtract,
  when,
} from "../code/index.ts";
import type { Statement } from "../core/index.ts";
import type { Body, Flow } from "./body.ts";
import { joinFlows } from "./body.ts";
import { truthOf } from "./expressions.ts";
import { ranged } from "./number.ts";
import type { Scope } from "./scope.ts";
import { areaPointer, assignLocal, codeOf, emit, freshName, freshWord } from "./scope.ts";

type Of<Kind extends Statement["kind"]> = Extract<Statement, { readonly kind: Kind }>;

/*
 * `picks` holds the answers of the path being run and `tops` the last answer of each; `depth` of
 * them are given, and `asked` counts the questions asked so far. A question beyond the given
 * answers takes the first. A path is run again from its beginning for the next answer of its last question
 * that has one.
 */
const depth = i32("depth");
const asked = i32("asked");

const entry = (position: Value): Value => advance(areaPointer, position);

/** Asks a question of which `low` is the first answer, and gives the answer on this path. */
const ask = (scope: Scope, low: number, high: number): Local => {
  const { picks, tops } = scope.area;
  const answer = freshWord(scope);
  emit(
    scope,
    when(equal(asked, depth), [
      store(entry(depth), picks, low),
      store(entry(depth), tops, high),
      set(depth, add(depth, 1)),
    ]),
    set(answer, load(entry(asked), picks)),
  );
  return answer;
};

/** The path once for each list of answers. */
export const eachPath = (scope: Scope, path: Part): Part => {
  const { picks, tops } = scope.area;
  const last = subtract(depth, 1);
  const pick = freshWord(scope);
  return [
    set(depth, 0),
    loop(
      "paths",
      set(asked, 0),
      path,
      // Questions whose last answer was given are done with.
      loop(
        "finished",
        when(equal(depth, 0), leave("paths")),
        set(pick, load(entry(last), picks)),
        when(less(pick, load(entry(last), tops)), leave("finished")),
        set(depth, last),
      ),
      store(entry(last), picks, add(pick, 1)),
    ),
  ];
};

export const chooseCode = ({ local, low, high, guard }: Of<"choose">, body: Body): void => {
  const { scope } = body;
  if (high < low) {
    body.flow = undefined;
    return emit(scope, leave("v"));
  }
  const range = { low, high };
  const answer = ask(scope, low, high);
  if (guard === undefined) {
    assignLocal(scope, local, ranged(answer, range));
    return emit(scope, set(asked, add(asked, 1)));
  }
  const label = freshName(scope);
  // Answers for which the guard is false are passed over; when none is left the question is
  // withdrawn.
  const test = codeOf(scope, () => {
    emit(
      scope,
      when(greater(answer, high), [set(depth, asked), leave("v")]),
      store(entry(asked), scope.area.picks, answer),
    );
    assignLocal(scope, local, ranged(answer, range));
    emit(scope, when(truthOf(guard, scope), leave(label)));
  });
  emit(scope, loop(label, test, set(answer, add(answer, 1))), set(asked, add(asked, 1)));
};

export const eitherCode = (
  { branches }: Of<"either">,
  body: Body,
  writeStatements: (statements: readonly Statement[], body: Body) => void,
): void => {
  const { scope } = body;
  if (branches.length === 0) {
    body.flow = undefined;
    return emit(scope, leave("v"));
  }
  const answer = ask(scope, 0, branches.length - 1);
  emit(scope, set(asked, add(asked, 1)));
  const before = body.flow;
  let after: Flow;
  const bodies = branches.map((branch) => {
    body.flow = before;
    const code = codeOf(scope, () => writeStatements(branch, body));
    after = joinFlows(after, body.flow);
    return code;
  });
  body.flow = after;
  emit(scope, choose(answer, bodies));
};
