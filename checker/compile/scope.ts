// What generated code of one action or formula may name, and what it turned out to need.

import {
  type Core,
  type Expression,
  type LocalId,
  type NetworkId,
  operandsOf,
} from "../core/index.ts";
import type { Layout, NetworkLayout, Slot } from "../machine/index.ts";
import type { LocalRanges } from "./ranges.ts";
import { readText } from "./slots.ts";

/** Lines of JavaScript; a nested list is a part that can become a function of its own. */
export type Code = readonly (string | Code)[];

/** How the code at hand calls the content of a network. */
export interface Content {
  readonly count: string;
  /** Word `word` of the segment at `position`. */
  readonly word: (position: number, word: number) => string;
}

/**
 * A generated function. Words of its source state are w0, w1, …; the networks that it unpacks are
 * C0, B0_0_0, …; all other names are declared at its head and start at 0.
 */
export interface Frame {
  readonly names: Set<string>;
  readonly networks: Set<NetworkId>;
}

export const newFrame = (): Frame => ({ names: new Set(), networks: new Set() });

export interface Scope {
  readonly core: Core;
  readonly layout: Layout;
  readonly frame: Frame;
  /** Words that the code changes: it works on copies t0, t1, … of them. */
  readonly changedWords: ReadonlySet<number>;
  /** The content of a network as the code at this place sees it. */
  readonly content: (network: NetworkId) => Content;
  readonly ranges: LocalRanges;
  /** What local names begin with: codes that are mixed number their locals independently. */
  readonly prefix: string;
  readonly notes: {
    /** The lowest local id that is free for the compiler's own use. */
    nextLocal: number;
    /** Whether the code can set `err`. */
    canFail: boolean;
  };
}

export const newScope = (
  parts: Pick<Scope, "core" | "layout" | "frame" | "changedWords" | "content">,
  localCount: number,
  prefix = "l",
): Scope => ({
  ...parts,
  ranges: new Map(),
  prefix,
  notes: { nextLocal: localCount, canFail: false },
});

/** An element that a well-formed core always has. */
export const present = <A>(list: readonly A[], index: number): A => {
  const found = list[index];
  if (found === undefined) throw new Error(`the core names element ${index} of ${list.length}`);
  return found;
};

/** Declares a name in the function and returns it. */
export const declared = (frame: Frame, name: string): string => {
  frame.names.add(name);
  return name;
};

export const localName = (scope: Scope, local: LocalId): string =>
  declared(scope.frame, `${scope.prefix}${local}`);

/** A local of the compiler's own. */
export const freshLocal = (scope: Scope): LocalId => {
  scope.notes.nextLocal += 1;
  return scope.notes.nextLocal - 1;
};

export const freshName = (scope: Scope): string => localName(scope, freshLocal(scope));

/** The name of a word as the code at this place sees it. */
export const wordName = (scope: Scope, word: number): string =>
  scope.changedWords.has(word) ? declared(scope.frame, `t${word}`) : `w${word}`;

/** An expression that notes a failure, unless there is one already, and has the value 0. */
export const failText = (scope: Scope, site: number): string => {
  scope.notes.canFail = true;
  declared(scope.frame, "err");
  return `(err = err || ${site + 1}, 0)`;
};

/** The content of a network in the source state. */
export const sourceContent =
  (frame: Frame) =>
  (network: NetworkId): Content => {
    frame.networks.add(network);
    return {
      count: `C${network}`,
      word: (position, word) => `B${network}_${position}_${word}`,
    };
  };

/** One integer of a segment, from the texts of its words. */
export const segmentInteger = (
  { segment }: NetworkLayout,
  slot: Slot,
  word: (word: number) => string,
): string => readText(word(slot.word), slot, segment.wordBits[slot.word] ?? 0);

/** Number of nodes of an expression, as a measure of its code. */
export const sizeOf = (expression: Expression): number =>
  1 + operandsOf(expression).reduce((sum, part) => sum + sizeOf(part), 0);
