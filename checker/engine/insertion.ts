// The store as code: a batch of states is looked up, and what is new is stored.

import type { CodeFunction } from "../code/index.ts";
import {
  add,
  advance,
  and,
  codeFunction,
  i32,
  less,
  load,
  loopWhile,
  place,
  pointer,
  set,
  xor,
  both,
  store,
  when,
  subtract,
  unequal,
  or,
  leave,
  type Part,
  compareExchange,
  not,
  multiply,
  loop,
  loadAtomic,
  giveBack,
} from "../code/index.ts";
import { pendingWords } from "./control.ts";
import type { Context } from "./words.ts";
import { copy, frame, hashAt, nextSlot, read, same, stateAt, write } from "./words.ts";
import { findEdges, keepEdge, recentAt } from "./records.ts";

/*
 * An entry of the index is 0 (free), or a state + 1 in the low bits that address the table, and in
 * the bits above them the same bits of the state's hash. These tell nearly every other state apart
 * without a look into the store; equal bits are confirmed by comparing all words, so the index is
 * exact. Collisions go to the next entry of the line, then to the next line; a search always meets a
 * free one.
 *
 * Looking a state up misses the caches twice, in the index and in the store. Done for one state
 * after the other, each miss stalls the search; done for a batch in short loops, the misses
 * overlap.
 */

/** `searchTouch(pending)`: fetches the entries, then the states that they may mean. */
export const touch = (context: Context): CodeFunction => {
  const into = frame();
  const pending = i32("pending");
  const [item, touched, hash, slot, entry] = [
    into.i32("item"),
    into.i32("touched"),
    into.i32("hash"),
    into.i32("slot"),
    into.i32("entry"),
  ];
  const [index, mask, states, tags] = [
    into.i32("index"),
    into.i32("mask"),
    into.i32("states"),
    into.i32("tags"),
  ];
  const [wait, at, maybe] = [into.pointer("wait"), into.pointer("at"), into.pointer("maybe")];
  const first = [set(item, 0), set(wait, place(read(context, "pending")))];
  const next = [set(item, add(item, 1)), set(wait, advance(wait, pendingWords))];
  return codeFunction(
    "searchTouch",
    { parameters: [pending], locals: into.locals },
    set(index, read(context, "index")),
    set(mask, read(context, "mask")),
    set(tags, xor(mask, -1)),
    set(states, read(context, "states")),
    set(touched, 0),
    first,
    loopWhile(
      "entries",
      less(item, pending),
      set(touched, xor(touched, load(place(add(index, and(load(wait), mask)))))),
      next,
    ),
    first,
    set(maybe, place(read(context, "maybe"))),
    loopWhile(
      "slots",
      less(item, pending),
      set(hash, load(wait)),
      set(slot, and(hash, mask)),
      set(entry, load(place(add(index, slot)))),
      // Up to a free entry, or one that may mean the state.
      loopWhile(
        "slot",
        both(entry, and(xor(entry, hash), tags)),
        nextSlot(slot, hash, mask),
        set(entry, load(place(add(index, slot)))),
      ),
      store(wait, 2, slot),
      store(maybe, 0, add(states, multiply(subtract(and(entry, mask), 1), context.stride))),
      set(maybe, advance(maybe, unequal(entry, 0))),
      next,
    ),
    // In a loop of its own more of them are on their way at once.
    set(wait, maybe),
    set(maybe, place(read(context, "maybe"))),
    loopWhile(
      "states",
      unequal(maybe, wait),
      set(at, place(load(maybe))),
      // A state can begin in one line of the caches and end in the next.
      set(touched, xor(touched, xor(load(at), load(at, context.words - 1)))),
      set(maybe, advance(maybe, 1)),
    ),
    write(context, "touched", touched),
  );
};

/** `searchInsert(pending)`: stores what is new, in order. */
export const insert = (context: Context): CodeFunction => {
  const { shape } = context;
  const { stepWords } = shape.program;
  const into = frame();
  const pending = i32("pending");
  const [item, hash, record, slot, entry, found, count] = [
    into.i32("item"),
    into.i32("hash"),
    into.i32("record"),
    into.i32("slot"),
    into.i32("entry"),
    into.i32("found"),
    into.i32("count"),
  ];
  const [index, mask, states, tags, batch, recent, edges] = [
    into.i32("index"),
    into.i32("mask"),
    into.i32("states"),
    into.i32("tags"),
    into.i32("batch"),
    into.i32("recent"),
    into.i32("edges"),
  ];
  const [wait, at, free, lately] = [
    into.pointer("wait"),
    into.pointer("at"),
    into.pointer("free"),
    into.pointer("lately"),
  ];
  const entryAt = place(add(index, slot));
  const ours = or(add(count, 1), and(hash, tags));
  const isOurs = [set(found, count), set(count, add(count, 1)), leave("slots")];
  /** Stores the state in a free entry; with other threads, unless one of them was first. */
  const takeFree: Part = [
    set(free, stateAt(context, states, count)),
    copy(context, into, free, at),
    shape.isShared
      ? [set(entry, compareExchange(entryAt, 0, 0, ours)), when(not(entry), isOurs)]
      : [store(entryAt, 0, ours), isOurs],
  ];
  return codeFunction(
    "searchInsert",
    { parameters: [pending], locals: into.locals },
    set(index, read(context, "index")),
    set(mask, read(context, "mask")),
    set(tags, xor(mask, -1)),
    set(states, read(context, "states")),
    set(batch, read(context, "batch")),
    set(recent, read(context, "recent")),
    findEdges(context, edges),
    set(count, read(context, "count")),
    set(item, 0),
    set(wait, place(read(context, "pending"))),
    loopWhile(
      "items",
      less(item, pending),
      set(hash, load(wait)),
      set(record, load(wait, 1)),
      set(slot, load(wait, 2)),
      set(at, place(add(batch, multiply(record, stepWords)))),
      // Entries are only added: what was passed over on the way to this slot is another state.
      loop(
        "slots",
        set(entry, shape.isShared ? loadAtomic(entryAt) : load(entryAt)),
        when(not(entry), takeFree),
        when(not(and(xor(entry, hash), tags)), [
          set(found, subtract(and(entry, mask), 1)),
          when(same(context, stateAt(context, states, found), at), leave("slots")),
        ]),
        nextSlot(slot, hash, mask),
      ),
      set(lately, recentAt(recent, hash)),
      store(lately, 0, hash),
      store(lately, 1, add(found, 1)),
      keepEdge(context, edges, record, load(at, context.words), found),
      set(item, add(item, 1)),
      set(wait, advance(wait, pendingWords)),
    ),
    write(context, "count", count),
  );
};

/** `searchFind(at)`: the stored state at a place, which must be stored, or -1. */
export const find = (context: Context): CodeFunction => {
  const into = frame();
  const at = pointer("at");
  const [hash, slot, entry, mask, index, states, tags] = [
    into.i32("hash"),
    into.i32("slot"),
    into.i32("entry"),
    into.i32("mask"),
    into.i32("index"),
    into.i32("states"),
    into.i32("tags"),
  ];
  return codeFunction(
    "searchFind",
    { parameters: [at], result: "i32", locals: into.locals },
    set(index, read(context, "index")),
    set(mask, read(context, "mask")),
    set(tags, xor(mask, -1)),
    set(states, read(context, "states")),
    hashAt(context, into, hash, at),
    set(slot, and(hash, mask)),
    loop(
      "slots",
      set(entry, load(place(add(index, slot)))),
      when(not(entry), giveBack(-1)),
      when(not(and(xor(entry, hash), tags)), [
        set(entry, subtract(and(entry, mask), 1)),
        when(same(context, stateAt(context, states, entry), at), giveBack(entry)),
      ]),
      nextSlot(slot, hash, mask),
    ),
  );
};
