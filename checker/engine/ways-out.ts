// Ways out, as code: looked for forwards, from each state that must be able to get out.

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
  load,
  loop,
  loopWhile,
  multiply,
  not,
  or,
  type Part,
  place,
  set,
  shiftLeft,
  shiftRightUnsigned,
  store,
  subtract,
  trailingZeros,
  unequal,
  when,
  xor,
} from "../code/index.ts";
import { fieldShiftOf, type Group, noStart } from "./control.ts";
import { errorBits } from "./records.ts";
import type { Context, Frame } from "./words.ts";
import {
  brought,
  control,
  fieldOf,
  frame,
  inAllFields,
  read,
  savedBits,
  stateAt,
  write,
} from "./words.ts";

type Local = ReturnType<typeof i32>;

/** States on a way, at most, that is looked for; then it is left to the sweeps. */
const mostVisits = 1 << 10;

interface Asking {
  readonly state: Local;
  readonly to: Value;
  readonly bit: Value;
  /** Where the fields begin: of who is out, and of who must be able to get out. */
  readonly saved: Value;
  readonly asked: Value;
}

/** Sets `state` to the next one, itself included, that must be able to get out and is not out; to `to` if there is none. */
const nextTrapped = (
  group: Group,
  into: Frame,
  { state, to, bit, saved, asked }: Asking,
): readonly Part[] => {
  const width = fieldShiftOf(group);
  const missing = into.i32("missing");
  const { at, shift } = fieldOf(group, saved, state);
  const out = load(at);
  const must = and(load(fieldOf(group, asked, state).at), multiply(bit, inAllFields(group, 1)));
  return [
    loopWhile(
      "trapped",
      less(state, to),
      // On to the next one of the word, or to the next word.
      set(missing, shiftRightUnsigned(and(xor(out, -1), must), shift)),
      when(missing, [
        set(state, add(state, shiftRightUnsigned(trailingZeros(missing), width))),
        leave("trapped"),
      ]),
      set(state, add(or(state, (32 >> width) - 1), 1)),
    ),
    when(greater(state, to), set(state, to)),
  ];
};

/**
 * `searchTrapped0(from, to, bit)`, and so on by group: the first state that must be able to get out
 * and is not out, for the member of this bit; `to` if there is none.
 */
export const findTrapped = (context: Context, group: Group, position: number): CodeFunction => {
  const [from, to, bit] = [i32("from"), i32("to"), i32("bit")];
  const into = frame();
  const [state, saved, asked] = [into.i32("state"), into.i32("saved"), into.i32("asked")];
  return codeFunction(
    `searchTrapped${position}`,
    { parameters: [from, to, bit], result: "i32", locals: into.locals },
    set(saved, load(place(control), context.control.saved[position] ?? 0)),
    set(asked, load(place(control), context.control.asked[position] ?? 0)),
    set(state, from),
    nextTrapped(group, into, { state, to, bit, saved, asked }),
    giveBack(state),
  );
};

/**
 * `searchOut0(from, to, bit, most)`, and so on by group: looks for ways out of the states that must be able
 * to get out, for the member of this bit, and marks as out what lies on them. Ends after it has
 * visited `most` states, and writes `next`. Answers how many states it has found no way for, or -1 when the
 * steps of a state do not fit the batch.
 *
 * From each it goes forwards to states that have not been seen, in depth, until one has a step to a state that is
 * out; then all that it came through are out. A state from which it has turned back may get out all the
 * same, by one that it came through: that it is not out means nothing before the sweeps.
 */
export const findWaysOut = (context: Context, group: Group, position: number): CodeFunction => {
  const { words, shape } = context;
  const { stepWords } = shape.program;
  const [from, to, bit, most] = [i32("from"), i32("to"), i32("bit"), i32("most")];
  const into = frame();
  const [state, saved, asked, seen] = ["state", "saved", "asked", "seen"].map(into.i32) as [
    Local,
    Local,
    Local,
    Local,
  ];
  const [failed, visits, left, here, bits, following] = [
    into.i32("failed"),
    into.i32("visits"),
    into.i32("left"),
    into.i32("here"),
    into.i32("bits"),
    into.i32("following"),
  ];
  const [states, edges, keeps, number, value, target] = [
    into.i32("states"),
    into.i32("edges"),
    into.i32("keeps"),
    into.i32("number"),
    into.i32("value"),
    into.i32("target"),
  ];
  const [steps, old] = [into.i32("steps"), into.i32("old")];
  const [at, edge, record, stack, top, last] = [
    into.pointer("at"),
    into.pointer("edge"),
    into.pointer("record"),
    into.pointer("stack"),
    into.pointer("top"),
    into.pointer("last"),
  ];
  const batch = place(read(context, "batch"));
  const seenWord = (of: Value): Value => advance(place(seen), shiftRightUnsigned(of, 5));
  const isSeen = (of: Value): Value => and(shiftRightUnsigned(load(seenWord(of)), of), 1);
  // What another thread notes in the same word at the same time may be lost: then a state is seen twice.
  const see = (of: Value): Part =>
    store(seenWord(of), 0, or(load(seenWord(of)), shiftLeft(constant(1), of)));
  /** Whether a step may be part of a way out for this member. */
  const counts = (info: Value): Value => and(brought(group, info, bit), bit);
  const reached = (info: Value, of: Value): Part =>
    set(bits, or(bits, brought(group, info, savedBits(group, saved, of))));
  const follow = (info: Value, of: Value): Part =>
    when(both(not(isSeen(of)), counts(info)), set(following, of));
  const throughEdges = (each: Part): Part => [
    set(edge, place(subtract(edges, number))),
    loop(
      "edges",
      set(value, load(edge)),
      each,
      when(and(value, 2), leave("edges")),
      set(edge, advance(edge, -1)),
    ),
  ];
  const edgeTarget = shiftRightUnsigned(value, 2);
  const { at: field, shift } = fieldOf(group, saved, here);
  const marked = shiftLeft(bit, shift);
  const mark: Part = shape.isShared
    ? loop(
        "mark",
        set(old, load(field)),
        when(equal(compareExchange(field, 0, old, or(old, marked)), old), leave("mark")),
      )
    : store(field, 0, or(load(field), marked));
  /** Sets `bits` to what the steps of `here` bring, and `following` to a state that has not been seen; it is looked for when there is no way out. */
  const look: Part = [
    set(bits, 0),
    set(following, -1),
    set(at, stateAt(context, states, here)),
    set(number, load(at, words)),
    when(
      both(keeps, unequal(number, noStart)),
      [
        throughEdges(reached(value, edgeTarget)),
        when(not(and(bits, bit)), throughEdges(follow(value, edgeTarget))),
      ],
      // Where edges are kept, only a state without steps has none.
      [
        set(steps, call("expand", [at, batch, place(read(context, "batchEnd"))])),
        when(less(steps, 0), giveBack(-1)),
        set(record, batch),
        loopWhile(
          "steps",
          steps,
          set(value, load(record, words)),
          when(not(and(value, errorBits)), [
            set(target, call("searchFind", [record])),
            reached(value, target),
            follow(value, target),
          ]),
          set(record, advance(record, stepWords)),
          set(steps, subtract(steps, 1)),
        ),
      ],
    ),
  ];
  return codeFunction(
    `searchOut${position}`,
    { parameters: [from, to, bit, most], result: "i32", locals: into.locals },
    set(saved, load(place(control), context.control.saved[position] ?? 0)),
    set(asked, load(place(control), context.control.asked[position] ?? 0)),
    set(seen, read(context, "seen")),
    set(states, read(context, "states")),
    set(edges, subtract(read(context, "top"), 1)),
    set(keeps, read(context, "keepsEdges")),
    set(stack, place(read(context, "pending"))),
    set(last, advance(place(read(context, "maybe")), -1)),
    set(failed, 0),
    set(visits, 0),
    set(state, from),
    loopWhile(
      "asked",
      less(visits, most),
      nextTrapped(group, into, { state, to, bit, saved, asked }),
      when(equal(state, to), leave("asked")),
      set(top, stack),
      store(top, 0, state),
      see(state),
      set(left, mostVisits),
      loop(
        "way",
        set(here, load(top)),
        set(left, subtract(left, 1)),
        look,
        when(and(bits, bit), leave("way")),
        when(
          both(greaterEqual(following, 0), unequal(top, last), greater(left, 0)),
          [set(top, advance(top, 1)), store(top, 0, following), see(following)],
          [when(equal(top, stack), leave("way")), set(top, advance(top, -1))],
        ),
      ),
      set(visits, add(visits, subtract(mostVisits, left))),
      when(
        and(bits, bit),
        loop(
          "mark way",
          set(here, load(top)),
          mark,
          when(equal(top, stack), leave("mark way")),
          set(top, advance(top, -1)),
        ),
        set(failed, add(failed, 1)),
      ),
      set(state, add(state, 1)),
    ),
    write(context, "next", state),
    giveBack(failed),
  );
};
