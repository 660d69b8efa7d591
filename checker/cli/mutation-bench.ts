// What a thread that tries mutants has: the file with its mutants, and the answers to jobs about them.

import { createHash } from "node:crypto";
import * as E from "fp-ts/lib/Either.js";
import {
  type Bench,
  edited,
  type Mutant,
  mutantsOf,
  type MutantOutcome,
  nothingKnown,
  type Trial,
  tryMutant,
  type Yardstick,
  yardstickOf,
} from "../mutate/index.ts";
import {
  checksOf,
  load,
  parse,
  type Modules,
  plan,
  type PlanRequest,
  sweepsOf,
} from "../pipeline.ts";
import { type Checked, type Diagnostic, isError } from "../source/index.ts";
import { type Entry, prepare, type Prepared } from "./entries.ts";
import { quietOptions } from "./planned-model.ts";
import { library, type Library } from "./sources.ts";

/** What is tried, and where. */
export interface Subject {
  readonly file: string;
  readonly check?: readonly string[];
  readonly set: readonly string[];
  readonly maxStates: number;
  readonly folder: string;
  readonly packageFolder: string;
  readonly memoryBytes: number;
}

export type Job =
  | { readonly kind: "measure"; readonly title: string }
  /** The yardsticks of all later trials, and the titles of what was left out. */
  | {
      readonly kind: "hold";
      readonly yardsticks: readonly Yardstick[];
      readonly leftOut: readonly string[];
    }
  | { readonly kind: "try"; readonly mutant: number };

export type Answer =
  | { readonly kind: "yardstick"; readonly yardstick: Yardstick }
  | { readonly kind: "too large" }
  | { readonly kind: "mistaken"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "held" }
  | { readonly kind: "outcome"; readonly outcome: MutantOutcome };

/** A job on its way to a thread, and its answer on the way back: which belongs to which, the number says. */
export interface Order {
  readonly number: number;
  readonly job: Job;
}

export interface Reply {
  readonly number: number;
  readonly answer: Answer;
}

/** The file, read and understood. */
export interface Opened {
  readonly prepared: Prepared;
  readonly entry: Entry;
  readonly texts: Library;
  readonly mutants: readonly Mutant[];
  /** Of the checks and sweeps that try mutants; one empty title in a file without any. */
  readonly titles: readonly string[];
}

/** Reads the file; undefined when it cannot be read, or nothing was prepared. */
export const openSubject = (
  { file, check, set, folder, packageFolder }: Subject,
  texts: Library = library({ folder, packageFolder }),
): E.Either<
  { readonly diagnostics: readonly Diagnostic[]; readonly isMissing: boolean },
  Opened
> => {
  const prepared = prepare(quietOptions(file, set, check), folder, texts);
  if (E.isLeft(prepared)) {
    return E.left({ diagnostics: prepared.left.diagnostics, isMissing: false });
  }
  const { entries, unreadable, request } = prepared.right;
  const [entry] = entries;
  if (entry === undefined) {
    return E.left({ diagnostics: unreadable.map((it) => it.diagnostic), isMissing: true });
  }
  const declared = [...checksOf(entry.loaded.value), ...sweepsOf(entry.loaded.value)].toSorted(
    (left, right) => left.span.start - right.span.start,
  );
  const titles = declared.length === 0 ? [""] : declared.map((it) => it.title);
  return E.right({
    prepared: prepared.right,
    entry,
    texts,
    mutants: mutantsOf(entry.loaded.value, (name) => texts.texts.get(name) ?? ""),
    titles: titles.filter((it) => declared.length === 0 || request.isWanted(it)),
  });
};

/** Parses the first text of every file once: all but one of the files of a mutant are as they were. */
const rememberingParse = (): typeof parse => {
  const known = new Map<
    string,
    { readonly text: string; readonly tree: ReturnType<typeof parse> }
  >();
  return (file, text) => {
    const before = known.get(file);
    if (before !== undefined && before.text === text) return before.tree;
    const tree = parse(file, text);
    if (before === undefined) known.set(file, { text, tree });
    return tree;
  };
};

const textDigest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Answers jobs, one after the other. */
export const mutationBench = (
  subject: Subject,
  { entry, texts, mutants, prepared }: Opened,
): ((job: Job) => Promise<Answer>) => {
  const request: PlanRequest = prepared.request;
  const bench: Bench = {
    digest: textDigest,
    shell: { now: () => performance.now(), rest: () => Promise.resolve("go-on") },
    memoryBytes: subject.memoryBytes,
  };
  const known = nothingKnown();
  let held: Pick<Trial, "yardsticks" | "leftOut"> = { yardsticks: [], leftOut: [] };
  const measure = async (title: string): Promise<Answer> => {
    const { value, diagnostics } = plan(entry.loaded, {
      ...request,
      isWanted: (it) => it === title,
    });
    const mistakes = diagnostics.filter(isError);
    const [planned] = value.obligations;
    if (mistakes.length > 0 || planned === undefined)
      return { kind: "mistaken", diagnostics: mistakes };
    const found = await yardstickOf(entry.file, planned, subject.maxStates, bench);
    return found === undefined || found === "too large"
      ? { kind: "too large" }
      : { kind: "yardstick", yardstick: found };
  };
  const parsed = rememberingParse();
  load(entry.file, texts.read, parsed);
  const withEdit = (mutant: Mutant): Checked<Modules> => {
    const { file } = mutant.span;
    const text = edited(texts.texts.get(file) ?? "", mutant);
    return load(entry.file, (path) => (path === file ? E.right(text) : texts.read(path)), parsed);
  };
  return async (job) => {
    switch (job.kind) {
      case "measure":
        return measure(job.title);
      case "hold":
        held = job;
        return { kind: "held" };
      case "try": {
        const mutant = mutants[job.mutant];
        if (mutant === undefined) throw new Error(`there is no mutant ${job.mutant}`);
        const after = withEdit(mutant);
        const { yardsticks, leftOut } = held;
        const { maxStates } = subject;
        const outcome = await tryMutant(
          { before: entry.loaded, after, request, yardsticks, leftOut, maxStates, known },
          bench,
        );
        return { kind: "outcome", outcome: outcome ?? { kind: "survived" } };
      }
    }
  };
};
