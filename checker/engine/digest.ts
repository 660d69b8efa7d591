// The sum over all states that tells sets of states apart, as code.

import type { CodeFunction } from "../code/index.ts";
import {
  add,
  advance,
  codeFunction,
  constant,
  i32,
  less,
  lessUnsigned,
  load,
  loopWhile,
  multiply,
  place,
  set,
  shiftRightUnsigned,
  store,
  xor,
} from "../code/index.ts";
import type { Context } from "./words.ts";
import { control, frame, read, stateAt, written } from "./words.ts";

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
