// The list of states that are not out yet, as code: sweeps over few states read little memory.

import type { CodeFunction, Value } from "../code/index.ts";
import {
  add,
  advance,
  and,
  both,
  codeFunction,
  giveBack,
  i32,
  leave,
  load,
  loop,
  loopWhile,
  or,
  type Part,
  place,
  set,
  shiftLeft,
  shiftRightUnsigned,
  select,
  store,
  subtract,
  unequal,
  when,
  wordOf,
} from "../code/index.ts";
import type { Group } from "./control.ts";
import type { Context, Frame } from "./words.ts";
import { baseOf, brought, fieldOf, frame, read, savedBits, write } from "./words.ts";

/*
 * The list stands in the free room between states and edges. An entry is the edges of a state, then
 * the state. It is read from the end where it was written last, so what a sweep upwards has written
 * is read by one downwards, and so on. What a sweep leaves on the list it writes over what it has
 * read: an entry is never longer than before. In the direction of reading, the last edge of an
 * entry is marked (bit 1).
 */

export type Direction = "Down" | "Up";

const stepOf = (direction: Direction): number => (direction === "Up" ? 1 : -1);

/** Parts that write entries behind each other, in a direction. */
export const entryOf = (context: Context, into: Frame, direction: Direction) => {
  const [entry, list, mark] = [into.pointer("entry"), into.pointer("list"), into.i32("mark")];
  const step = stepOf(direction);
  return {
    begin: set(entry, place(read(context, "listTo"))),
    open: [set(list, entry), set(mark, 2)],
    edge: (value: Value): Part => [
      store(list, 0, or(and(value, -3), mark)),
      set(mark, 0),
      set(list, advance(list, step)),
    ],
    /** Unless the state stays on the list, the next entry is written over this one. */
    close: (state: Value, stays: Value): Part => [
      store(list, 0, state),
      set(entry, select(stays, advance(list, step), entry)),
    ],
    end: write(context, "listTo", wordOf(entry)),
  };
};

/**
 * `searchSiftDown0(most)`, `searchSiftUp0`, and so on by group: a sweep over at most so many states
 * of the list; those that are out now leave it. Answers how many states changed.
 */
export const siftList = (
  context: Context,
  group: Group,
  position: number,
  direction: Direction,
): CodeFunction => {
  const most = i32("most");
  const into = frame();
  const [state, bits, before, changed, base, value, left] = [
    into.i32("state"),
    into.i32("bits"),
    into.i32("before"),
    into.i32("changed"),
    into.i32("base"),
    into.i32("value"),
    into.i32("left"),
  ];
  const [next, end] = [into.pointer("next"), into.pointer("end")];
  const { at: field, shift, all } = fieldOf(group, base, state);
  const entry = entryOf(context, into, direction);
  const go = set(next, advance(next, stepOf(direction)));
  return codeFunction(
    `searchSift${direction}${position}`,
    { parameters: [most], result: "i32", locals: into.locals },
    set(changed, 0),
    set(left, most),
    set(base, baseOf(context, "saved", position)),
    set(next, place(read(context, "listNext"))),
    set(end, place(read(context, "listEnd"))),
    entry.begin,
    loopWhile(
      "entries",
      both(left, unequal(next, end)),
      set(left, subtract(left, 1)),
      set(state, load(next)),
      go,
      set(before, savedBits(group, base, state)),
      set(bits, before),
      entry.open,
      loop(
        "edges",
        set(value, load(next)),
        go,
        entry.edge(value),
        set(
          bits,
          or(bits, brought(group, value, savedBits(group, base, shiftRightUnsigned(value, 2)))),
        ),
        when(and(value, 2), leave("edges")),
      ),
      store(field, 0, or(load(field), shiftLeft(bits, shift))),
      set(changed, add(changed, unequal(bits, before))),
      entry.close(state, unequal(bits, all)),
    ),
    write(context, "listNext", wordOf(next)),
    entry.end,
    giveBack(changed),
  );
};
