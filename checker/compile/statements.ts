// Statements of the core as code. A body is straight code; its choices follow a script.

import type { Value } from "../code/index.ts";
import {
  add,
  block,
  greaterUnsigned,
  i32,
  leave,
  advance,
  or,
  set,
  store,
  subtract,
  when,
} from "../code/index.ts";
import type { Statement } from "../core/index.ts";
import { compared } from "./arithmetic.ts";
import type { Body } from "./body.ts";
import { joinFlows } from "./body.ts";
import { chooseCode, eitherCode } from "./choices.ts";
import { indexWithin, writeElement } from "./elements.ts";
import { numberOf, truthOf } from "./expressions.ts";
import type { Num, Range } from "./number.ts";
import { fitsWord, isWithin, known, narrowed } from "./number.ts";
import type { Scope } from "./scope.ts";
import {
  areaPointer,
  assignLocal,
  codeOf,
  demand,
  emit,
  failCode,
  present,
  sharedNumber,
  wordAt,
} from "./scope.ts";
import { sendCode } from "./sends.ts";
import { replaced } from "./slots.ts";

type Of<Kind extends Statement["kind"]> = Extract<Statement, { readonly kind: Kind }>;

export const writeStatements = (statements: readonly Statement[], body: Body): void => {
  for (const statement of statements) {
    // Behind what never goes on nothing runs.
    if (body.flow === undefined) return;
    writeStatement(statement, body);
  }
};

const writeStatement = (statement: Statement, body: Body): void => {
  const { scope } = body;
  switch (statement.kind) {
    case "assign":
      return assignCode(statement, scope);
    case "let":
      return assignLocal(scope, statement.local, numberOf(statement.value, scope));
    case "send":
      return sendCode(statement, body);
    case "signal":
      return signalCode(statement, scope);
    case "if":
      return ifCode(statement, body);
    case "choose":
      return chooseCode(statement, body);
    case "either":
      return eitherCode(statement, body, writeStatements);
    case "block":
      return blockCode(statement, body);
    case "exit":
      body.exits.get(statement.label)?.push(body.flow);
      body.flow = undefined;
      return emit(scope, leave(`b${statement.label}`));
    case "require":
      return demand(scope, truthOf(statement.condition, scope), statement.site);
    case "disable":
      body.flow = undefined;
      return emit(scope, leave("v"));
    case "mark":
      return markCode(statement.branch, body);
  }
};

/** From left to right: the index of the target, then the value, then its range. */
const assignCode = ({ target, value, check }: Of<"assign">, scope: Scope): void => {
  const index =
    target.kind === "element"
      ? indexWithin(scope, numberOf(target.index, scope), target.count, target.site)
      : undefined;
  const result = numberOf(value, scope);
  const num = check === undefined ? result : within(scope, result, check, check.site);
  if (target.kind === "variable") return writeVariable(target.variable, num, scope);
  if (index === undefined) return;
  if (index.value.kind !== "constant") {
    return writeElement(scope, target, index, sharedNumber(scope, num));
  }
  const at = index.value.value;
  if (at >= 0 && at < target.count) writeVariable(target.base + target.stride * at, num, scope);
};

/** The integer, which from here on is known to lie in the range. */
const within = (scope: Scope, integer: Num, range: Range, site: number): Num => {
  if (isWithin(integer, range)) return integer;
  const { low, high } = range;
  const num = sharedNumber(scope, integer);
  const inner = { low: Math.max(low, num.low), high: Math.min(high, num.high) };
  if (fitsWord(num) && fitsWord(range) && low <= high) {
    // Taken as unsigned, what lies below the lowest integer is far above the highest.
    const isOutside = greaterUnsigned(subtract(num.value, low), (high - low) | 0);
    emit(scope, when(isOutside, failCode(scope, site)));
  } else {
    demand(scope, compared("less-equal", known(low), num).value, site);
    demand(scope, compared("less-equal", num, known(high)).value, site);
  }
  // Where no integer is left the failure is certain.
  return inner.low > inner.high ? known(low) : narrowed(num, inner);
};

/** Gives a variable its value. */
export const writeVariable = (id: number, num: Num, scope: Scope): void => {
  const slot = present(scope.layout.variables, id);
  if (slot.bits === 0) return;
  const word = wordAt(scope, slot.word);
  emit(scope, set(word, replaced(word, slot, num)));
};

/** The name of a word of events. */
export const eventName = (word: number) => i32(`e${word}`);

const signalCode = ({ event, when: condition }: Of<"signal">, scope: Scope): void => {
  const held: Value = truthOf(condition, scope);
  const word = eventName(event >> 5);
  emit(scope, when(held, set(word, or(word, 1 << (event & 31)))));
};

const ifCode = ({ condition, then, otherwise }: Of<"if">, body: Body): void => {
  const { scope } = body;
  const held = truthOf(condition, scope);
  if (held.kind === "constant") return writeStatements(held.value !== 0 ? then : otherwise, body);
  const before = body.flow;
  const thenCode = codeOf(scope, () => writeStatements(then, body));
  const after = body.flow;
  body.flow = before;
  const otherwiseCode = codeOf(scope, () => writeStatements(otherwise, body));
  body.flow = joinFlows(after, body.flow);
  emit(scope, when(held, thenCode, otherwiseCode));
};

const blockCode = ({ label, body: statements }: Of<"block">, body: Body): void => {
  const { scope } = body;
  body.exits.set(label, []);
  const code = codeOf(scope, () => writeStatements(statements, body));
  body.flow = (body.exits.get(label) ?? []).reduce(joinFlows, body.flow);
  emit(scope, block(`b${label}`, ...code));
};

/** How many branches the path has marked. */
export const markCount = i32("marked");

/** What was marked waits in a list while the path can still turn out to be no step. */
const markCode = (branch: number, { plan, scope }: Body): void => {
  const { taken, marks } = scope.area;
  if (!plan.canVanish) return emit(scope, store(areaPointer, taken + branch, 1));
  emit(
    scope,
    store(advance(areaPointer, markCount), marks, branch),
    set(markCount, add(markCount, 1)),
  );
};
