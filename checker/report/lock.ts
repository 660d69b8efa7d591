// Verdicts and counts as a file that is kept beside the specification: results <-> text, one fact a line.

import {
  assignmentsText,
  type CheckResult,
  type FileResult,
  type ObligationResult,
  type SweepResult,
} from "../prove/index.ts";
import { boundsOf } from "./bounds.ts";
import { titleText } from "./problems.ts";
import { steps } from "./wording.ts";

export type Fact = string | number | boolean;

/** What is known of a file (its title is ""), a check or a sweep, by the names of facts. */
export interface Section {
  /** Seen from the lock file. */
  readonly file: string;
  readonly title: string;
  readonly facts: ReadonlyMap<string, Fact>;
}

export type Lock = readonly Section[];

const verdictText = (
  verdict: NonNullable<CheckResult["search"]>["judgement"]["properties"][number]["verdict"],
): string => {
  switch (verdict.kind) {
    case "violated":
    case "reached":
      return `${verdict.kind} after ${steps(verdict.steps)}`;
    case "error":
      return `model error after ${steps(verdict.steps)}`;
    case "holds":
    case "unreached":
    case "unknown":
      return verdict.kind;
  }
};

const checkFacts = ({ search }: CheckResult): readonly (readonly [string, Fact])[] | undefined => {
  if (search === undefined) return [];
  const { exploration, judgement, model, bounds } = search;
  const { complete, stopped, states, transitions, depth, stateSet } = exploration;
  if (!complete && stopped !== "stopped") return undefined;
  return [
    ...Object.entries(boundsOf(bounds)).map(([name, value]) => [`bound ${name}`, value] as const),
    ...bounds.declared.map((it) => [`bound ${it.name}`, `cut ${it.cut}`] as const),
    ["complete", complete],
    ["depth", depth],
    ...judgement.errors.map((it) => {
      const site = search.core.sites[it.site];
      return [`error ${site?.error ?? ""} ${site?.message ?? ""}`, steps(it.steps)] as const;
    }),
    ...(model === undefined ? [] : [["model", `sha256:${model}`] as const]),
    ...judgement.properties.map((it) => [`property ${it.name}`, verdictText(it.verdict)] as const),
    ["stateSet", `sum128:${stateSet}`],
    ["states", states],
    ["transitions", transitions],
  ];
};

const sweepFacts = (
  { points }: SweepResult,
  digest: (text: string) => string,
): readonly (readonly [string, Fact])[] | undefined => {
  if (points.some((it) => it.outcome === "unknown")) return undefined;
  const models = points.map((it) => it.model ?? it.outcome).join("\n");
  return [
    ["model", `sha256:${digest(models)}`],
    ...points.flatMap((it): readonly (readonly [string, Fact])[] => {
      const point = `point ${assignmentsText(it.values)}`;
      const verdict = it.outcome === "unsafe" ? `violated ${it.violated.join(", ")}` : it.outcome;
      if (it.outcome === "skipped") return [[`${point}: verdict`, verdict]];
      return [
        [`${point}: depth`, it.depth],
        [`${point}: states`, it.states],
        [`${point}: transitions`, it.transitions],
        [`${point}: verdict`, verdict],
      ];
    }),
  ];
};

/** What a lock holds of a check or sweep; undefined while its search is not whole. */
export const factsOf = (
  it: ObligationResult,
  digest: (text: string) => string,
): ReadonlyMap<string, Fact> | undefined => {
  const facts = it.kind === "check" ? checkFacts(it) : sweepFacts(it, digest);
  return facts === undefined ? undefined : new Map(facts);
};

/** A file with its name as the lock gives it, and the digest of what it says. */
export interface LockedFile {
  readonly file: string;
  readonly digest: string;
  readonly result: FileResult;
}

/** Sections of a run; checks whose searches are not whole are left out. */
export const lockOf = (files: readonly LockedFile[], digest: (text: string) => string): Lock =>
  files.flatMap(({ file, digest: says, result }) => [
    { file, title: "", facts: new Map([["digest", says]]) },
    ...result.obligations.flatMap((it): readonly Section[] => {
      const facts = factsOf(it, digest);
      return facts === undefined ? [] : [{ file, title: titleText(it.title), facts }];
    }),
  ]);

const order = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const heading = ({ file, title }: Section): string =>
  title === "" ? `[${JSON.stringify(file)}]` : `[${JSON.stringify(file)}.${JSON.stringify(title)}]`;

const keyText = (key: string): string => (/^[\w-]+$/.test(key) ? key : JSON.stringify(key));

const introduction = [
  "# What `check` found: renewed by `check --lock … --update-lock`, compared by `check --lock …`.",
  "format = 1",
];

/** TOML, sorted; the same facts give the same bytes. */
export const lockText = (lock: Lock): string => {
  const sorted = lock.toSorted(
    (left, right) => order(left.file, right.file) || order(left.title, right.title),
  );
  const lines = sorted.flatMap((it) => [
    "",
    heading(it),
    ...[...it.facts]
      .toSorted(([left], [right]) => order(left, right))
      .map(([key, value]) => `${keyText(key)} = ${JSON.stringify(value)}`),
  ]);
  return `${[...introduction, ...lines].join("\n")}\n`;
};

/** Where a text is no lock, and why. */
export interface LockProblem {
  /** 1-based. */
  readonly line: number;
  readonly reason: string;
}

const quoted = String.raw`"(?:[^"\\]|\\.)*"`;
const headingForm = new RegExp(String.raw`^\[(${quoted})(?:\.(${quoted}))?\]$`);
const factForm = new RegExp(String.raw`^([\w-]+|${quoted}) = (${quoted}|-?\d+|true|false)$`);

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const stringOf = (text: string): string | undefined => {
  const value = text.startsWith('"') ? jsonOf(text) : text;
  return typeof value === "string" ? value : undefined;
};

/** Reads only what `lockText` writes, in any order. */
export const readLock = (text: string): Lock | LockProblem => {
  const sections = new Map<string, Section & { readonly facts: Map<string, Fact> }>();
  let facts: Map<string, Fact> | undefined;
  let isKnown = false;
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    const problem = (reason: string): LockProblem => ({ line: at + 1, reason });
    if (line === "" || line.startsWith("#")) continue;
    if (/^(<{7}|={7}|>{7}|\|{7})/.test(line)) return problem("a merge was not resolved here");
    if (facts === undefined && line === "format = 1") {
      isKnown = true;
      continue;
    }
    if (!isKnown) return problem("a lock begins with `format = 1`");
    const head = headingForm.exec(line);
    if (head !== null) {
      const [file, title] = [stringOf(head[1] ?? '""'), stringOf(head[2] ?? '""')];
      if (file === undefined || title === undefined) return problem("this is no heading");
      const key = JSON.stringify([file, title]);
      if (sections.has(key)) return problem("this section stands twice");
      facts = new Map();
      sections.set(key, { file, title, facts });
      continue;
    }
    const fact = factForm.exec(line);
    const [key, value] = [stringOf(fact?.[1] ?? '"'), jsonOf(fact?.[2] ?? "")];
    const isFact =
      typeof value === "string" || typeof value === "boolean" || Number.isSafeInteger(value);
    if (facts === undefined || key === undefined || !isFact) return problem("this is no fact");
    if (facts.has(key)) return problem("this fact stands twice");
    facts.set(
      key,
      typeof value === "number" ? value : typeof value === "boolean" ? value : String(value),
    );
  }
  return isKnown ? [...sections.values()] : { line: 1, reason: "a lock begins with `format = 1`" };
};
