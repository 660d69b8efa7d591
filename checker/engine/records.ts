// Step records: what becomes of them, edges and entries of the table of states met last, and how they are taken anew.

import type { Value } from "../code/index.ts";
import {
  add,
  advance,
  and,
  both,
  call,
  giveBack,
  less,
  load,
  type Local,
  loopWhile,
  not,
  or,
  type Part,
  place,
  set,
  shiftLeft,
  shiftRightUnsigned,
  store,
  subtract,
  when,
} from "../code/index.ts";
import { recentSize } from "./control.ts";
import type { Context, Frame } from "./words.ts";
import { read } from "./words.ts";

/** The last bit of `info` that says something of the step; the sign says: the last of its state. */
export const errorBits = 0x7ffffffe;
export const lastBit = 0x80000000 | 0;

export const hasEdges = ({ shape }: Context): boolean => shape.groups.length > 0;

/** Sets `edges` to where the edge of the first record goes; 0 where none are kept. */
export const findEdges = (context: Context, edges: Local): Part => {
  if (!hasEdges(context)) return [];
  const first = subtract(subtract(read(context, "top"), 1), read(context, "edgeNext"));
  return [set(edges, 0), when(read(context, "keepsEdges"), set(edges, first))];
};

/** Writes the edge of a record: `target`, whether it is a fault, whether it is the state's last. */
export const keepEdge = (
  context: Context,
  edges: Value,
  record: Value,
  info: Value,
  target: Value,
): Part => {
  if (!hasEdges(context)) return [];
  const bits = or(and(info, 1), and(shiftRightUnsigned(info, 30), 2));
  return when(edges, store(place(subtract(edges, record)), 0, or(shiftLeft(target, 2), bits)));
};

/** Where the recent states with a hash stand. */
export const recentAt = (recent: Value, hash: Value): Value =>
  place(add(recent, shiftLeft(and(hash, recentSize - 1), 1)));

/**
 * Takes the steps of the state at a place anew, into the batch, and does something with each that leads to a
 * state, as long as a condition holds. The function answers -1 when they do not fit.
 */
export const throughSteps = (
  context: Context,
  into: Frame,
  state: Value,
  goesOn: Value,
  each: (info: Value, target: Value) => Part,
): Part => {
  const { words, shape } = context;
  const [steps, info, found] = [into.i32("steps"), into.i32("info"), into.i32("found")];
  const record = into.pointer("record");
  const batch = place(read(context, "batch"));
  return [
    set(steps, call("expand", [state, batch, place(read(context, "batchEnd"))])),
    when(less(steps, 0), giveBack(-1)),
    set(record, batch),
    loopWhile(
      "steps",
      both(steps, goesOn),
      set(info, load(record, words)),
      when(not(and(info, errorBits)), [
        set(found, call("searchFind", [record])),
        each(info, found),
      ]),
      set(record, advance(record, shape.program.stepWords)),
      set(steps, subtract(steps, 1)),
    ),
  ];
};
