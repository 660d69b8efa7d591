// The batch as code: events and errors are taken from it, and what was met just before.

import type { CodeFunction, Value } from "../code/index.ts";
import {
  add,
  advance,
  and,
  both,
  call,
  codeFunction,
  equal,
  giveBack,
  greaterEqual,
  i32,
  leave,
  less,
  load,
  loopWhile,
  or,
  type Part,
  place,
  run,
  set,
  store,
  subtract,
  when,
} from "../code/index.ts";
import { note, pendingWords } from "./control.ts";
import type { Context } from "./words.ts";
import { control, frame, hashAt, read, stateAt, write, same } from "./words.ts";
import { errorBits, findEdges, keepEdge, recentAt } from "./records.ts";

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
  const [recent, states, edges] = [into.i32("recent"), into.i32("states"), into.i32("edges")];
  const open = (word: number): Value => load(place(control), context.control.events + word);
  return codeFunction(
    "searchGather",
    { parameters: [records], result: "i32", locals: into.locals },
    set(at, place(read(context, "batch"))),
    set(wait, place(read(context, "pending"))),
    set(recent, read(context, "recent")),
    set(states, read(context, "states")),
    findEdges(context, edges),
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
          keepEdge(context, edges, record, or(info, 1), call("searchSource", [record])),
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
            keepEdge(context, edges, record, info, known),
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
