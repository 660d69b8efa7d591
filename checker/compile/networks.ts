// Networks in generated code: unpacking, removal, insertion, and what goes back into the state.

import type { Local, Part, Value } from "../code/index.ts";
import {
  add,
  both,
  constant,
  either,
  equal,
  greater,
  i32,
  less,
  not,
  select,
  set,
  subtract,
  unequal,
  when,
} from "../code/index.ts";
import type { NetworkId } from "../core/index.ts";
import type { Slot } from "../machine/index.ts";
import type { Content, Model, Scope } from "./scope.ts";
import { codeOf, emit, freshWord, present, segmentInteger } from "./scope.ts";

/*
 * A network is held as its count and the words of every place, sorted as the state has it: a
 * segment word has at most 31 bits, so comparing words as integers compares segments. Places
 * without a segment are 0.
 */

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, it) => it);

interface Shape {
  readonly capacity: number;
  /** Numbers of the words of a segment. */
  readonly words: readonly number[];
}

export const shapeOf = (model: Pick<Model, "core" | "layout">, network: NetworkId): Shape => ({
  capacity: present(model.core.networks, network).capacity,
  words: range(present(model.layout.networks, network).segment.words),
});

/** The number of segments in a network that a body changes. */
export const workingCount = (network: NetworkId): Local => i32(`c${network}`);

const workingWord = (network: NetworkId, position: number, word: number): Local =>
  i32(`s${network}_${position}_${word}`);

/** The content that a body changes. */
export const workingContent = (network: NetworkId): Content => ({
  count: workingCount(network),
  word: (position, word) => workingWord(network, position, word),
});

const sourceCount = (network: NetworkId): Value => i32(`C${network}`);

/** What a step does to a network before any send; `position` is the segment's place. */
export type Change =
  | { readonly kind: "keep" }
  | { readonly kind: "remove" | "double"; readonly position: Value }
  | { readonly kind: "age"; readonly slot: Slot };

/** The number of segments after the change, from the source state. */
export const changedCount = (network: NetworkId, change: Change): Value => {
  const count = sourceCount(network);
  switch (change.kind) {
    case "keep":
    case "age":
      return count;
    case "remove":
      return subtract(count, 1);
    case "double":
      return add(count, 1);
  }
};

const changedWord = (
  network: NetworkId,
  capacity: number,
  change: Change,
  place: number,
  word: number,
): Value => {
  const source = (position: number): Value => i32(`B${network}_${position}_${word}`);
  switch (change.kind) {
    case "keep":
      return source(place);
    case "remove": {
      const next = place === capacity - 1 ? constant(0) : source(place + 1);
      return select(greater(change.position, place), source(place), next);
    }
    case "double":
      return place === 0
        ? source(0)
        : select(less(change.position, place), source(place - 1), source(place));
    case "age": {
      if (change.slot.word !== word || change.slot.bits === 0) return source(place);
      const older = add(source(place), 2 ** change.slot.shift);
      return select(greater(sourceCount(network), place), older, source(place));
    }
  }
};

/** Sets the places of the working content to the source state after the change. */
export const changeCode = (scope: Scope, network: NetworkId, change: Change): void => {
  const { capacity, words } = shapeOf(scope, network);
  for (const place of range(capacity)) {
    for (const word of words) {
      const value = changedWord(network, capacity, change, place, word);
      emit(scope, set(workingWord(network, place, word), value));
    }
  }
};

/** Lexicographic "greater" between two segments, word by word. */
const isGreater = (left: readonly Value[], right: readonly Value[]): Value => {
  const [first, ...rest] = left;
  const [other, ...others] = right;
  if (first === undefined || other === undefined) return constant(0);
  return either(greater(first, other), both(equal(first, other), isGreater(rest, others)));
};

const swapCode = (scope: Scope, left: readonly Local[], right: readonly Local[]): Part => {
  const spare = freshWord(scope);
  return left.map((name, word) => [
    set(spare, name),
    set(name, present(right, word)),
    set(present(right, word), spare),
  ]);
};

/**
 * Puts the segment in the words `segment` (which the code overwrites) into the working content,
 * which has room and in which `count` other segments stand.
 *
 * Bag: every place keeps the greater and hands on the lesser, down to a place without a segment,
 * which is 0.
 */
export const insertCode = (
  scope: Scope,
  network: NetworkId,
  segment: readonly Local[],
  count: Value,
): void => {
  const { capacity, words } = shapeOf(scope, network);
  if (present(scope.core.networks, network).kind === "fifo") {
    return queueCode(scope, network, segment, count);
  }
  for (const position of range(capacity)) {
    const place = words.map((word) => workingWord(network, position, word));
    emit(scope, when(isGreater(segment, place), swapCode(scope, segment, place)));
  }
};

/**
 * FIFO: behind the last segment to the same receiver or a lesser one; everything behind moves one
 * place.
 */
const queueCode = (
  scope: Scope,
  network: NetworkId,
  segment: readonly Local[],
  count: Value,
): void => {
  const { capacity, words } = shapeOf(scope, network);
  const moving = freshWord(scope);
  const receiver = (of: readonly Value[]) => receiverOf(scope, network, of);
  emit(scope, set(moving, 0));
  for (const position of range(capacity)) {
    const here = words.map((word) => workingWord(network, position, word));
    const put = here.map((name, word) => set(name, present(segment, word)));
    const overtakes = either(unequal(moving, 0), greater(receiver(here), receiver(segment)));
    const makeRoom = codeOf(scope, () => {
      emit(scope, set(moving, 1), swapCode(scope, segment, here));
    });
    const isBefore = both(greater(count, position), overtakes);
    emit(scope, when(equal(count, position), put, when(isBefore, makeRoom)));
  }
};

/** The receiver's address in a segment; 0 where segments have none. */
export const receiverOf = (scope: Scope, network: NetworkId, words: readonly Value[]): Value => {
  const { addresses, lifetime } = present(scope.core.networks, network);
  if (addresses === undefined) return constant(0);
  const field = lifetime === undefined ? 0 : 1;
  return segmentInteger(scope, network, field, (word) => present(words, word)).value;
};

/** Whether two segments are the same. */
export const isSame = (left: readonly Value[], right: readonly Value[]): Value =>
  not(either(...left.map((word, at) => unequal(word, present(right, at)))));

/** Every slot that a network occupies, with what the working content puts there. */
export const workingSlots = (
  scope: Scope,
  network: NetworkId,
): readonly { readonly slot: Slot; readonly value: Value }[] => {
  const { count, places } = present(scope.layout.networks, network);
  const words = places.flatMap((place, position) =>
    place.map((slot, word) => ({ slot, value: workingWord(network, position, word) })),
  );
  return [{ slot: count, value: workingCount(network) }, ...words].filter(
    ({ slot }) => slot.bits > 0,
  );
};
