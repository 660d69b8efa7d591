// What step records become: edges, and entries of the table of states met last.

import type { Value } from "../code/index.ts";
import {
  add,
  advance,
  and,
  or,
  type Part,
  place,
  shiftLeft,
  shiftRightUnsigned,
  store,
  subtract,
  when,
} from "../code/index.ts";
import { recentSize } from "./control.ts";
import type { Context } from "./words.ts";
import { read } from "./words.ts";

/** The last bit of `info` that says something of the step; the sign says: the last of its state. */
export const errorBits = 0x7ffffffe;
export const lastBit = 0x80000000 | 0;

/** Writes the edge of a record: `target`, whether it is a fault, whether it is the state's last. */
export const edge = (context: Context, record: Value, info: Value, target: Value | number): Part =>
  store(
    advance(
      place(subtract(subtract(read(context, "top"), 1), read(context, "edgeNext"))),
      subtract(0, record),
    ),
    0,
    or(or(shiftLeft(target, 2), and(info, 1)), and(shiftRightUnsigned(info, 30), 2)),
  );

export const hasEdges = ({ shape }: Context): boolean => shape.groups.length > 0;

export const keepEdge = (
  context: Context,
  keeps: Value,
  record: Value,
  info: Value,
  target: Value | number,
): Part => (hasEdges(context) ? when(keeps, edge(context, record, info, target)) : []);

/** Where the recent states with a hash stand. */
export const recentAt = (recent: Value, hash: Value): Value =>
  place(add(recent, shiftLeft(and(hash, recentSize - 1), 1)));
