// Sending: a segment is made, the network has room for it, the segment waits.

import type { Local, Part, Value } from "../code/index.ts";
import { add, constant, equal, i32, leave, load, or, set, store, when } from "../code/index.ts";
import type { NetworkId, Statement } from "../core/index.ts";
import type { Body } from "./body.ts";
import { none, selectCode } from "./body.ts";
import { numberOf } from "./expressions.ts";
import { insertCode, shapeOf, workingCount } from "./networks.ts";
import type { Scope } from "./scope.ts";
import { areaPointer, codeOf, emit, failCode, freshWord, present } from "./scope.ts";
import { partOf } from "./slots.ts";

type Of<Kind extends Statement["kind"]> = Extract<Statement, { readonly kind: Kind }>;

/**
 * Network whose sent segments wait: the names of the words of the segment sent as number `order`.
 */
export const waitingNames = (scope: Scope, network: NetworkId, order: number): readonly Local[] =>
  shapeOf(scope, network).words.map((word) => i32(`p${network}_${order}_${word}`));

/** How many sent segments wait to be inserted. */
export const waitingCount = (network: NetworkId): Local => i32(`n${network}`);

/** How many segments a full network has dropped on this path. */
export const dropCount = (network: NetworkId): Local => i32(`d${network}`);

/** The words of a segment with these integers, most significant integers first. */
const segmentWords = ({ network, values }: Of<"send">, scope: Scope): readonly Value[] => {
  const { slots, words } = present(scope.layout.networks, network).segment;
  const nums = values.map((value) => numberOf(value, scope));
  return Array.from({ length: words }, (_, word) =>
    slots.reduce<Value>((sum, slot, position) => {
      const num = nums[position];
      if (slot.word !== word || slot.bits === 0 || num === undefined) return sum;
      return or(sum, partOf(num, slot));
    }, constant(0)),
  );
};

/**
 * The integers are evaluated, in order, before the network is looked at. A sent segment waits for
 * the end of the path, where all are inserted by one piece of code, unless the body looks at
 * networks.
 */
export const sendCode = (statement: Of<"send">, body: Body): void => {
  const { scope, plan } = body;
  const { network } = statement;
  const { full, fullSite, capacity } = present(scope.core.networks, network);
  const segment = segmentWords(statement, scope);
  const count = workingCount(network);
  const isFull = equal(count, capacity);
  const write = (): void => {
    if (plan.looksAtNetworks) insertNow(scope, network, segment, count);
    else letWait(body, network, segment);
    emit(scope, set(count, add(count, 1)));
  };
  if (full === "drop") {
    const put = codeOf(scope, write);
    noteSent(body, network, 0);
    emit(scope, when(isFull, dropCode(body, network), put));
    return;
  }
  const refuse: Part = full === "block" ? leave("v") : failCode(scope, fullSite);
  emit(scope, when(isFull, refuse));
  write();
  noteSent(body, network, 1);
};

const dropCode = ({ plan, scope }: Body, network: NetworkId): Part => {
  if (plan.canVanish) return set(dropCount(network), add(dropCount(network), 1));
  return countDropped(scope, network, 1);
};

/** Adds to the counter of dropped segments. */
export const countDropped = (scope: Scope, network: NetworkId, more: Value | number): Part => {
  const at = scope.area.dropped + network;
  return store(areaPointer, at, add(load(areaPointer, at), more));
};

const noteSent = (body: Body, network: NetworkId, least: number): void => {
  if (body.flow === undefined) return;
  const sent = body.flow.get(network) ?? none;
  const now = { least: sent.least + least, most: sent.most + 1 };
  body.flow = new Map([...body.flow, [network, now]]);
};

const insertNow = (
  scope: Scope,
  network: NetworkId,
  words: readonly Value[],
  count: Value,
): void => {
  const names = words.map((value) => {
    const name = freshWord(scope);
    emit(scope, set(name, value));
    return name;
  });
  insertCode(scope, network, names, count);
};

const letWait = (body: Body, network: NetworkId, words: readonly Value[]): void => {
  const { scope } = body;
  const { least, most } = body.flow?.get(network) ?? none;
  const waiting = waitingCount(network);
  const put = (order: number): readonly Part[] =>
    waitingNames(scope, network, order).map((name, word) => set(name, words[word] ?? 0));
  if (most === least) {
    emit(scope, ...put(least), set(waiting, least + 1));
    return;
  }
  const puts = Array.from({ length: most - least + 1 }, (_, step) => put(least + step));
  emit(scope, selectCode(waiting, puts, least), set(waiting, add(waiting, 1)));
};
