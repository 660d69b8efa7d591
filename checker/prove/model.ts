// What a configuration explores: typed program -> a core, built when its turn comes; what is wrong with it now.

import { type Core, elaborate, inspect, type Inspection } from "../core/index.ts";
import type { Modules, TypedProgram } from "../semantics/index.ts";
import type { Checked, Diagnostic, Span } from "../source/index.ts";
import { tooLarge } from "./too-large.ts";

/** A model to explore, or the assumption that its constants make false. */
export type Model =
  | {
      readonly kind: "core";
      /**
       * Elaborates anew: cores are large, and there may be thousands. Only the first that planning
       * itself has written are kept until they are asked for. Undefined after an error.
       */
      readonly build: () => Checked<Core | undefined>;
    }
  | { readonly kind: "assumption"; readonly why: string; readonly span: Span };

/** The models of one file. */
export interface Models {
  /** Undefined after an error. */
  readonly modelOf: (program: TypedProgram, fallback: Span) => Checked<Model | undefined>;
}

/**
 * Code that planning writes only to see what is wrong with it, in statements: all of it, in files with few or small
 * models. After that only what could be wrong is written, and a late surprise is reported when its model is built.
 */
const tryLimit = 10_000;
/** What is written while planning is kept until it is searched, up to so many statements: some 150 MB. */
const keepLimit = 1_000_000;
/** Code of more statements may exceed what a model can have under other constants. */
const largeCode = 100_000;

const falseAssumption = (program: TypedProgram): Model | undefined => {
  const failed = program.assumptions.find((it) => !it.holds);
  if (failed === undefined) return undefined;
  const { why, condition } = failed.declaration;
  return { kind: "assumption", why, span: condition.span };
};

/** What gives its last argument's or operand's range away: `min`, `max` and the like. */
const isBuiltin = (name: string): boolean => ["min", "max", "abs", "int"].includes(name);

/**
 * What starts no timer itself, and calls that hand on what is declared: results and parameters have a
 * range that is written down.
 */
const isHarmless = (tree: object): boolean => {
  if (!("kind" in tree)) return false;
  if ("callee" in tree && !isLeft(tree)) return !isBuiltin(calleeOf(tree));
  return ["fn", "invariant", "never", "reachable", "recoverable", "bound", "final"].includes(
    String(tree.kind),
  );
};

/** Does a tree read how long timers run, other than to compare it? Nothing else can make a run endless. */
const readsTimers = (tree: unknown): boolean => {
  if (typeof tree !== "object" || tree === null || isHarmless(tree)) return false;
  if (isLeft(tree)) return true;
  const parts: readonly unknown[] = Object.values(tree);
  return parts.some((it) => !(isComparison(tree) && isLeft(it)) && readsTimers(it));
};

const calleeOf = (tree: object): string => {
  const callee: unknown = "callee" in tree ? tree.callee : undefined;
  return typeof callee === "object" && callee !== null && "text" in callee
    ? String(callee.text)
    : "";
};

const isLeft = (tree: unknown): boolean =>
  typeof tree === "object" && tree !== null && calleeOf(tree) === "left";

const isComparison = (tree: object): boolean =>
  "operator" in tree && ["==", "!=", "<", "<=", ">", ">="].includes(String(tree.operator));

const widest = 2 ** 31;

/** Is a state too large, or would it be with timers of any range? Only code shows the ranges of timers. */
const isNearlyTooLarge = ({ variables, networks }: Inspection, fallback: Span): boolean => {
  const wide = variables.map((it) => (it.origin.kind === "timer" ? { ...it, high: widest } : it));
  return tooLarge({ variables: wide, networks }, fallback).length > 0;
};

/** What planning found wrong with a model, and the model, if it was written and can be kept. */
interface Tried {
  readonly diagnostics: readonly Diagnostic[];
  readonly model?: Checked<Core | undefined>;
}

export const modelsOf = (modules: Modules): Models => {
  let written = 0;
  let isLarge = false;
  let timersAreRead: boolean | undefined;
  const build = (program: TypedProgram, fallback: Span): Checked<Core | undefined> => {
    const { value, diagnostics, statements } = elaborate(program);
    written += statements;
    isLarge ||= statements > largeCode;
    const problems = value === undefined ? [] : tooLarge(value, fallback);
    return {
      value: problems.length > 0 ? undefined : value,
      diagnostics: [...diagnostics, ...problems],
    };
  };
  const mistakesIn = (program: TypedProgram, fallback: Span): Tried => {
    timersAreRead ??= readsTimers(modules.list.map(({ tree }) => tree.declarations));
    if (written < tryLimit || isLarge || timersAreRead) {
      const isKept = written < keepLimit;
      const model = build(program, fallback);
      return { diagnostics: model.diagnostics, ...(isKept ? { model } : {}) };
    }
    const { value, diagnostics } = inspect(program);
    if (diagnostics.length > 0) return { diagnostics };
    const isNear = isNearlyTooLarge(value, fallback);
    return { diagnostics: isNear ? build(program, fallback).diagnostics : [] };
  };
  return {
    modelOf: (program, fallback) => {
      const assumption = falseAssumption(program);
      if (assumption !== undefined) return { value: assumption, diagnostics: [] };
      const { diagnostics, model } = mistakesIn(program, fallback);
      if (diagnostics.length > 0) return { value: undefined, diagnostics };
      let kept = model;
      const take = (): Checked<Core | undefined> => {
        const found = kept ?? build(program, fallback);
        kept = undefined;
        return found;
      };
      return { value: { kind: "core", build: take }, diagnostics };
    },
  };
};
