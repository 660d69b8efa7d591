// What a finished store says as a whole: the fingerprint of its set of states, and spent budgets.

import type { Core } from "../core/index.ts";
import { digestFactors, digestStarts } from "../engine/index.ts";
import type { Slot } from "../machine/index.ts";
import type { Exploration } from "./result.ts";
import type { Level, Space } from "./space.ts";
import type { StateStore } from "./state-store.ts";
import { chunkOf, offsetOf } from "./state-store.ts";

/*
 * The fingerprint of a set is the sum, modulo 2^128, of a 128-bit mix of each state: it does not
 * depend on the order in which states were found. It compares runs and never decides whether a
 * state is new.
 *
 * The mix: four 32-bit lanes start from different constants. Each word of the state is xored into
 * every lane, the lane is multiplied by its own odd constant and folded by a right shift, and takes
 * in its left neighbour. At the end each lane is folded and multiplied twice more. A lane is one
 * 32-bit digit of the number, lane 0 the lowest.
 */
const lanes = 4;

/** Sums of 32-bit digits stay exact up to 2^53: carries are moved up every so many states. */
const carryEvery = 1 << 20;
const base = 2 ** 32;

const [startA = 0, startB = 0, startC = 0, startD = 0] = digestStarts;
const [factorA = 0, factorB = 0, factorC = 0, factorD = 0] = digestFactors;

const finish = (lane: number): number => {
  const once = Math.imul(lane ^ (lane >>> 16), 0x7feb352d);
  const twice = Math.imul(once ^ (once >>> 15), 0x846ca68b);
  return (twice ^ (twice >>> 16)) >>> 0;
};

const addState = (sums: Float64Array, words: Int32Array, at: number, count: number): void => {
  let a = startA;
  let b = startB;
  let c = startC;
  let d = startD;
  for (let index = 0; index < count; index += 1) {
    const word = words[at + index] ?? 0;
    a = Math.imul(a ^ word, factorA);
    a = (a ^ (a >>> 15)) + d;
    b = Math.imul(b ^ word, factorB);
    b = (b ^ (b >>> 16)) + a;
    c = Math.imul(c ^ word, factorC);
    c = (c ^ (c >>> 14)) + b;
    d = Math.imul(d ^ word, factorD);
    d = (d ^ (d >>> 13)) + c;
  }
  sums[0] = (sums[0] ?? 0) + finish(a);
  sums[1] = (sums[1] ?? 0) + finish(b);
  sums[2] = (sums[2] ?? 0) + finish(c);
  sums[3] = (sums[3] ?? 0) + finish(d);
};

const carry = (sums: Float64Array): void => {
  for (let lane = 0; lane < lanes; lane += 1) {
    const sum = sums[lane] ?? 0;
    sums[lane] = sum % base;
    if (lane + 1 < lanes) sums[lane + 1] = (sums[lane + 1] ?? 0) + Math.floor(sum / base);
  }
};

/** The sum over the states of the levels, as four digits of 32 bits, the lowest first. */
export const digestOf = (store: StateStore, levels: readonly Level[]): readonly number[] => {
  const sums = new Float64Array(lanes);
  for (const { from, to } of levels.flat()) {
    for (let state = from; state < to; state += 1) {
      addState(sums, chunkOf(store, state), offsetOf(store, state), store.words);
      if (state % carryEvery === carryEvery - 1) carry(sums);
    }
  }
  carry(sums);
  return [...sums];
};

/** The fingerprint that a sum is, as 32 hex digits. */
export const stateSetOf = (sums: readonly number[]): string =>
  sums
    .map((it) => it.toString(16).padStart(8, "0"))
    .toReversed()
    .join("");

const isZeroSomewhere = (space: Space, levels: readonly Level[], slot: Slot): boolean => {
  if (slot.bits === 0) return slot.low === 0 && space.count() > 0;
  const mask = slot.bits === 32 ? -1 : (1 << slot.bits) - 1;
  const zero = -slot.low & mask;
  for (const { from, to } of levels.flat()) {
    for (let state = from; state < to; state += 1) {
      const { words, at } = space.place(state);
      if ((((words[at + slot.word] ?? 0) >>> slot.shift) & mask) === zero) return true;
    }
  }
  return false;
};

/** By network: whether some state has nothing left of the budget for loss, for duplication. */
export const spentBudgets = (
  core: Core,
  slots: readonly Slot[],
  space: Space,
  levels: readonly Level[],
): Exploration["spent"] =>
  core.networks.map(({ loss, duplication }) => {
    const isSpent = (budget: typeof loss): boolean => {
      const slot = typeof budget === "number" ? slots[budget] : undefined;
      return slot !== undefined && isZeroSomewhere(space, levels, slot);
    };
    return { loss: isSpent(loss), duplication: isSpent(duplication) };
  });
