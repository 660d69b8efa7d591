// The whole program of a core as code: core -> functions that write steps and judge states.

import type { Code, CodeFunction, CodeModule, Local, Part } from "../code/index.ts";
import {
  block,
  call,
  codeFunction,
  constant,
  divide,
  giveBack,
  i32,
  less,
  load,
  set,
  store,
  when,
} from "../code/index.ts";
import type { Core, NetworkId } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import { formulasOf, layoutOf, segmentRanges } from "../machine/index.ts";
import { actionPiece, initialPiece } from "./actions.ts";
import { areaGlobal, completed, grouped, initialSources, stateSources } from "./functions.ts";
import { judgingFunctions } from "./judging.ts";
import type { Likeness } from "../reduce/index.ts";
import type { Lengths } from "./outline.ts";
import { outline } from "./outline.ts";
import { stepWordsOf } from "./paths.ts";
import { withNormalForms } from "./normal-form.ts";
import { planOf } from "./plan.ts";
import type { AreaPlan, Model } from "./scope.ts";
import { areaPointer, endPointer, outPointer, statePointer, written } from "./scope.ts";

/**
 * Words of the heap that the functions keep for themselves, and where in them their caller finds
 * what they report. Each thread has an area of its own; it begins as zeros.
 */
export interface Area {
  readonly words: number;
  /** The site of the failure that `judge` answered last. */
  readonly failure: number;
  /** By network: segments dropped. Unsigned; the caller may set it back to 0 between calls. */
  readonly dropped: number;
  /** By bound: paths cut. Likewise. */
  readonly cut: number;
  /** By branch: 1 once a step took the branch. */
  readonly taken: number;
}

/**
 * The functions of a core. Those to call are
 *   enter(area: i32)                              first: the word index of this thread's area
 *   expand(state: pointer, out: pointer, end: pointer): i32
 *   initial(out: pointer, end: pointer): i32      as in `Machine`; -1: a record would pass `end`
 *   judge(state: pointer, out: pointer, from: i32): i32
 */
export interface Program extends Pick<Machine, "layout" | "eventWords" | "stepWords" | "formulas"> {
  readonly functions: readonly CodeFunction[];
  readonly globals: CodeModule["globals"];
  readonly area: Area;
}

export interface ProgramOptions {
  readonly lengths: Lengths;
  /** Of a reduced core: steps lead to normal forms. */
  readonly likeness?: Likeness;
}

/**
 * How long functions are best. Measured on `spec/timewait.tw`, successors as WebAssembly: functions
 * of at most 1,000 nodes 46 ns per transition, of 6,000 38 ns, of 20,000 40 ns. As JavaScript
 * lengths from 1,500 to 6,000 could not be told apart.
 */
export const lengthsFor: { readonly javascript: Lengths; readonly wasm: Lengths } = {
  javascript: { function: 3_000, part: 100 },
  wasm: { function: 6_000, part: 300 },
};

/** By body: what it can do. */
const plansOf = (core: Core): Model["plans"] => {
  const bodies = [core.init, ...core.actions].flatMap((it) => ("body" in it ? [it.body] : []));
  const blocks = (network: NetworkId): boolean => core.networks[network]?.full === "block";
  return new Map(bodies.map((it) => [it, planOf(it, blocks)]));
};

const areaOf = (core: Core, bodies: Model["plans"]): AreaPlan & { readonly words: number } => {
  const plans = [...bodies.values()];
  const [choices, marks] = [
    Math.max(...plans.map((it) => it.choices)),
    Math.max(...plans.map((it) => it.marks)),
  ];
  const dropped = 1;
  const cut = dropped + core.networks.length;
  const taken = cut + core.bounds.length;
  const picks = taken + core.branches.length;
  const tops = picks + choices;
  const lists = { picks, tops, marks: tops + choices };
  return { failure: 0, dropped, cut, taken, ...lists, words: lists.marks + marks };
};

/** What a core is written as before it is known how long functions shall be. */
interface Written {
  readonly model: Model;
  readonly areaWords: number;
  /** By action: the code that writes its steps. */
  readonly actions: readonly Code[];
  readonly first: Code;
}

/** The same core is asked for in one form and then in another. */
const alreadyWritten = new WeakMap<Core, Written>();

const writtenOf = (core: Core): Written => {
  const known = alreadyWritten.get(core);
  if (known !== undefined) return known;
  const plans = plansOf(core);
  const { words: areaWords, ...area } = areaOf(core, plans);
  const fields = core.networks.map((it) => segmentRanges(it));
  const model: Model = { core, layout: layoutOf(core), area, fields, plans };
  const made: Written = {
    model,
    areaWords,
    actions: core.actions.map((it) => actionPiece(model, it).code),
    first: initialPiece(model).code,
  };
  alreadyWritten.set(core, made);
  return made;
};

export const programOf = (core: Core, options: Partial<ProgramOptions> = {}): Program => {
  const { lengths, likeness } = { lengths: lengthsFor.wasm, ...options };
  const whole = writtenOf(core);
  const { model } = whole;
  const { layout, area } = model;
  const stepWords = stepWordsOf(model);
  const steps = stepFunctions(whole, lengths);
  const index = i32("index");
  const program: Program = {
    layout,
    eventWords: stepWords - layout.words - 1,
    stepWords,
    formulas: formulasOf(core),
    functions: [
      codeFunction("enter", { parameters: [index] }, set(areaGlobal, index)),
      ...steps.functions,
      ...judgingFunctions(model, lengths.function),
    ],
    globals: [areaGlobal, ...steps.globals].map(({ name, type }) => ({ name, type })),
    area: {
      words: whole.areaWords,
      failure: area.failure,
      dropped: area.dropped,
      cut: area.cut,
      taken: area.taken,
    },
  };
  return likeness === undefined ? program : withNormalForms(program, core, likeness);
};

type Functions = Pick<Program, "functions" | "globals">;

/** `expand` and `initial`, and what they call. */
const stepFunctions = ({ model, actions, first }: Written, lengths: Lengths): Functions => {
  const inState = stateSources(model);
  const pointers = [statePointer, outPointer, endPointer];
  const outlined = actions.map((it, id) =>
    outline(it, `part${id}`, { lengths, sources: inState, pointers }),
  );
  const atFirst = { lengths, sources: initialSources(model), pointers: pointers.slice(1) };
  const initial = outline(first, "start", atFirst);
  const groups = grouped(outlined, lengths.function, () => true);
  const parameters = [...pointers, written];
  const all = [...outlined, initial];
  const globals = new Map(all.flatMap((it) => it.globals.map((place) => [place.name, place])));
  return {
    globals: [...globals.values()],
    functions: [
      ...all.flatMap((it) => it.functions),
      ...groups.map((group, id) =>
        completed(
          `expand${id}`,
          { parameters, sources: inState },
          writing(group.map((it) => it.code)),
        ),
      ),
      completed(
        "initial0",
        { parameters: [outPointer, endPointer, written], sources: atFirst.sources },
        writing([initial.code]),
      ),
      entryPoint(
        model,
        "expand",
        pointers,
        groups.map((_, id) => `expand${id}`),
      ),
      entryPoint(model, "initial", [outPointer, endPointer], ["initial0"]),
    ],
  };
};

/** The pieces one after the other; -1 when there is no room. */
const writing = (codes: readonly Code[]): Code => [
  block("full", ...codes, giveBack(written)),
  giveBack(constant(-1)),
];

/**
 * Calls each function with what was written before it; when there is no room, counters go back.
 * Branches that were taken stay taken: the same call again takes them too.
 */
const entryPoint = (
  model: Model,
  name: string,
  parameters: readonly Local[],
  calls: readonly string[],
): CodeFunction => {
  const { core, area } = model;
  const drops = core.networks.flatMap(({ full }, id) =>
    full === "drop" ? [area.dropped + id] : [],
  );
  const counters = [...drops, ...core.bounds.map((_, id) => area.cut + id)];
  const saves = counters.map((at) => ({ at, name: i32(`save${at}`) }));
  const restore = saves.map((it) => store(areaPointer, it.at, it.name));
  const steps = calls.map((it): Part => {
    const next = set(written, call(it, [...parameters, written]));
    return [next, when(less(written, 0), [restore, giveBack(constant(-1))])];
  });
  return completed(name, { parameters, sources: stateSources(model) }, [
    set(written, 0),
    saves.map((it) => set(it.name, load(areaPointer, it.at))),
    ...steps,
    giveBack(divide(written, stepWordsOf(model))),
  ]);
};
