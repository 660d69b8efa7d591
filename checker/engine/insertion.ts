// The store as code: a batch of step records is looked up, and what is new is stored.

import type { CodeFunction, Value } from "../code/index.ts";
import {
  add,
  advance,
  and,
  both,
  call,
  codeFunction,
  compareExchange,
  equal,
  giveBack,
  greaterEqual,
  i32,
  leave,
  less,
  load,
  loadAtomic,
  loop,
  loopWhile,
  multiply,
  not,
  or,
  type Part,
  place,
  pointer,
  run,
  set,
  shiftLeft,
  shiftRightUnsigned,
  store,
  subtract,
  when,
  xor,
} from "../code/index.ts";
import { note, pendingWords, recentSize } from "./control.ts";
import type { Context } from "./words.ts";
import { control, copy, frame, hashAt, read, same, stateAt, write } from "./words.ts";

/*
 * An entry of the index is 0 (free), or a state + 1 in the low bits that address the table, and in
 * the bits above them the same bits of the state's hash. These tell nearly every other state apart
 * without a look into the store; equal bits are confirmed by comparing all words, so the index is
 * exact. Collisions go to the next entry; a search always meets a free one.
 *
 * Looking a state up misses the caches twice, in the index and in the store. Done for one state
 * after the other, each miss stalls the search; done for a batch in short loops, the misses
 * overlap.
 */

/** The last bit of `info` that says something of the step; the sign says: the last of its state. */
export const errorBits = 0x7ffffffe;
export const lastBit = 0x80000000 | 0;

/** Writes the edge of a record: `target`, whether it is a fault, whether it is the state's last. */
const edge = (context: Context, record: Value, info: Value, target: Value | number): Part =>
  store(
    advance(
      place(subtract(subtract(read(context, "top"), 1), read(context, "edgeNext"))),
      subtract(0, record),
    ),
    0,
    or(or(shiftLeft(target, 2), and(info, 1)), and(shiftRightUnsigned(info, 30), 2)),
  );

const hasEdges = ({ shape }: Context): boolean => shape.groups.length > 0;

const keepEdge = (
  context: Context,
  keeps: Value,
  record: Value,
  info: Value,
  target: Value | number,
): Part => (hasEdges(context) ? when(keeps, edge(context, record, info, target)) : []);

/** Where the recent states with a hash stand. */
const recentAt = (recent: Value, hash: Value): Value =>
  place(add(recent, shiftLeft(and(hash, recentSize - 1), 1)));

/** `searchGather(records)`: takes events and errors; answers how many targets must be looked up. */
export const gather = (context: Context): CodeFunction => {
  const { words, shape } = context;
  const { stepWords, eventWords } = shape.program;
  const into = frame();
  const records = i32("records");
  const [record, pending, errors, info, hash, known, events] = [
    into.i32("record"),
    into.i32("pending"),
    into.i32("errors"),
    into.i32("info"),
    into.i32("hash"),
    into.i32("known"),
    into.i32("events"),
  ];
  const [at, wait, lately] = [into.pointer("at"), into.pointer("wait"), into.pointer("lately")];
  const [recent, states, keeps] = [into.i32("recent"), into.i32("states"), into.i32("keeps")];
  const open = (word: number): Value => load(place(control), context.control.events + word);
  return codeFunction(
    "searchGather",
    { parameters: [records], result: "i32", locals: into.locals },
    set(at, place(read(context, "batch"))),
    set(wait, place(read(context, "pending"))),
    set(recent, read(context, "recent")),
    set(states, read(context, "states")),
    set(keeps, read(context, "keepsEdges")),
    set(record, 0),
    set(pending, 0),
    set(errors, 0),
    loopWhile(
      "records",
      less(record, records),
      set(info, load(at, words)),
      takeRecord(),
      set(record, add(record, 1)),
      set(at, advance(at, stepWords)),
    ),
    write(context, "transitions", add(read(context, "transitions"), subtract(records, errors))),
    giveBack(pending),
  );

  function takeRecord(): Part {
    const isError = and(info, errorBits);
    return {
      kind: "block",
      label: "record",
      body: [
        when(isError, [
          run("searchNoteStep", note.error, record, and(info, errorBits), 0),
          hasEdges(context)
            ? when(keeps, edge(context, record, or(info, 1), call("searchSource", [record])))
            : [],
          set(errors, add(errors, 1)),
          leave("record"),
        ]),
        Array.from({ length: eventWords }, (_, word) => [
          set(events, and(load(at, words + 1 + word), open(word))),
          when(events, run("searchNoteStep", note.event, record, word, events)),
        ]),
        hashAt(context, into, hash, at),
        set(lately, recentAt(recent, hash)),
        when(equal(load(lately), hash), [
          set(known, subtract(load(lately, 1), 1)),
          when(both(greaterEqual(known, 0), same(context, stateAt(context, states, known), at)), [
            keepEdge(context, keeps, record, info, known),
            leave("record"),
          ]),
        ]),
        store(wait, 0, hash),
        store(wait, 1, record),
        set(wait, advance(wait, pendingWords)),
        set(pending, add(pending, 1)),
      ],
    };
  }
};

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
  const wait = into.pointer("wait");
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
    loopWhile(
      "states",
      less(item, pending),
      set(hash, load(wait)),
      set(slot, and(hash, mask)),
      set(entry, load(place(add(index, slot)))),
      // Up to a free entry, or one that may mean the state.
      loopWhile(
        "slots",
        both(entry, and(xor(entry, hash), tags)),
        set(slot, and(add(slot, 1), mask)),
        set(entry, load(place(add(index, slot)))),
      ),
      store(wait, 2, slot),
      when(
        entry,
        set(touched, xor(touched, load(stateAt(context, states, subtract(and(entry, mask), 1))))),
      ),
      next,
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
  const [index, mask, states, tags, batch, recent, keeps] = [
    into.i32("index"),
    into.i32("mask"),
    into.i32("states"),
    into.i32("tags"),
    into.i32("batch"),
    into.i32("recent"),
    into.i32("keeps"),
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
    set(keeps, read(context, "keepsEdges")),
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
        set(slot, and(add(slot, 1), mask)),
      ),
      set(lately, recentAt(recent, hash)),
      store(lately, 0, hash),
      store(lately, 1, add(found, 1)),
      keepEdge(context, keeps, record, load(at, context.words), found),
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
      set(slot, and(add(slot, 1), mask)),
    ),
  );
};
