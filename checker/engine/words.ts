// Pieces of code that every part of the search uses: hashes, comparing, copying, places.

import type { CodeFunction, Value } from "../code/index.ts";
import {
  add,
  advance,
  and,
  both,
  call,
  codeFunction,
  constant,
  equal,
  giveBack,
  global,
  i32,
  less,
  load,
  loopWhile,
  multiply,
  not,
  or,
  type Part,
  place,
  pointer,
  set,
  shiftLeft,
  shiftRightUnsigned,
  store,
  unequal,
  when,
  xor,
} from "../code/index.ts";
import type { Control, Field, Group, Shape } from "./control.ts";
import { controlOf, fieldShiftOf, strideOf } from "./control.ts";

type Local = ReturnType<typeof i32>;

/** The variables of a function while it is written. */
export const frame = () => {
  const locals: Local[] = [];
  const declare =
    (make: (name: string) => Local) =>
    (name: string): Local => {
      const local = make(name);
      if (!locals.some((it) => it.name === name)) locals.push(local);
      return local;
    };
  return { locals, i32: declare(i32), pointer: declare(pointer) };
};

export type Frame = ReturnType<typeof frame>;

/** Of this thread: the word index of its control block. */
export const control = global("control");

/** What the code of one shape refers to. */
export interface Context {
  readonly shape: Shape;
  readonly control: Control;
  readonly words: number;
  readonly stride: number;
}

export const contextOf = (shape: Shape): Context => ({
  shape,
  control: controlOf(shape),
  words: shape.program.layout.words,
  stride: strideOf(shape),
});

export const read = ({ control: { at } }: Context, field: Field): Value =>
  load(place(control), at[field]);

export const write = ({ control: { at } }: Context, field: Field, value: Value | number): Part =>
  store(place(control), at[field], value);

/** Up to here what is done for each word is written out. */
export const written = 16;

/** Sets `hash` to the hash of the words at a place. */
export const hashAt = (context: Context, into: Frame, hash: Local, from: Value): Part => {
  const { words } = context;
  const take = (value: Value): Part => [
    set(hash, multiply(xor(hash, value), constant(0x85ebca6b))),
    set(hash, xor(hash, shiftRightUnsigned(hash, 15))),
  ];
  const finish = [
    set(hash, multiply(hash, constant(0xc2b2ae35))),
    set(hash, xor(hash, shiftRightUnsigned(hash, 16))),
  ];
  if (words <= written) {
    return [
      set(hash, 0x2545f491),
      Array.from({ length: words }, (_, word) => take(load(from, word))),
      finish,
    ];
  }
  const word = into.i32("word");
  return [
    set(hash, 0x2545f491),
    set(word, 0),
    loopWhile("words", less(word, words), take(load(advance(from, word))), set(word, add(word, 1))),
    finish,
  ];
};

/** Whether the states at two places are one. */
export const same = ({ words }: Context, left: Value, right: Value): Value => {
  if (words > written) return call(sameName, [left, right]);
  return both(
    ...Array.from({ length: words }, (_, word) => equal(load(left, word), load(right, word))),
  );
};

const sameName = "searchSame";

/** What `same` calls where states have many words. */
export const sameFunctions = ({ words }: Context): readonly CodeFunction[] => {
  if (words <= written) return [];
  const into = frame();
  const [left, right, word] = [pointer("left"), pointer("right"), into.i32("word")];
  return [
    codeFunction(
      sameName,
      { parameters: [left, right], result: "i32", locals: into.locals },
      loopWhile(
        "words",
        less(word, words),
        when(unequal(load(advance(left, word)), load(advance(right, word))), giveBack(0)),
        set(word, add(word, 1)),
      ),
      giveBack(1),
    ),
  ];
};

/** Copies the words of a state. */
export const copy = ({ words }: Context, into: Frame, to: Value, from: Value): Part => {
  if (words <= written) {
    return Array.from({ length: words }, (_, word) => store(to, word, load(from, word)));
  }
  const word = into.i32("word");
  return [
    set(word, 0),
    loopWhile(
      "words",
      less(word, words),
      store(advance(to, word), 0, load(advance(from, word))),
      set(word, add(word, 1)),
    ),
  ];
};

/** Entries of the index in one line of the caches. */
export const lineEntries = 16;

/**
 * Sets `slot` to the next one to be looked at for a hash: once round the line that was fetched
 * already, then on at the same place of the next line.
 */
export const nextSlot = (slot: Local, hash: Value, mask: Value): Part => [
  set(slot, or(and(slot, -lineEntries), and(add(slot, 1), lineEntries - 1))),
  when(not(and(xor(slot, hash), lineEntries - 1)), set(slot, and(add(slot, lineEntries), mask))),
];

/** Where a state stands; `states` is what the control block says. */
export const stateAt = ({ stride }: Context, states: Value, state: Value): Value =>
  place(add(states, multiply(state, stride)));

/** The field of a state in a group: its word, and how far its bits are shifted in it. */
export const fieldOf = (group: Group, base: Value, state: Value) => {
  const width = fieldShiftOf(group);
  return {
    at: advance(place(base), shiftRightUnsigned(state, 5 - width)),
    shift: and(shiftLeft(state, width), 31),
    all: (1 << group.to.length) - 1,
  };
};

/** Where the fields of a group begin: of who is out, or of who must be able to get out. */
export const baseOf = (
  { control: { saved, asked } }: Context,
  which: "saved" | "asked",
  position: number,
): Value => load(place(control), { saved, asked }[which][position] ?? 0);

/** A word whose fields are all the same. */
export const inAllFields = (group: Group, bits: number): Value => {
  const width = 2 ** fieldShiftOf(group);
  const fields = Array.from({ length: 32 / width }, (_, it) => bits << (it * width));
  return constant(fields.reduce((word, it) => word | it, 0));
};

/** The bits of a group that a state has. */
export const savedBits = (group: Group, base: Value, state: Value): Value => {
  const { at, shift, all } = fieldOf(group, base, state);
  return and(shiftRightUnsigned(load(at), shift), all);
};

/** Of the bits of a target, those that a step may bring: one that may be a fault brings fewer. */
export const brought = (group: Group, info: Value, bits: Value): Value => {
  if (group.withoutFaults === 0) return bits;
  return and(bits, xor(-1, multiply(and(info, 1), group.withoutFaults)));
};

/** Bit `formula` of a list of words at `place(control) + offset`. */
export const bitOf = (offset: number, formula: number): Value =>
  and(shiftRightUnsigned(load(place(control), offset + (formula >> 5)), formula & 31), 1);

/** `searchAttach(control)`: from now on this instance works with this control block. */
export const attach = (): CodeFunction => {
  const to = i32("to");
  return codeFunction("searchAttach", { parameters: [to] }, setControl(to));
};

const setControl = (to: Value): Part => set(control, to);
