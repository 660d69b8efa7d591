// Ways back, as code: which states have a step to a state that is sought.

import type { CodeFunction, Value } from "../code/index.ts";
import {
  add,
  advance,
  and,
  call,
  codeFunction,
  giveBack,
  greater,
  i32,
  leave,
  less,
  load,
  loopWhile,
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
  when,
} from "../code/index.ts";
import { filterSize, note, noteWords, reason } from "./control.ts";
import { errorBits } from "./records.ts";
import type { Context } from "./words.ts";
import { frame, hashAt, read, stateAt, write } from "./words.ts";

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
