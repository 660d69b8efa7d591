// Ways out, as code: along the edges backwards, until nothing changes.

import type { CodeFunction } from "../code/index.ts";
import {
  add,
  and,
  codeFunction,
  greater,
  i32,
  less,
  load,
  loopWhile,
  place,
  set,
  shiftRightUnsigned,
  subtract,
  when,
  both,
  not,
  leadingZeros,
  trailingZeros,
  greaterEqual,
  unequal,
  loop,
  or,
  leave,
  advance,
  store,
  shiftLeft,
  giveBack,
  type Part,
  xor,
} from "../code/index.ts";
import { fieldShiftOf, type Group, noStart } from "./control.ts";
import type { Context } from "./words.ts";
import { throughSteps } from "./records.ts";
import { type Direction, entryOf } from "./sifting.ts";
import { baseOf, brought, fieldOf, frame, inAllFields, read, savedBits, stateAt } from "./words.ts";

/**
 * `searchSaveDown0(from, to)`, `searchSaveUp0`, and so on by group: in one order or the other, marks
 * as out whatever has an edge to a state that is out. Answers how many states changed, or -1 when
 * the steps of a state do not fit the batch. `searchSaveSift0` is `searchSaveUp0` where edges are
 * kept; besides, it writes the list of the states that are not out (`sifting.ts`).
 */
export const saveRange = (
  context: Context,
  group: Group,
  position: number,
  way: Direction | "Sift",
): CodeFunction => {
  const { words } = context;
  const [from, to] = [i32("from"), i32("to")];
  const into = frame();
  const [state, bits, before, edges, changed, base, number, value, keeps, states, missing] = [
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
    into.i32("missing"),
  ];
  const [at, edge] = [into.pointer("at"), into.pointer("edge")];
  const { at: field, shift, all } = fieldOf(group, base, state);
  const target = shiftRightUnsigned(value, 2);
  const reached = savedBits(group, base, target);
  const isUp = way !== "Down";
  const entry = way === "Sift" ? entryOf(context, into, "Up") : undefined;
  const width = fieldShiftOf(group);
  /** States that share a word of the fields. */
  const neighbours = 32 >> width;
  const full = inAllFields(group, (1 << group.to.length) - 1);
  /** Bits that this state and those behind it in the word do not have; the nearest one first. */
  const missingAbove = shiftRightUnsigned(and(xor(load(field), -1), full), shift);
  const missingBelow = shiftLeft(
    and(xor(load(field), -1), full),
    subtract(32 - (1 << width), shift),
  );
  const skipped = shiftRightUnsigned((isUp ? trailingZeros : leadingZeros)(missing), width);
  const keepBits = [
    store(field, 0, or(load(field), shiftLeft(bits, shift))),
    set(changed, add(changed, unequal(bits, before))),
  ];
  return codeFunction(
    `searchSave${way}${position}`,
    { parameters: [from, to], result: "i32", locals: into.locals },
    set(changed, 0),
    entry?.begin ?? [],
    set(states, read(context, "states")),
    set(edges, subtract(read(context, "top"), 1)),
    set(keeps, read(context, "keepsEdges")),
    set(base, baseOf(context, "saved", position)),
    set(state, isUp ? subtract(from, 1) : to),
    loopWhile(
      "states",
      isUp ? less(add(state, 1), to) : greater(state, from),
      set(state, isUp ? add(state, 1) : subtract(state, 1)),
      // On to the next state of the word that is not out, or to the next word.
      set(missing, isUp ? missingAbove : missingBelow),
      when(not(missing), [
        set(state, isUp ? or(state, neighbours - 1) : and(state, -neighbours)),
        againStates(),
      ]),
      set(state, isUp ? add(state, skipped) : subtract(state, skipped)),
      when(isUp ? greaterEqual(state, to) : less(state, from), leave("states")),
      set(before, savedBits(group, base, state)),
      set(bits, before),
      set(at, stateAt(context, states, state)),
      set(number, load(at, words)),
      when(
        both(keeps, unequal(number, noStart)),
        [
          set(edge, place(subtract(edges, number))),
          entry?.open ?? [],
          loop(
            "edges",
            set(value, load(edge)),
            entry?.edge(value) ?? [],
            set(bits, or(bits, brought(group, value, reached))),
            // To leave as soon as all bits are there would have to wait for the field of the target.
            when(and(value, 2), leave("edges")),
            set(edge, advance(edge, -1)),
          ),
          entry?.close(state, unequal(bits, all)) ?? [],
        ],
        // Where edges are kept, only a state without steps has none.
        entry === undefined ? expandAgain() : [],
      ),
      // Where many change, a branch would be foreseen wrongly.
      entry === undefined ? when(unequal(bits, before), keepBits) : keepBits,
    ),
    entry?.end ?? [],
    giveBack(changed),
  );

  function againStates(): Part {
    return { kind: "again", label: "states" };
  }

  /** Where no edges are stored, the steps are taken anew. */
  function expandAgain(): Part {
    return throughSteps(context, into, at, unequal(bits, all), (info, to) =>
      set(bits, or(bits, brought(group, info, savedBits(group, base, to)))),
    );
  }
};
