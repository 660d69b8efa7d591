// The loop over the segments of a network that can be the subject of a step.

import type { Part, Value } from "../code/index.ts";
import {
  add,
  both,
  constant,
  equal,
  greater,
  greaterEqual,
  i32,
  leave,
  loop,
  not,
  set,
  when,
} from "../code/index.ts";
import type { NetworkId } from "../core/index.ts";
import { chosen } from "./elements.ts";
import { isSame, receiverOf, shapeOf } from "./networks.ts";
import type { Scope } from "./scope.ts";
import { emit, present, sourceContent } from "./scope.ts";

export interface Subjects {
  readonly which: "distinct" | "heads";
  /** Whether the code is written once per place. */
  readonly isUnrolled: boolean;
}

/** Writes the part for each segment, given its place and its words. */
export const eachSegment = (
  scope: Scope,
  network: NetworkId,
  { which, isUnrolled }: Subjects,
  within: (position: Value, words: readonly Value[]) => Part,
): void => {
  const { capacity, words } = shapeOf(scope, network);
  const content = sourceContent(network);
  const isFifo = present(scope.core.networks, network).kind === "fifo";
  const places = Array.from({ length: capacity }, (_, place) => place);
  const skipped = (here: readonly Value[], before: readonly Value[]): Value => {
    if (!isFifo) return isSame(here, before);
    return which === "distinct"
      ? constant(0)
      : equal(receiverOf(scope, network, here), receiverOf(scope, network, before));
  };
  if (isUnrolled || capacity === 1) {
    const wordsAt = (place: number) => words.map((word) => content.word(place, word));
    const parts = places.map((place): Part => {
      const here = within(constant(place), wordsAt(place));
      return place === 0 ? here : when(skipped(wordsAt(place), wordsAt(place - 1)), [], here);
    });
    const code = parts.reduceRight<Part>(
      (rest, part, place) => when(greater(content.count, place), [part, rest]),
      [],
    );
    emit(scope, code);
    return;
  }
  const k = i32("k");
  const here = words.map((word) => i32(`y${word}`));
  const before = words.map((word) => i32(`z${word}`));
  const reads = here.map((name, word) =>
    set(
      name,
      chosen(
        k,
        places.map((place) => ({ first: place, value: content.word(place, word) })),
      ),
    ),
  );
  const isNew = not(both(greater(k, 0), skipped(here, before)));
  emit(
    scope,
    set(k, 0),
    ...before.map((name) => set(name, 0)),
    loop(
      "each",
      when(greaterEqual(k, content.count), leave("each")),
      ...reads,
      when(isNew, within(k, here)),
      ...before.map((name, word) => set(name, present(here, word))),
      set(k, add(k, 1)),
    ),
  );
};
