// What is done with all stored states, as code: the index anew, sums, ways back, ways out.

import type { CodeFunction, Value } from "../code/index.ts";
import {
  add,
  advance,
  and,
  both,
  call,
  codeFunction,
  compareExchange,
  constant,
  equal,
  giveBack,
  greater,
  greaterEqual,
  i32,
  leave,
  less,
  lessEqual,
  lessUnsigned,
  load,
  loop,
  loopWhile,
  multiply,
  not,
  or,
  type Part,
  place,
  run,
  set,
  shiftLeft,
  shiftRightUnsigned,
  store,
  subtract,
  unequal,
  when,
  xor,
} from "../code/index.ts";
import {
  batchSize,
  fieldShiftOf,
  filterSize,
  type Group,
  noStart,
  note,
  noteWords,
  pendingWords,
  reason,
} from "./control.ts";
import { errorBits } from "./insertion.ts";
import type { Context } from "./words.ts";
import { control, fieldOf, frame, hashAt, read, stateAt, write, written } from "./words.ts";

/** `searchIndex(from, to)`: enters states into an index that does not know them. */
export const reindex = (context: Context): CodeFunction => {
  const [from, to] = [i32("from"), i32("to")];
  const into = frame();
  const [state, end, hash, slot, touched] = [
    into.i32("state"),
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
    set(state, from),
    loopWhile(
      "batches",
      less(state, to),
      set(end, add(state, batchSize)),
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
        loopWhile("slots", isTaken, set(slot, and(add(slot, 1), mask))),
        context.shape.isShared ? [] : store(at, 0, entry),
        set(wait, advance(wait, pendingWords)),
      ),
    ),
    write(context, "touched", touched),
  );
};

const filterAt = (context: Context, hash: Value): Value =>
  advance(place(read(context, "filter")), shiftRightUnsigned(and(hash, filterSize - 1), 5));

/** `searchWant(state)`: states with its hash are sought. */
export const want = (context: Context): CodeFunction => {
  const state = i32("state");
  const into = frame();
  const hash = into.i32("hash");
  const at = filterAt(context, hash);
  return codeFunction(
    "searchWant",
    { parameters: [state], locals: into.locals },
    hashAt(context, into, hash, stateAt(context, read(context, "states"), state)),
    store(at, 0, or(load(at), shiftLeft(1, and(hash, 31)))),
  );
};

/** `searchSeek(from, to)`: notes each state that may have a step to a state that is sought. */
export const seek = (context: Context): CodeFunction => {
  const { shape, words } = context;
  const { stepWords } = shape.program;
  const [from, to] = [i32("from"), i32("to")];
  const into = frame();
  const [state, steps, hash] = [into.i32("state"), into.i32("steps"), into.i32("hash")];
  const [at, batch] = [into.pointer("at"), into.pointer("batch")];
  const leaveBecause = (why: number): Part => [write(context, "reason", why), leave("states")];
  const filter = filterAt(context, hash);
  return codeFunction(
    "searchSeek",
    { parameters: [from, to], result: "i32", locals: into.locals },
    set(batch, place(read(context, "batch"))),
    write(context, "reason", reason.done),
    set(state, from),
    loopWhile(
      "states",
      less(state, to),
      when(
        greater(add(read(context, "note"), noteWords), read(context, "notesEnd")),
        leaveBecause(reason.notes),
      ),
      set(at, stateAt(context, read(context, "states"), state)),
      set(steps, call("expand", [at, batch, place(read(context, "batchEnd"))])),
      when(less(steps, 0), leaveBecause(reason.batch)),
      set(at, batch),
      loopWhile(
        "steps",
        steps,
        when(not(and(load(at, words), errorBits)), [
          hashAt(context, into, hash, at),
          when(and(shiftRightUnsigned(load(filter), and(hash, 31)), 1), [
            run("searchNote", note.sought, state, 0, 0),
            leave("steps"),
          ]),
        ]),
        set(at, advance(at, stepWords)),
        set(steps, subtract(steps, 1)),
      ),
      set(state, add(state, 1)),
    ),
    write(context, "next", state),
    giveBack(read(context, "reason")),
  );
};

/** A word of fields of states that are all out. */
const fullFields = (group: Group): number => {
  const width = 2 ** fieldShiftOf(group);
  const all = (1 << group.to.length) - 1;
  return Array.from({ length: 32 / width }, (_, it) => all << (it * width)).reduce(
    (word, it) => word | it,
    0,
  );
};

/** The bits of a group that a state has. */
const savedBits = (group: Group, base: Value, state: Value): Value => {
  const { at, shift, all } = fieldOf(group, base, state);
  return and(shiftRightUnsigned(load(at), shift), all);
};

export type Direction = "Down" | "Up";

/**
 * `searchSaveDown0(from, to)`, `searchSaveUp0`, and so on by group: in one order or the other, marks
 * as out whatever has an edge to a state that is out. Answers how many states changed, or -1 when
 * the steps of a state do not fit the batch.
 */
export const saveRange = (
  context: Context,
  group: Group,
  position: number,
  direction: Direction,
): CodeFunction => {
  const { words } = context;
  const [from, to] = [i32("from"), i32("to")];
  const into = frame();
  const [state, bits, before, edges, changed, base, number, value, keeps, states] = [
    into.i32("state"),
    into.i32("bits"),
    into.i32("before"),
    into.i32("edges"),
    into.i32("changed"),
    into.i32("base"),
    into.i32("number"),
    into.i32("value"),
    into.i32("keeps"),
    into.i32("states"),
  ];
  const [at, edge] = [into.pointer("at"), into.pointer("edge")];
  const { at: field, shift, all } = fieldOf(group, base, state);
  const target = shiftRightUnsigned(value, 2);
  const reached = savedBits(group, base, target);
  const isUp = direction === "Up";
  /** States that share a word of the fields. */
  const neighbours = 32 >> fieldShiftOf(group);
  const fullWord = constant(fullFields(group));
  return codeFunction(
    `searchSave${direction}${position}`,
    { parameters: [from, to], result: "i32", locals: into.locals },
    set(changed, 0),
    set(states, read(context, "states")),
    set(edges, subtract(read(context, "top"), 1)),
    set(keeps, read(context, "keepsEdges")),
    set(base, load(place(control), context.control.saved[position] ?? 0)),
    set(state, isUp ? subtract(from, 1) : to),
    loopWhile(
      "states",
      isUp ? less(add(state, 1), to) : greater(state, from),
      set(state, isUp ? add(state, 1) : subtract(state, 1)),
      // Where all is out already, many states are passed over at once.
      isUp
        ? when(
            both(
              not(and(state, neighbours - 1)),
              lessEqual(add(state, neighbours), to),
              equal(load(field), fullWord),
            ),
            [set(state, add(state, neighbours - 1)), againStates()],
          )
        : when(
            both(
              equal(and(state, neighbours - 1), neighbours - 1),
              greaterEqual(subtract(state, neighbours - 1), from),
              equal(load(field), fullWord),
            ),
            [set(state, subtract(state, neighbours - 1)), againStates()],
          ),
      set(before, savedBits(group, base, state)),
      when(equal(before, all), againStates()),
      set(bits, before),
      set(at, stateAt(context, states, state)),
      set(number, load(at, words)),
      when(
        both(keeps, unequal(number, noStart)),
        [
          set(edge, place(subtract(edges, number))),
          loop(
            "edges",
            set(value, load(edge)),
            set(bits, or(bits, without(value, reached))),
            when(or(and(value, 2), equal(bits, all)), leave("edges")),
            set(edge, advance(edge, -1)),
          ),
        ],
        expandAgain(),
      ),
      when(unequal(bits, before), [
        store(field, 0, or(load(field), shiftLeft(bits, shift))),
        set(changed, add(changed, 1)),
      ]),
    ),
    giveBack(changed),
  );

  function againStates(): Part {
    return { kind: "again", label: "states" };
  }

  /** What is reached by a step that may be a fault. */
  function without(info: Value, bitsReached: Value): Value {
    if (group.withoutFaults === 0) return bitsReached;
    return and(bitsReached, xor(-1, multiply(and(info, 1), group.withoutFaults)));
  }

  /** Where no edges are stored, the steps are computed anew. */
  function expandAgain(): Part {
    const { stepWords } = context.shape.program;
    const [steps, record] = [into.i32("steps"), into.pointer("record")];
    const found = into.i32("found");
    const batch = place(read(context, "batch"));
    return [
      set(steps, call("expand", [at, batch, place(read(context, "batchEnd"))])),
      when(less(steps, 0), giveBack(-1)),
      set(record, batch),
      loopWhile(
        "steps",
        both(steps, unequal(bits, all)),
        set(value, load(record, words)),
        when(not(and(value, errorBits)), [
          set(found, call("searchFind", [record])),
          set(bits, or(bits, without(value, savedBits(group, base, found)))),
        ]),
        set(record, advance(record, stepWords)),
        set(steps, subtract(steps, 1)),
      ),
    ];
  }
};

/**
 * `searchTrapped0(from, to, bit, formula)`, and so on by group: the first state in which the
 * formula holds and that is not out for the member of this bit; `to` if there is none.
 */
export const findTrapped = (context: Context, group: Group, position: number): CodeFunction => {
  const [from, to, bit, formula] = [i32("from"), i32("to"), i32("bit"), i32("formula")];
  const into = frame();
  const [state, base, failed] = [into.i32("state"), into.i32("base"), into.i32("failed")];
  const judgement = advance(place(control), context.control.judgement);
  const holds = and(
    shiftRightUnsigned(load(advance(judgement, shiftRightUnsigned(formula, 5))), and(formula, 31)),
    1,
  );
  return codeFunction(
    `searchTrapped${position}`,
    { parameters: [from, to, bit, formula], result: "i32", locals: into.locals },
    set(base, load(place(control), context.control.saved[position] ?? 0)),
    set(state, from),
    loopWhile(
      "states",
      less(state, to),
      when(not(and(savedBits(group, base, state), bit)), [
        set(
          failed,
          call("judge", [stateAt(context, read(context, "states"), state), judgement, 0]),
        ),
        when(holds, leave("states")),
      ]),
      set(state, add(state, 1)),
    ),
    giveBack(state),
  );
};

const lanes = 4;
export const digestStarts = [0x9e3779b9, 0x7f4a7c15, 0xf39cc060, 0x5cedc834];
export const digestFactors = [0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f, 0x165667b1];
const digestShifts = [15, 16, 14, 13];

/** `searchDigest(from, to)`: adds states to the four sums; see `state-set.ts` of the search. */
export const digest = (context: Context): CodeFunction => {
  const [from, to] = [i32("from"), i32("to")];
  const into = frame();
  const [state, word, value] = [into.i32("state"), into.i32("word"), into.i32("value")];
  const at = into.pointer("at");
  const lane = Array.from({ length: lanes }, (_, it) => into.i32(`lane${it}`));
  const lows = lane.map((_, it) => into.i32(`low${it}`));
  const highs = lane.map((_, it) => into.i32(`high${it}`));
  const local = (list: readonly ReturnType<typeof i32>[], it: number) => {
    const found = list[it];
    if (found === undefined) throw new Error(`there are ${lanes} lanes`);
    return found;
  };
  const take = lane.map((it, index) => [
    set(it, multiply(xor(it, value), constant(digestFactors[index] ?? 0))),
    set(
      it,
      add(
        xor(it, shiftRightUnsigned(it, digestShifts[index] ?? 0)),
        local(lane, (index + lanes - 1) % lanes),
      ),
    ),
  ]);
  const finish = lane.map((it, index) => [
    set(it, multiply(xor(it, shiftRightUnsigned(it, 16)), constant(0x7feb352d))),
    set(it, multiply(xor(it, shiftRightUnsigned(it, 15)), constant(0x846ca68b))),
    set(it, xor(it, shiftRightUnsigned(it, 16))),
    set(local(lows, index), add(local(lows, index), it)),
    set(local(highs, index), add(local(highs, index), lessUnsigned(local(lows, index), it))),
  ]);
  const base = context.control.at.digest;
  return codeFunction(
    "searchDigest",
    { parameters: [from, to], locals: into.locals },
    lows.map((it, index) => set(it, load(place(control), base + 2 * index))),
    highs.map((it, index) => set(it, load(place(control), base + 2 * index + 1))),
    set(state, from),
    loopWhile(
      "states",
      less(state, to),
      set(at, stateAt(context, read(context, "states"), state)),
      lane.map((it, index) => set(it, constant(digestStarts[index] ?? 0))),
      context.words <= written
        ? Array.from({ length: context.words }, (_, it) => [set(value, load(at, it)), take])
        : [
            set(word, 0),
            loopWhile(
              "words",
              less(word, context.words),
              set(value, load(advance(at, word))),
              take,
              set(word, add(word, 1)),
            ),
          ],
      finish,
      set(state, add(state, 1)),
    ),
    lows.map((it, index) => store(place(control), base + 2 * index, it)),
    highs.map((it, index) => store(place(control), base + 2 * index + 1, it)),
  );
};
