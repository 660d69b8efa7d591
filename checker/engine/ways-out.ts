// Ways out, as code: looked for forwards, from each state that must be able to get out.

import type { CodeFunction, Value } from "../code/index.ts";
import {
  add,
  advance,
  and,
  both,
  codeFunction,
  compareExchange,
  constant,
  either,
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
import { throughSteps } from "./records.ts";
import type { Context, Frame } from "./words.ts";
import {
  baseOf,
  brought,
  fieldOf,
  frame,
  inAllFields,
  read,
  savedBits,
  stateAt,
  write,
} from "./words.ts";

type Local = ReturnType<typeof i32>;

/** Looks that are taken for one way, at most; then it is left to the sweeps. */
const mostLooks = 1 << 10;

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
    set(saved, baseOf(context, "saved", position)),
    set(asked, baseOf(context, "asked", position)),
    set(state, from),
    nextTrapped(group, into, { state, to, bit, saved, asked }),
    giveBack(state),
  );
};

/**
 * `searchOut0(from, to, bit, most)`, and so on by group: looks for ways out of the states that must be able
 * to get out, for the member of this bit, and marks as out what lies on them. Begins no
 * other way after `most` looks at states, of which one way may take `mostLooks`; writes `next`. Answers how many states
 * were marked, or -1 when the steps of a state do not fit the batch.
 *
 * From each it goes forwards to states that have not been seen, in depth, until one has a step to a state that is
 * out; then all that it came through are out. A state from which it has turned back may get out all the
 * same, by one that it came through: that it is not out means nothing before the sweeps.
 */
export const findWaysOut = (context: Context, group: Group, position: number): CodeFunction => {
  const [from, to, bit, most] = [i32("from"), i32("to"), i32("bit"), i32("most")];
  const into = frame();
  const [state, saved, asked] = [into.i32("state"), into.i32("saved"), into.i32("asked")];
  const [looks, left, marked] = [into.i32("looks"), into.i32("left"), into.i32("marked")];
  const [here, bits, following] = [into.i32("here"), into.i32("bits"), into.i32("following")];
  // The way from the state up to `here`, in room that nothing else needs after the search.
  const [stack, top, last] = [into.pointer("stack"), into.pointer("top"), into.pointer("last")];
  const { see, look } = lookingOf(context, group, into, { here, bit, saved, bits, following });
  const isOut = and(bits, bit);
  return codeFunction(
    `searchOut${position}`,
    { parameters: [from, to, bit, most], result: "i32", locals: into.locals },
    set(saved, baseOf(context, "saved", position)),
    set(asked, baseOf(context, "asked", position)),
    set(stack, place(read(context, "pending"))),
    set(last, advance(place(read(context, "maybe")), -1)),
    set(looks, 0),
    set(marked, 0),
    set(state, from),
    loopWhile(
      "asked",
      less(looks, most),
      nextTrapped(group, into, { state, to, bit, saved, asked }),
      when(equal(state, to), leave("asked")),
      set(top, stack),
      store(top, 0, state),
      see(state),
      set(left, mostLooks),
      loop(
        "way",
        set(here, load(top)),
        set(left, subtract(left, 1)),
        look,
        when(either(isOut, not(left)), leave("way")),
        when(
          both(greaterEqual(following, 0), unequal(top, last)),
          [set(top, advance(top, 1)), store(top, 0, following), see(following)],
          [when(equal(top, stack), leave("way")), set(top, advance(top, -1))],
        ),
      ),
      set(looks, add(looks, subtract(mostLooks, left))),
      when(
        isOut,
        loop(
          "mark",
          set(here, load(top)),
          markOut(context, group, into, { here, bit, saved }),
          set(marked, add(marked, 1)),
          when(equal(top, stack), leave("mark")),
          set(top, advance(top, -1)),
        ),
      ),
      set(state, add(state, 1)),
    ),
    write(context, "next", state),
    giveBack(marked),
  );
};

interface Marking {
  readonly here: Local;
  readonly bit: Value;
  readonly saved: Value;
}

/** Marks a state as out. */
const markOut = (
  { shape }: Context,
  group: Group,
  into: Frame,
  { here, bit, saved }: Marking,
): Part => {
  const { at, shift } = fieldOf(group, saved, here);
  const bits = shiftLeft(bit, shift);
  if (!shape.isShared) return store(at, 0, or(load(at), bits));
  const old = into.i32("old");
  return loop(
    "try",
    set(old, load(at)),
    when(equal(compareExchange(at, 0, old, or(old, bits)), old), leave("try")),
  );
};

interface Looking extends Marking {
  readonly bits: Local;
  readonly following: Local;
}

/**
 * `look` sets `bits` to what the steps of a state bring, and, where that does not have the bit, `following`
 * to a state they lead to that has not been seen, or to -1; `see` notes that one has.
 */
const lookingOf = (
  context: Context,
  group: Group,
  into: Frame,
  { here, bit, saved, bits, following }: Looking,
) => {
  const [number, value] = [into.i32("number"), into.i32("value")];
  const [at, edge] = [into.pointer("at"), into.pointer("edge")];
  const isOut = and(bits, bit);
  const seenWord = (of: Value): Value =>
    advance(place(read(context, "seen")), shiftRightUnsigned(of, 5));
  const isSeen = (of: Value): Value => and(shiftRightUnsigned(load(seenWord(of)), of), 1);
  // What another thread notes in the same word at the same time may be lost: then a state is seen twice.
  const see = (of: Value): Part =>
    store(seenWord(of), 0, or(load(seenWord(of)), shiftLeft(constant(1), of)));
  const reach = (info: Value, of: Value): Part =>
    set(bits, or(bits, brought(group, info, savedBits(group, saved, of))));
  const follow = (info: Value, of: Value): Part =>
    when(both(not(isSeen(of)), and(brought(group, info, bit), bit)), set(following, of));
  const throughEdges = (each: typeof follow): Part => [
    set(edge, place(subtract(subtract(read(context, "top"), 1), number))),
    loop(
      "edges",
      set(value, load(edge)),
      each(value, shiftRightUnsigned(value, 2)),
      when(and(value, 2), leave("edges")),
      set(edge, advance(edge, -1)),
    ),
  ];
  const look: Part = [
    set(bits, 0),
    set(following, -1),
    set(at, stateAt(context, read(context, "states"), here)),
    set(number, load(at, context.words)),
    when(
      both(read(context, "keepsEdges"), unequal(number, noStart)),
      [throughEdges(reach), when(not(isOut), throughEdges(follow))],
      // Where edges are kept, only a state without steps has none.
      throughSteps(context, into, at, not(isOut), (info, target) => [
        reach(info, target),
        follow(info, target),
      ]),
    ),
  ];
  return { see, look };
};
