// Elements chosen by an index: one shift finds variables that stand side by side in a word.

import type { Local, Value } from "../code/index.ts";
import {
  add,
  and,
  constant,
  less,
  lessUnsigned,
  multiply,
  or,
  select,
  set,
  shiftLeft,
  shiftRightUnsigned,
  when,
  xor,
} from "../code/index.ts";
import type { Slot } from "../machine/index.ts";
import type { Num, Range } from "./number.ts";
import { asWide, asWord, fitsWord, known, ranged, union } from "./number.ts";
import type { Scope } from "./scope.ts";
import { codeOf, demand, emit, present, shared, sharedNumber, wordAt } from "./scope.ts";
import { integerOf, maskOf, rawOf, replaced, storedAs } from "./slots.ts";
import { compared } from "./arithmetic.ts";

/** Neighbours in the order of their index, from `first` on, that stand in steps in one word. */
interface Row {
  readonly first: number;
  readonly slots: readonly Slot[];
}

const belongs = (slots: readonly Slot[], next: Slot): boolean => {
  const [first, second] = slots;
  const last = slots.at(-1);
  if (first === undefined || last === undefined) return false;
  if (next.bits === 0 || next.bits !== first.bits || next.low !== first.low) return false;
  if (next.word !== first.word) return false;
  return second === undefined || next.shift - last.shift === second.shift - first.shift;
};

const rowsOf = (slots: readonly Slot[]): readonly Row[] => {
  const rows: { readonly first: number; readonly slots: Slot[] }[] = [];
  slots.forEach((slot, position) => {
    const row = rows.at(-1);
    if (row !== undefined && belongs(row.slots, slot)) row.slots.push(slot);
    else rows.push({ first: position, slots: [slot] });
  });
  return rows;
};

/** How far the element of a row is shifted. */
const shiftOf = ({ first, slots }: Row, index: Value): Value => {
  const [one, two] = slots;
  if (one === undefined || two === undefined) return constant(one?.shift ?? 0);
  const step = two.shift - one.shift;
  const power = Math.log2(step);
  const moved = Number.isInteger(power) ? shiftLeft(index, power) : multiply(index, step);
  return add(moved, one.shift - first * step);
};

const rawOfRow = (scope: Scope, row: Row, index: Value): Value => {
  const slot = present(row.slots, 0);
  const word = wordAt(scope, slot.word);
  if (row.slots.length === 1) return rawOf(word, slot);
  return and(shiftRightUnsigned(word, shiftOf(row, index)), maskOf(slot.bits));
};

/** A choice between values by an index known to be in range: a tree of comparisons. */
export const chosen = (
  index: Value,
  cases: readonly { readonly first: number; readonly value: Value }[],
): Value => {
  const half = cases.length >> 1;
  const middle = cases[half];
  if (middle === undefined) return constant(0);
  if (half === 0) return middle.value;
  return select(
    less(index, middle.first),
    chosen(index, cases.slice(0, half)),
    chosen(index, cases.slice(half)),
  );
};

/** The index as an i32 in 0..count-1: the path fails where it is another. */
export const indexWithin = (scope: Scope, index: Num, count: number, site: number): Num => {
  if (index.low >= 0 && index.high < count) return sharedNumber(scope, index);
  const name = sharedNumber(scope, index);
  const within = { low: Math.max(index.low, 0), high: Math.min(index.high, count - 1) };
  if (fitsWord(name)) {
    demand(scope, lessUnsigned(name.value, count), site);
    return ranged(name.value, within);
  }
  demand(scope, compared("less-equal", known(0), name).value, site);
  demand(scope, compared("less", name, known(count)).value, site);
  return ranged(shared(scope, asWord(name)), within);
};

/** The variables of which an element is one. */
export interface Elements {
  readonly base: number;
  readonly stride: number;
  readonly count: number;
}

const idsOf = ({ base, stride, count }: Elements): readonly number[] =>
  Array.from({ length: count }, (_, position) => base + stride * position);

export const readElement = (scope: Scope, elements: Elements, index: Num): Num => {
  const ids = idsOf(elements);
  const slots = ids.map((id) => present(scope.layout.variables, id));
  const range = ids.map((id): Range => present(scope.core.variables, id)).reduce(union);
  const at = index.value;
  const rows = rowsOf(slots);
  const values = rows.map((row) => {
    const slot = present(row.slots, 0);
    return { first: row.first, raw: rawOfRow(scope, row, at), slot };
  });
  const [one] = values;
  if (one !== undefined && values.every(({ slot }) => slot.low === one.slot.low)) {
    const raw = chosen(
      at,
      values.map((it) => ({ first: it.first, value: it.raw })),
    );
    return integerOf(raw, one.slot.low, range, Math.max(...values.map((it) => it.slot.bits)));
  }
  const integers = values.map(({ first, raw, slot }) => ({
    first,
    value: inRange(integerOf(raw, slot.low, range, slot.bits), range),
  }));
  return ranged(chosen(at, integers), range);
};

/** One of some locals. */
export const chosenNumber = (index: Num, nums: readonly Num[]): Num => {
  const range = nums.map((it): Range => it).reduce(union);
  const cases = nums.map((it, first) => ({ first, value: inRange(it, range) }));
  return ranged(chosen(index.value, cases), range);
};

const inRange = (num: Num, range: Range): Value => (fitsWord(range) ? asWord(num) : asWide(num));

/** Gives the element at an index known to be in range its value. */
export const writeElement = (scope: Scope, elements: Elements, index: Num, num: Num): void => {
  const slots = idsOf(elements).map((id) => present(scope.layout.variables, id));
  const rows = rowsOf(slots).filter(({ slots: [slot] }) => (slot?.bits ?? 0) > 0);
  const write = (list: readonly Row[]): void => {
    const half = list.length >> 1;
    const middle = list[half];
    if (middle === undefined) return;
    if (half === 0) return writeRow(scope, middle, index, num);
    emit(
      scope,
      when(
        less(index.value, middle.first),
        codeOf(scope, () => write(list.slice(0, half))),
        codeOf(scope, () => write(list.slice(half))),
      ),
    );
  };
  // What is not stored may lie between rows: then they do not follow each other.
  if (rows.length === rowsOf(slots).length) return write(rows);
  for (const row of rows) {
    const isHere = lessUnsigned(add(index.value, -row.first), row.slots.length);
    emit(
      scope,
      when(
        isHere,
        codeOf(scope, () => writeRow(scope, row, index, num)),
      ),
    );
  }
};

const writeRow = (scope: Scope, row: Row, index: Num, num: Num): void => {
  const slot = present(row.slots, 0);
  const word: Local = wordAt(scope, slot.word);
  if (row.slots.length === 1) {
    emit(scope, set(word, replaced(word, slot, num)));
    return;
  }
  const shift = shared(scope, shiftOf(row, index.value));
  const hole = xor(shiftLeft(maskOf(slot.bits), shift), -1);
  const part = shiftLeft(storedAs(num, slot.low), shift);
  emit(scope, set(word, or(and(word, hole), part)));
};
