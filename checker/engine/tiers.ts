// The forms of a generated search, and when a run goes over from one to the next: program -> engine.

import type { CompiledModule, Exports, Memory } from "../code/index.ts";
import {
  compileWebAssembly,
  compileWebAssemblyNow,
  createMemory,
  encodeWebAssembly,
  linkJavaScript,
  linkWebAssembly,
  webAssembly,
} from "../code/index.ts";
import type { Program } from "../compile/index.ts";
import type { Shape } from "./control.ts";
import {
  type Engine,
  type EngineOptions,
  field,
  hasRoomIn,
  moveTo,
  newEngine,
  unlessRefused,
} from "./engine.ts";
import {
  awaitCrew,
  type Crew,
  type CrewSizes,
  formCrew,
  usualSizes,
  isReady,
  type StartMate,
  startCrew,
} from "./lead.ts";
import { moduleOf } from "./module.ts";

export type Form = "javascript" | "webassembly";

/** A model as generated code; each form has functions of the length that suits it. */
export type Programs = (form: Form) => Program;

/** Other threads, and how they are started. */
export interface Threads {
  /** With this one. */
  readonly count: number;
  readonly start: StartMate;
}

export interface Tiers {
  readonly engine: Engine;
  /** Lets a search that grows go over to faster code; called between two calls of the code. */
  readonly shift: () => void;
  /** The threads that search together, if they do. */
  readonly crew: () => Crew | undefined;
  /** Between two levels: from now on the threads that are ready search together. */
  readonly join: () => void;
  /** Ends the other threads. */
  readonly close: () => void;
}

export interface TierOptions extends Tuning {
  readonly form: Form | "auto";
  readonly memoryBytes: number;
  readonly threads?: Threads;
}

/** When a run grows, and how far at once. */
export interface Tuning {
  /** Words of the first heap. */
  readonly firstWords?: number;
  /** States from which on a run goes over to WebAssembly. */
  readonly shiftAt?: number;
  /** States from which on other threads help. */
  readonly crewAt?: number;
  /** What is given out to threads at once. */
  readonly sizes?: CrewSizes;
  /** Records that the first batch has room for. */
  readonly records?: number;
  /** Whether a run waits for the other form instead of going on meanwhile. */
  readonly isPatient?: boolean;
}

/** Words of a page of WebAssembly, and the most that there can be. */
const pageWords = 1 << 14;
const mostWords = 2 ** 30;

/**
 * At once: measured from three states up, WebAssembly costs a run at most as much as JavaScript,
 * since its code needs no warming up, and generating both costs most.
 */
const usualShift = 0;
/** Measured: a thread takes as long to start as WebAssembly takes for some ten thousand states. */
const usualCrew = 100_000;
const usualFirst = 1 << 18;

type Plain = Omit<Shape, "program" | "isShared">;

/** An engine that starts in the form that is asked for. */
export const tiersOf = (
  programs: Programs,
  plain: Plain,
  options: TierOptions,
): Tiers | "no-code" | "no-memory" => {
  const { form, threads, shiftAt = usualShift } = options;
  if (form === "auto" && shiftAt === 0 && webAssembly() !== undefined) {
    const tiers = unlessCompilerRefuses(() =>
      tiersOf(programs, plain, { ...options, form: "webassembly" }),
    );
    if (tiers !== undefined && typeof tiers !== "string") return tiers;
  }
  const { memoryBytes, firstWords = usualFirst } = options;
  const words = Math.min(mostWords, Math.floor(memoryBytes / 4));
  const hasWebAssembly = form !== "javascript" && webAssembly() !== undefined;
  const largest = hasWebAssembly ? words - (words % pageWords) : words;
  const isShared = hasWebAssembly && threads !== undefined && threads.count > 1;
  const sizes = {
    largest,
    ...(options.records === undefined ? {} : { records: options.records }),
    ...(isShared ? { threads: threads.count } : {}),
  };
  const moduleIn = (one: Form) =>
    moduleOf({ ...plain, isShared: isShared && one !== "javascript", program: programs(one) });
  const encode = () => encodeWebAssembly(moduleIn("webassembly"), { shared: true });
  const first: Form = form === "webassembly" ? form : "javascript";
  const shape: Shape = { ...plain, isShared, program: programs(first) };
  if (first === "javascript") {
    const module = moduleIn(first);
    const link = (heap: Int32Array) => linkJavaScript(module, heap);
    const newHeap = (size: number) => new Int32Array(size);
    const engine = started(shape, link, { newHeap, smallest: firstWords, ...sizes });
    if (typeof engine === "string") return engine;
    return tiersFrom(engine, hasWebAssembly ? encode : undefined, options);
  }
  if (!hasWebAssembly) return "no-code";
  const compiled = compileWebAssemblyNow(encode());
  const memory = unlessRefused(() => newMemory(largest));
  if (memory === undefined) return "no-memory";
  const engine = started(shape, () => linkWebAssembly(compiled, memory), {
    newHeap: () => new Int32Array(memory.buffer),
    smallest: largest,
    ...sizes,
  });
  if (typeof engine === "string") return engine;
  return tiersFrom(engine, undefined, options, { compiled, memory });
};

/** What is made, or undefined where WebAssembly is not compiled, whatever the reason. */
const unlessCompilerRefuses = <Made>(make: () => Made): Made | undefined => {
  try {
    return make();
  } catch (error) {
    if (error instanceof Error && error.name === "CompileError") return undefined;
    throw error;
  }
};

const started = (
  shape: Shape,
  link: (heap: Int32Array) => Exports | undefined,
  options: Omit<EngineOptions, "link">,
): Engine | "no-code" | "no-memory" => {
  let isRefused = false;
  const engine = newEngine(shape, {
    ...options,
    link: (heap) => {
      const code = link(heap);
      isRefused = code === undefined;
      return code ?? {};
    },
  });
  return isRefused ? "no-code" : (engine ?? "no-memory");
};

const newMemory = (words: number): Memory => {
  const pages = words / pageWords;
  return createMemory({ initial: pages, maximum: pages, shared: true });
};

/** Compiled code, and the memory that it works on. */
interface Linked {
  readonly compiled: CompiledModule;
  readonly memory: Memory;
}

/** From the first form on: WebAssembly as soon as it is compiled, then threads, in runs that pay. */
const tiersFrom = (
  engine: Engine,
  encode: (() => Uint8Array) | undefined,
  {
    threads,
    shiftAt = usualShift,
    crewAt = usualCrew,
    isPatient = false,
    sizes = usualSizes,
  }: TierOptions,
  already?: Linked,
): Tiers => {
  let linked = already;
  let compiled: CompiledModule | undefined;
  let isCompiling = false;
  let isRefused = false;
  let crew: Crew | undefined;
  let isFormed = threads === undefined || threads.count < 2;
  const compile = (source: () => Uint8Array): void => {
    isCompiling = true;
    // Where it is refused, the search goes on as it is.
    void compileWebAssembly(source()).then(
      (it) => {
        compiled = it;
      },
      () => undefined,
    );
  };
  const link = (one: CompiledModule): void => {
    const memory = hasRoomIn(engine, engine.largest)
      ? unlessRefused(() => newMemory(engine.largest))
      : undefined;
    isRefused = memory === undefined;
    if (memory === undefined) return;
    moveTo(engine, new Int32Array(memory.buffer), () => linkWebAssembly(one, memory));
    linked = { compiled: one, memory };
  };
  return {
    engine,
    shift: () => {
      const count = field(engine, "count");
      if (linked === undefined) {
        if (encode === undefined || isRefused || count < shiftAt) return;
        if (isPatient) link(compileWebAssemblyNow(encode()));
        else if (!isCompiling) compile(encode);
        else if (compiled !== undefined) link(compiled);
      } else if (!isFormed && threads !== undefined && count >= crewAt) {
        isFormed = true;
        crew = formCrew(engine, linked.compiled, linked.memory, threads.start, sizes);
      }
    },
    crew: () => (crew?.isStarted === true ? crew : undefined),
    join: () => {
      if (crew === undefined || crew.isStarted) return;
      if (isPatient) awaitCrew(crew);
      if (isReady(crew)) startCrew(engine, crew);
    },
    close: () => crew?.mates.forEach((it) => void it.end()),
  };
};
