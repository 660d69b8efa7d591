// Support for tests: small toys as generated code.

import type { Part, Value } from "../../code/index.ts";
import {
  add,
  advance,
  call,
  codeFunction,
  equal,
  giveBack,
  global,
  greater,
  i32,
  load,
  place,
  pointer,
  run,
  set,
  store,
  when,
} from "../../code/index.ts";
import type { Program } from "../../compile/index.ts";
import { formulasOf } from "../../machine/index.ts";
import type { Exploration, ExploreOptions } from "../index.ts";
import { exploreProgram } from "../index.ts";
import type { Toy, ToyStep } from "./toy.ts";
import { eventWords, toyCore, toyMachine, truthOf, usualOptions } from "./toy.ts";

/** The states that a toy can reach; undefined where there are more than `most`. */
export const statesOf = (toy: Toy, most: number): readonly number[] | undefined => {
  const targets = (steps: readonly ToyStep[]): readonly number[] =>
    steps.flatMap((it) => ("error" in it ? [] : [it.to]));
  const known = new Set(targets(toy.initial));
  for (const state of known) {
    if (known.size > most) return undefined;
    for (const target of targets(toy.steps(state))) known.add(target);
  }
  return [...known];
};

const area = { words: 8, failure: 0, dropped: 1, cut: 2, taken: 7 };
const areaBase = global("toyArea");
const [state, out, end, from, at] = [
  pointer("state"),
  pointer("out"),
  pointer("end"),
  i32("from"),
  i32("at"),
];

const inArea = (offset: number): Value => load(place(areaBase), offset);

/** One record after the other; -1 where they do not fit. */
const records = (steps: readonly ToyStep[], words: number, first: Toy["first"]): Part => {
  const stepWords = words + 1 + eventWords;
  const written = steps.map((step, index): Part => {
    const base = advance(out, index * stepWords);
    const fault = step.fault === true ? 1 : 0;
    const clear = Array.from({ length: stepWords }, (_, word) => store(base, word, 0));
    if ("error" in step) return [clear, store(base, words, fault | ((step.error + 1) << 1))];
    const bits = Array.from({ length: eventWords }, (_, word) =>
      (step.events ?? [])
        .filter((event) => event >> 5 === word)
        .reduce((all, event) => all | (1 << (event & 31)), 0),
    );
    return [
      clear,
      first === undefined ? [] : store(base, 0, first(step.to) | 0),
      store(base, words - 1, step.to | 0),
      store(base, words, fault),
      bits.map((it, word) => store(base, words + 1 + word, it)),
    ];
  });
  return [
    when(greater(advance(out, steps.length * stepWords), end), giveBack(-1)),
    written,
    giveBack(steps.length),
  ];
};

/** The generated code of a toy with these states; it means what its machine does. */
export const toyProgram = (toy: Toy, states: readonly number[]): Program => {
  const words = toy.words ?? 1;
  const formulas = formulasOf(toyCore(toy));
  const number = load(state, words - 1);
  /** What is to be done in each state that has something to be done. */
  const byState = (act: (one: number) => Part): Part =>
    states.map((one) => when(equal(number, one | 0), act(one)));
  const judging = (one: number): Part =>
    formulas.map((formula, k) => {
      const value = truthOf(toy, formula)(one);
      const word = k >> 5;
      if (value === true) {
        return store(out, word, add(load(out, word), (1 << (k & 31)) | 0));
      }
      if (value === false) return [];
      return when(
        equal(at, 0),
        when(greater(k + 1, from), [set(at, k + 1), store(place(areaBase), 0, value.failsAt)]),
      );
    });
  const { layout, stepWords } = toyMachine(toy);
  return {
    layout,
    eventWords,
    stepWords,
    formulas,
    globals: [{ name: areaBase.name, type: "i32" }],
    area,
    functions: [
      codeFunction("enter", { parameters: [at] }, set(areaBase, at)),
      codeFunction(
        "initial",
        { parameters: [out, end], result: "i32" },
        (toy.cuts ?? []).map((it, bound) => store(place(areaBase), area.cut + bound, it)),
        records(toy.initial, words, toy.first),
      ),
      codeFunction(
        "toyCount",
        {},
        store(place(areaBase), area.dropped, add(inArea(area.dropped), 1)),
      ),
      codeFunction(
        "toySteps",
        { parameters: [state, out, end], result: "i32" },
        byState((one) => records(toy.steps(one), words, toy.first)),
        giveBack(0),
      ),
      codeFunction(
        "expand",
        { parameters: [state, out, end], result: "i32", locals: [at] },
        set(at, call("toySteps", [state, out, end])),
        when(greater(at, -1), run("toyCount")),
        giveBack(at),
      ),
      codeFunction(
        "judge",
        { parameters: [state, out, from], result: "i32", locals: [at] },
        Array.from({ length: Math.ceil(formulas.length / 32) }, (_, word) => store(out, word, 0)),
        set(at, 0),
        byState(judging),
        giveBack(at),
      ),
    ],
  };
};

const mostStates = 200;

/** By generated code; undefined for toys that are too large, or searches that are cut. */
export const exploreGenerated = (
  toy: Toy,
  options: Partial<ExploreOptions>,
): Promise<Exploration> | undefined => {
  const states = options.limits === undefined ? statesOf(toy, mostStates) : undefined;
  if (states === undefined || states.some((it) => toy.steps(it).length > mostStates)) {
    return undefined;
  }
  const program = toyProgram(toy, states);
  const found = exploreProgram(() => program, toyCore(toy), { ...usualOptions, ...options });
  if (found === "no-code") throw new Error("this environment forbids generated code");
  return found;
};
