// Networks in generated code: unpacking, removal, insertion, and what goes back into the state.

import type { NetworkId } from "../core/index.ts";
import type { Slot } from "../machine/index.ts";
import type { Code, Content, Scope } from "./scope.ts";
import { declared, freshName, present, segmentInteger } from "./scope.ts";
import { readText } from "./slots.ts";

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

export const shapeOf = (scope: Pick<Scope, "core" | "layout">, network: NetworkId): Shape => ({
  capacity: present(scope.core.networks, network).capacity,
  words: range(present(scope.layout.networks, network).segment.words),
});

/** Declarations of a network's content in the source state. */
export const unpackCode = (scope: Pick<Scope, "core" | "layout">, network: NetworkId): Code => {
  const { count, places } = present(scope.layout.networks, network);
  const words = places.flatMap((place, position) =>
    place.map(
      (slot, word) => `const B${network}_${position}_${word} = ${readText(`w${slot.word}`, slot)};`,
    ),
  );
  return [`const C${network} = ${readText(`w${count.word}`, count)};`, ...words];
};

/** The content that a body changes. */
export const workingContent = (scope: Pick<Scope, "frame">, network: NetworkId): Content => ({
  count: declared(scope.frame, `c${network}`),
  word: (position, word) => declared(scope.frame, `s${network}_${position}_${word}`),
});

/** What a step does to a network before any send; `position` is the name of the segment's place. */
export type Change =
  | { readonly kind: "keep" }
  | { readonly kind: "remove" | "double"; readonly position: string }
  | { readonly kind: "age"; readonly slot: Slot };

/** The number of segments after the change, from the source state. */
export const changedCount = (network: NetworkId, change: Change): string => {
  switch (change.kind) {
    case "keep":
    case "age":
      return `C${network}`;
    case "remove":
      return `C${network} - 1`;
    case "double":
      return `C${network} + 1`;
  }
};

const changedWord = (
  network: NetworkId,
  capacity: number,
  change: Change,
  place: number,
  word: number,
): string => {
  const source = (position: number) => `B${network}_${position}_${word}`;
  switch (change.kind) {
    case "keep":
      return source(place);
    case "remove":
      return place === capacity - 1
        ? "0"
        : `${change.position} > ${place} ? ${source(place)} : ${source(place + 1)}`;
    case "double":
      return place === 0
        ? source(0)
        : `${change.position} < ${place} ? ${source(place - 1)} : ${source(place)}`;
    case "age":
      return change.slot.word === word && change.slot.bits > 0
        ? `${source(place)} + (C${network} > ${place} ? ${2 ** change.slot.shift} : 0)`
        : source(place);
  }
};

/** Sets the places of the working content to the source state after the change. */
export const changeCode = (scope: Scope, network: NetworkId, change: Change): Code => {
  const { capacity, words } = shapeOf(scope, network);
  const working = workingContent(scope, network);
  scope.frame.networks.add(network);
  return range(capacity).flatMap((place) =>
    words.map(
      (word) =>
        `${working.word(place, word)} = ${changedWord(network, capacity, change, place, word)};`,
    ),
  );
};

/** Lexicographic "greater" between two segments, word by word. */
const greaterText = (left: readonly string[], right: readonly string[]): string => {
  const [first, ...rest] = left;
  const [other, ...others] = right;
  if (first === undefined || other === undefined) return "false";
  if (rest.length === 0) return `${first} > ${other}`;
  return `${first} > ${other} || ${first} === ${other} && (${greaterText(rest, others)})`;
};

const swapCode = (scope: Scope, left: readonly string[], right: readonly string[]): string => {
  const spare = freshName(scope);
  const swaps = left
    .map((name, word) => `${spare} = ${name}; ${name} = ${right[word]}; ${right[word]} = ${spare};`)
    .join(" ");
  return `{ ${swaps} }`;
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
  segment: readonly string[],
  count: string,
): Code => {
  const { capacity, words } = shapeOf(scope, network);
  const working = workingContent(scope, network);
  const place = (position: number) => words.map((word) => working.word(position, word));
  if (present(scope.core.networks, network).kind === "fifo") {
    return queueCode(scope, network, segment, count);
  }
  return range(capacity).map(
    (position) =>
      `if (${greaterText(segment, place(position))}) ${swapCode(scope, segment, place(position))}`,
  );
};

/**
 * FIFO: behind the last segment to the same receiver or a lesser one; everything behind moves one
 * place.
 */
const queueCode = (
  scope: Scope,
  network: NetworkId,
  segment: readonly string[],
  count: string,
): Code => {
  const { capacity, words } = shapeOf(scope, network);
  const working = workingContent(scope, network);
  const place = (position: number) => words.map((word) => working.word(position, word));
  const moving = freshName(scope);
  const receiver = (of: readonly string[]) => receiverText(scope, network, of);
  const steps = range(capacity).map((position) => {
    const here = place(position);
    const put = here.map((name, word) => `${name} = ${segment[word]};`).join(" ");
    const overtakes = `${moving} !== 0 || ${receiver(here)} > ${receiver(segment)}`;
    const swap = swapCode(scope, segment, here);
    const makeRoom = `if (${position} < ${count} && (${overtakes})) { ${moving} = 1; ${swap} }`;
    return `if (${position} === ${count}) { ${put} } else ${makeRoom}`;
  });
  return [`${moving} = 0;`, ...steps];
};

/** The receiver's address in a segment; 0 where segments have none. */
export const receiverText = (
  scope: Scope,
  network: NetworkId,
  words: readonly string[],
): string => {
  const { addresses, lifetime } = present(scope.core.networks, network);
  if (addresses === undefined) return "0";
  const layout = present(scope.layout.networks, network);
  const slot = present(layout.segment.slots, lifetime === undefined ? 0 : 1);
  return segmentInteger(layout, slot, (word) => words[word] ?? "0");
};

/** Every slot that a network occupies, with the name of what the working content puts there. */
export const workingSlots = (
  scope: Scope,
  network: NetworkId,
): readonly { readonly slot: Slot; readonly text: string }[] => {
  const { count, places } = present(scope.layout.networks, network);
  const working = workingContent(scope, network);
  const words = places.flatMap((place, position) =>
    place.map((slot, word) => ({ slot, text: working.word(position, word) })),
  );
  return [{ slot: count, text: working.count }, ...words].filter(({ slot }) => slot.bits > 0);
};
