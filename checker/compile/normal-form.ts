// Steps into normal forms: a program and what makes states alike -> a program with fewer states.

import type { CodeFunction, Local, Part } from "../code/index.ts";
import {
  advance,
  call,
  codeFunction,
  constant,
  equal,
  giveBack,
  greater,
  i32,
  lessUnsigned,
  load,
  loopWhile,
  not,
  run,
  set,
  shiftRightUnsigned,
  subtract,
  when,
} from "../code/index.ts";
import type { Core } from "../core/index.ts";
import type { Likeness } from "../reduce/index.ts";
import { permutedCode } from "./normal-image.ts";
import { turnFunction, uprightFunction, uprightness } from "./normal-rotation.ts";
import { record, target, count, type Normal, inArea, copied } from "./normal-segments.ts";
import type { Program } from "./program.ts";
import { endPointer, outPointer, statePointer } from "./scope.ts";

/*
 * Every record that a call has written is brought into its normal form, in place, before the caller
 * sees it. What the normal form is, `reduce/normalise.ts` says; dead variables and fields are
 * canonical already, for the reduced core ends its bodies with that. The area holds three states
 * more: the image of a permutation, the state that rotations start from, and the rotated one.
 */

/** The program with `expand` and `initial` into normal forms. */
export const withNormalForms = (program: Program, core: Core, likeness: Likeness): Program => {
  if (likeness.spaces.length === 0 && likeness.permutations.length === 0) return program;
  const { layout, area } = program;
  const [image, start] = [area.words, area.words + layout.words];
  const candidate = start + layout.words;
  const normal: Normal = { core, layout, likeness, image, start, candidate };
  const inner = program.functions.map((it) =>
    it.name === "expand" || it.name === "initial" ? { ...it, name: `${it.name}Any` } : it,
  );
  return {
    ...program,
    area: { ...area, words: candidate + layout.words },
    functions: [
      ...inner,
      turnFunction(normal),
      compareFunction(normal),
      uprightFunction(normal),
      normaliseFunction(normal),
      entryPoint(program, normal, "expand", [statePointer, outPointer, endPointer]),
      entryPoint(program, normal, "initial", [outPointer, endPointer]),
    ],
  };
};

const entryPoint = (
  { layout, stepWords }: Program,
  normal: Normal,
  name: string,
  parameters: readonly Local[],
): CodeFunction => {
  const left = i32("left");
  const isState = equal(shiftRightUnsigned(load(record, layout.words), 1), 0);
  const { locals, loads, mayTurn } = uprightness(normal);
  const normalised: Part =
    normal.likeness.permutations.length === 0
      ? [loads, when(mayTurn, run("upright", record))]
      : run("normalise", record);
  return codeFunction(
    name,
    { parameters, result: "i32", locals: [count, left, record, ...locals] },
    set(count, call(`${name}Any`, parameters)),
    set(left, count),
    set(record, outPointer),
    loopWhile(
      "records",
      greater(left, 0),
      when(isState, normalised),
      set(record, advance(record, stepWords)),
      set(left, subtract(left, 1)),
      // The condition is asked again.
    ),
    giveBack(count),
  );
};

/** Whether the state at `record` is less than the one at `target`, word by word. */
const compareFunction = ({ layout }: Normal): CodeFunction =>
  codeFunction(
    "isLess",
    { parameters: [record, target], result: "i32" },
    ...Array.from({ length: layout.words }, (_, word): Part => {
      const [left, right] = [load(record, word), load(target, word)];
      return when(not(equal(left, right)), giveBack(lessUnsigned(left, right)));
    }),
    giveBack(constant(0)),
  );

/** The upright form, or the least one of it and those of the images. */
const normaliseFunction = (normal: Normal): CodeFunction => {
  const image = inArea(normal.image);
  const images = normal.likeness.permutations.map((it, id): Part => {
    const code = permutedCode(normal, it, id);
    return [code.body, run("upright", image)];
  });
  // The image is made of the state as it was.
  const [only, ...more] = images;
  if (more.length > 0) throw new Error("normal forms know one permutation");
  const locals = normal.likeness.permutations.flatMap(
    (it, id) => permutedCode(normal, it, id).locals,
  );
  return codeFunction(
    "normalise",
    { parameters: [record], locals },
    only ?? [],
    run("upright", record),
    only === undefined ? [] : when(call("isLess", [image, record]), copied(normal, image, record)),
  );
};
