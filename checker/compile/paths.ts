// The frame around every body: restore the source state, run, test bounds, write the record.

import type { Code, Part, Value } from "../code/index.ts";
import {
  add,
  advance,
  and,
  block,
  constant,
  greater,
  i32,
  leave,
  load,
  loop,
  or,
  pointer,
  set,
  shiftLeft,
  store,
  subtract,
  equal,
  when,
} from "../code/index.ts";
import type { NetworkId, Statement } from "../core/index.ts";
import type { Body } from "./body.ts";
import { newBody } from "./body.ts";
import { eachPath } from "./choices.ts";
import { truthOf } from "./expressions.ts";
import type { Change } from "./networks.ts";
import { changeCode, changedCount, insertCode, workingCount, workingSlots } from "./networks.ts";
import type { Plan } from "./plan.ts";
import type { Scope } from "./scope.ts";
import {
  areaPointer,
  codeOf,
  emit,
  endPointer,
  failureName,
  freshName,
  freshWord,
  outPointer,
  present,
  wordAt,
  written,
} from "./scope.ts";
import { countDropped, dropCount, waitingCount, waitingNames } from "./sends.ts";
import { maskInPlace } from "./slots.ts";
import { eventName, markCount, writeStatements } from "./statements.ts";

export interface Beginning {
  readonly scope: Scope;
  readonly plan: Plan;
  readonly fault: boolean;
  /**
   * What the step does to networks before the body sends; every network that the body sends to is
   * here.
   */
  readonly changes: ReadonlyMap<NetworkId, Change>;
  /** Emits what runs first on every path, on the restored state. */
  readonly setUp: () => void;
  readonly statements: readonly Statement[];
}

/** Adds "keep" for the networks that a body sends to. */
export const withSends = (
  plan: Plan,
  changes: ReadonlyMap<NetworkId, Change>,
): ReadonlyMap<NetworkId, Change> =>
  new Map([
    ...[...plan.sends.keys()].map((network): [NetworkId, Change] => [network, { kind: "keep" }]),
    ...changes,
  ]);

/** Writes one record per path of the body, in order of the choices. */
export const pathsCode = (beginning: Beginning): Part => {
  const { scope, plan, statements, setUp } = beginning;
  const { emitter } = scope;
  const canFailElsewhere = emitter.canFail;
  emitter.canFail = false;
  const body = newBody(scope, plan);
  const run = codeOf(scope, () => {
    setUp();
    writeStatements(statements, body);
    if (body.flow === undefined) return;
    insertWaiting(beginning, body);
    boundsCode(beginning, body);
    emit(scope, successCode(beginning));
  });
  const success: Part = emitter.canFail
    ? block("d", block("f", ...run, leave("d")), errorCode(beginning))
    : run;
  emitter.canFail ||= canFailElsewhere;
  const path = block("v", restoreCode(beginning), success, ...stepCode(beginning));
  return plan.choices === 0 ? path : eachPath(scope, path);
};

/** Undoes what the path before has changed. */
const restoreCode = ({ scope, plan, changes }: Beginning): Code =>
  codeOf(scope, () => {
    for (const word of scope.changedWords) emit(scope, set(wordAt(scope, word), i32(`w${word}`)));
    for (const [network, change] of changes) {
      emit(scope, set(workingCount(network), changedCount(network, change)));
      if (plan.looksAtNetworks) changeCode(scope, network, change);
      else if (plan.sends.has(network)) emit(scope, set(waitingCount(network), 0));
    }
    for (const word of plan.eventWords) emit(scope, set(eventName(word), 0));
    if (!plan.canVanish) return;
    for (const network of dropping(scope, plan)) emit(scope, set(dropCount(network), 0));
    if (plan.marks > 0) emit(scope, set(markCount, 0));
  });

const dropping = ({ core }: Scope, { sends }: Plan): readonly NetworkId[] =>
  [...sends.keys()].filter((network) => present(core.networks, network).full === "drop");

/** Brings the changed networks into their final order. */
const insertWaiting = ({ scope, plan, changes }: Beginning, body: Body): void => {
  if (plan.looksAtNetworks) return;
  for (const [network, change] of changes) {
    changeCode(scope, network, change);
    const sent = body.flow?.get(network) ?? { least: 0, most: 0 };
    for (let order = 0; order < sent.most; order += 1) {
      const insert = codeOf(scope, () => {
        const words = waitingNames(scope, network, order);
        insertCode(scope, network, words, add(changedCount(network, change), order));
      });
      const isSent = order < sent.least ? 1 : greater(waitingCount(network), order);
      emit(scope, when(isSent, insert));
    }
  }
};

/** The first bound that the target breaks counts the path and ends it. */
const boundsCode = ({ scope }: Beginning, { plan }: Body): void => {
  if (!plan.canVanish) return;
  scope.core.bounds.forEach(({ condition }, bound) => {
    const inner: Scope = { ...scope, locals: new Map(), prefix: `u${bound}_` };
    const held = truthOf(condition, inner);
    const at = scope.area.cut + bound;
    const count = store(areaPointer, at, add(load(areaPointer, at), 1));
    emit(scope, when(held, [], [count, leave("v")]));
  });
};

/** Every word of the target state: the words as changed, with the changed networks put in. */
const targetWords = ({ scope, changes }: Beginning): readonly Value[] => {
  const slots = [...changes.keys()].flatMap((network) => workingSlots(scope, network));
  return Array.from({ length: scope.layout.words }, (_, word) => {
    const here = slots.filter(({ slot }) => slot.word === word);
    const kept = here.reduce((mask, { slot }) => mask & ~maskInPlace(slot), -1);
    return here.reduce<Value>(
      (sum, { slot, value }) => or(sum, shiftLeft(value, slot.shift)),
      and(wordAt(scope, word), kept),
    );
  });
};

/** A record: where it goes, and what is written there. Without room for it the function ends. */
const recordCode = (scope: Scope, write: (record: Value) => readonly Part[]): Part => {
  const record = pointer(`${freshName(scope)}r`);
  return [
    set(record, advance(outPointer, written)),
    when(greater(advance(record, stepWordsOf(scope)), endPointer), leave("full")),
    ...write(record),
  ];
};

const eventWordsOf = ({ core }: Scope): number => Math.ceil(core.events.length / 32);

export const stepWordsOf = (scope: Pick<Scope, "core" | "layout">): number =>
  scope.layout.words + 1 + Math.ceil(scope.core.events.length / 32);

const successCode = (beginning: Beginning): Part => {
  const { scope, plan, fault } = beginning;
  const info = scope.layout.words;
  return recordCode(scope, (record) => [
    ...targetWords(beginning).map((value, word) => store(record, word, value)),
    store(record, info, fault ? 1 : 0),
    ...Array.from({ length: eventWordsOf(scope) }, (_, word) =>
      store(record, info + 1 + word, plan.eventWords.has(word) ? eventName(word) : constant(0)),
    ),
  ]);
};

const errorCode = ({ scope, fault }: Beginning): Part =>
  recordCode(scope, (record) => [
    store(record, scope.layout.words, or(shiftLeft(failureName, 1), fault ? 1 : 0)),
  ]);

/** The path is a step: now its marks and dropped segments count. */
const stepCode = ({ plan, scope }: Beginning): readonly Part[] => {
  const next = set(written, add(written, stepWordsOf(scope)));
  if (!plan.canVanish) return [next];
  const dropped = dropping(scope, plan).map((network) =>
    when(dropCount(network), countDropped(scope, network, dropCount(network))),
  );
  if (plan.marks === 0) return [...dropped, next];
  const { taken, marks } = scope.area;
  const branch = freshWord(scope);
  const marked = loop(
    "marks",
    when(equal(markCount, 0), leave("marks")),
    set(markCount, subtract(markCount, 1)),
    set(branch, load(advance(areaPointer, markCount), marks)),
    store(advance(areaPointer, branch), taken, 1),
  );
  return [marked, ...dropped, next];
};
