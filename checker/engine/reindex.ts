// The index anew, as code: for when it has grown.

import type { CodeFunction } from "../code/index.ts";
import {
  add,
  advance,
  and,
  codeFunction,
  compareExchange,
  greater,
  i32,
  less,
  load,
  loopWhile,
  or,
  place,
  set,
  store,
  unequal,
  when,
  xor,
} from "../code/index.ts";
import { batchSize, pendingWords } from "./control.ts";
import type { Context } from "./words.ts";
import { frame, hashAt, nextSlot, read, stateAt, write } from "./words.ts";

/** `searchIndex(from, to)`: enters states into an index that does not know them. */
export const reindex = (context: Context): CodeFunction => {
  const [from, to] = [i32("from"), i32("to")];
  const into = frame();
  const [state, size, end, hash, slot, touched] = [
    into.i32("state"),
    into.i32("size"),
    into.i32("end"),
    into.i32("hash"),
    into.i32("slot"),
    into.i32("touched"),
  ];
  const [index, mask, states] = [into.i32("index"), into.i32("mask"), into.i32("states")];
  const [wait, last] = [into.pointer("wait"), into.pointer("last")];
  const at = place(add(index, slot));
  const entry = or(load(wait, 1), and(hash, xor(mask, -1)));
  const isTaken = context.shape.isShared ? compareExchange(at, 0, 0, entry) : load(at);
  return codeFunction(
    "searchIndex",
    { parameters: [from, to], locals: into.locals },
    set(index, read(context, "index")),
    set(mask, read(context, "mask")),
    set(states, read(context, "states")),
    set(touched, 0),
    // Longer batches would not stay in the caches, and there may be room for fewer.
    set(size, read(context, "capacity")),
    when(greater(size, batchSize), set(size, batchSize)),
    set(state, from),
    loopWhile(
      "batches",
      less(state, to),
      set(end, add(state, size)),
      when(greater(end, to), set(end, to)),
      set(wait, place(read(context, "pending"))),
      loopWhile(
        "hashes",
        less(state, end),
        hashAt(context, into, hash, stateAt(context, states, state)),
        set(state, add(state, 1)),
        store(wait, 0, hash),
        store(wait, 1, state),
        set(wait, advance(wait, pendingWords)),
      ),
      set(last, wait),
      set(wait, place(read(context, "pending"))),
      loopWhile(
        "touches",
        unequal(wait, last),
        set(touched, xor(touched, load(place(add(index, and(load(wait), mask)))))),
        set(wait, advance(wait, pendingWords)),
      ),
      set(wait, place(read(context, "pending"))),
      loopWhile(
        "entries",
        unequal(wait, last),
        set(hash, load(wait)),
        set(slot, and(hash, mask)),
        loopWhile("slots", isTaken, nextSlot(slot, hash, mask)),
        context.shape.isShared ? [] : store(at, 0, entry),
        set(wait, advance(wait, pendingWords)),
      ),
    ),
    write(context, "touched", touched),
  );
};
