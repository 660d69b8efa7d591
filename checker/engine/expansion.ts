// Expansion as code: the steps of a range of states, batch by batch; what is new is judged.

import type { CodeFunction, Value } from "../code/index.ts";
import {
  add,
  advance,
  and,
  both,
  call,
  codeFunction,
  either,
  equal,
  giveBack,
  greater,
  greaterEqual,
  i32,
  leave,
  less,
  lessEqual,
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
  store,
  subtract,
  when,
  xor,
} from "../code/index.ts";
import {
  batchSize,
  formulaWordsOf,
  type Group,
  mostNotes,
  mostSources,
  noStart,
  note,
  noteWords,
  reason,
} from "./control.ts";
import { hasEdges, lastBit } from "./records.ts";
import type { Context } from "./words.ts";
import { baseOf, bitOf, control, fieldOf, frame, read, stateAt, write } from "./words.ts";

/** `searchNote(kind, state, first, second)`. */
export const writeNote = (context: Context): CodeFunction => {
  const values = ["kind", "state", "first", "second"].map(i32);
  const into = frame();
  const at = into.pointer("at");
  return codeFunction(
    "searchNote",
    { parameters: values, locals: into.locals },
    set(at, place(read(context, "note"))),
    values.map((it, word) => store(at, word, it)),
    write(context, "note", add(read(context, "note"), noteWords)),
  );
};

/** `searchSource(record)`: the state that a step of the batch starts from. */
export const sourceOf = (context: Context): CodeFunction => {
  const record = i32("record");
  const into = frame();
  const at = into.pointer("at");
  return codeFunction(
    "searchSource",
    { parameters: [record], result: "i32", locals: into.locals },
    set(at, place(read(context, "sources"))),
    loopWhile("sources", lessEqual(load(at, 1), record), set(at, advance(at, 2))),
    giveBack(load(at)),
  );
};

/** `searchNoteStep(kind, record, first, second)`: a note about the state that a step starts from. */
export const noteStep = (): CodeFunction => {
  const [kind, record, first, second] = [i32("kind"), i32("record"), i32("first"), i32("second")];
  return codeFunction(
    "searchNoteStep",
    { parameters: [kind, record, first, second] },
    run("searchNote", kind, call("searchSource", [record]), first, second),
  );
};

/** Whether some bit of the judgement that is in the mask at `offset` differs from `expected`. */
const anyBit = (context: Context, offset: number, expected?: number): Value =>
  Array.from({ length: formulaWordsOf(context.shape) }, (_, word) => {
    const value = load(place(control), context.control.judgement + word);
    const other = expected === undefined ? 0 : load(place(control), expected + word);
    return and(xor(value, other), load(place(control), offset + word));
  }).reduce<Value>((all, it) => or(all, it), and(0, 0));

/** Evaluates the formulas in a state; the answer is not 0 if one fails. */
const judge = ({ control: { judgement } }: Context, state: Value): Value =>
  call("judge", [state, advance(place(control), judgement), 0]);

/** Notes of a new state for which members of a group it is out, and must be able to get out. */
const save = (context: Context, group: Group, position: number, state: Value): Part => {
  const keep = (which: "saved" | "asked", formulas: readonly number[]): Part => {
    const { at, shift } = fieldOf(group, baseOf(context, which, position), state);
    const bits = formulas
      .map((formula, bit) => shiftLeft(bitOf(context.control.judgement, formula), bit))
      .reduce((all, it) => or(all, it));
    return store(at, 0, or(load(at), shiftLeft(bits, shift)));
  };
  return [keep("saved", group.to), keep("asked", group.from)];
};

/** `searchAssess(from, to)`: judges new states. */
export const assess = (context: Context): CodeFunction => {
  const { shape } = context;
  const [from, to] = [i32("from"), i32("to")];
  const into = frame();
  const [state, failed] = [into.i32("state"), into.i32("failed")];
  return codeFunction(
    "searchAssess",
    { parameters: [from, to], locals: into.locals },
    set(state, from),
    loopWhile(
      "states",
      less(state, to),
      set(failed, judge(context, stateAt(context, read(context, "states"), state))),
      when(
        either(failed, anyBit(context, context.control.open, context.control.expected)),
        run("searchNote", note.judged, state, 0, 0),
      ),
      shape.groups.map((group, position) => save(context, group, position, state)),
      set(state, add(state, 1)),
    ),
  );
};

/** `searchAbsorb(records)`: takes the step records of the batch. */
export const absorb = (context: Context): CodeFunction => {
  const records = i32("records");
  const into = frame();
  const [pending, first] = [into.i32("pending"), into.i32("first")];
  return codeFunction(
    "searchAbsorb",
    { parameters: [records], locals: into.locals },
    set(pending, call("searchGather", [records])),
    run("searchTouch", pending),
    set(first, read(context, "count")),
    run("searchInsert", pending),
    hasEdges(context)
      ? when(
          read(context, "keepsEdges"),
          write(context, "edgeNext", add(read(context, "edgeNext"), records)),
        )
      : [],
    when(read(context, "judging"), run("searchAssess", first, read(context, "count"))),
  );
};

/** `searchRest(state)`: notes a state without steps in which no final condition holds. */
export const rest = (context: Context): CodeFunction => {
  const state = i32("state");
  const into = frame();
  const failed = into.i32("failed");
  return codeFunction(
    "searchRest",
    { parameters: [state], locals: into.locals },
    context.shape.finals.length === 0
      ? []
      : [
          set(failed, judge(context, stateAt(context, read(context, "states"), state))),
          when(anyBit(context, context.control.finals), giveBack()),
        ],
    run("searchNote", note.stuck, state, 0, 0),
  );
};

/** `searchBegin()`: the initial states; answers the number of initial steps, or -1. */
export const begin = (context: Context): CodeFunction => {
  const into = frame();
  const count = into.i32("count");
  const at = into.pointer("at");
  return codeFunction(
    "searchBegin",
    { result: "i32", locals: into.locals },
    set(count, call("initial", [place(read(context, "batch")), place(read(context, "batchEnd"))])),
    when(less(count, 0), giveBack(-1)),
    set(at, place(read(context, "sources"))),
    store(at, 0, -1),
    store(at, 1, count),
    run("searchAbsorb", count),
    giveBack(count),
  );
};

/**
 * `searchRun(from, to)`: expands states in order and stores what is new; answers the reason why it
 * ended, and in the control block the first state that was left alone.
 */
export const runLevel = (context: Context): CodeFunction => {
  const { shape, words } = context;
  const { stepWords } = shape.program;
  const [from, to] = [i32("from"), i32("to")];
  const into = frame();
  const [state, records, steps, states, capacity, keeps] = [
    into.i32("state"),
    into.i32("records"),
    into.i32("steps"),
    into.i32("states"),
    into.i32("capacity"),
    into.i32("keeps"),
  ];
  const [out, end, at, source, sourceEnd] = [
    into.pointer("out"),
    into.pointer("end"),
    into.pointer("at"),
    into.pointer("source"),
    into.pointer("sourceEnd"),
  ];
  const leaveBecause = (why: number): Part => [write(context, "reason", why), leave("batches")];
  const lastInfo = advance(out, add(multiply(subtract(steps, 1), stepWords), words));
  return codeFunction(
    "searchRun",
    { parameters: [from, to], result: "i32", locals: into.locals },
    set(state, from),
    set(states, read(context, "states")),
    set(capacity, read(context, "capacity")),
    set(keeps, read(context, "keepsEdges")),
    set(end, place(read(context, "batchEnd"))),
    write(context, "reason", reason.done),
    loop(
      "batches",
      when(greaterEqual(state, to), leave("batches")),
      when(
        greater(add(read(context, "count"), capacity), read(context, "room")),
        leaveBecause(reason.states),
      ),
      hasEdges(context)
        ? when(
            keeps,
            when(
              greater(add(read(context, "edgeNext"), capacity), read(context, "edgeRoom")),
              leaveBecause(reason.edges),
            ),
          )
        : [],
      when(
        greater(
          add(
            read(context, "note"),
            add(
              multiply(capacity, noteWords * (2 + shape.program.eventWords)),
              mostNotes(shape, 0) * noteWords,
            ),
          ),
          read(context, "notesEnd"),
        ),
        leaveBecause(reason.notes),
      ),
      set(records, 0),
      set(out, place(read(context, "batch"))),
      set(source, place(read(context, "sources"))),
      set(sourceEnd, advance(source, 2 * mostSources)),
      loop(
        "fill",
        set(at, stateAt(context, states, state)),
        set(steps, call("expand", [at, out, end])),
        when(less(steps, 0), [when(not(records), leaveBecause(reason.batch)), leave("fill")]),
        store(source, 0, state),
        store(source, 1, add(records, steps)),
        set(source, advance(source, 2)),
        hasEdges(context) ? keepStart() : [],
        when(not(steps), when(read(context, "deadlocks"), run("searchRest", state))),
        set(records, add(records, steps)),
        set(out, advance(out, multiply(steps, stepWords))),
        set(state, add(state, 1)),
        when(
          either(
            greaterEqual(records, batchSize),
            greaterEqual(state, to),
            equal(source, sourceEnd),
          ),
          leave("fill"),
        ),
      ),
      run("searchAbsorb", records),
    ),
    write(context, "next", state),
    giveBack(read(context, "reason")),
  );

  /** Notes where the edges of the state begin, and which record is its last. */
  function keepStart(): Part {
    const start = add(read(context, "edgeNext"), records);
    return when(
      both(keeps, steps),
      [store(at, words, start), store(lastInfo, 0, or(load(lastInfo), lastBit))],
      store(at, words, noStart),
    );
  }
};
