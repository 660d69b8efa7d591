// Runs `.tw` texts for tests through the doors of the layers, and compares the two machines on them.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { compile, lengthsFor, programOf } from "../compile/index.ts";
import { type Core, elaborate } from "../core/index.ts";
import {
  type Exploration,
  explore,
  type ExploreOptions,
  exploreProgram,
  type Programs,
} from "../explore/index.ts";
import { interpret, survey } from "../interpret/index.ts";
import { type FileResult, type Plan, plan, prove, type ProveShell } from "../prove/index.ts";
import { checkProgram, checksOf, loadModules, type Modules, sweepsOf } from "../semantics/index.ts";
import { type Checked, positionAt, sourceFile, type Span } from "../source/index.ts";
import { format, parse } from "../syntax/index.ts";

/** The folder that holds `models/` and `docs/`; paths of texts are relative to it. */
export const repository = join(import.meta.dirname, "../..");

/** What the package ships is what the repository holds. */
export const readRepository = (path: string): string =>
  readFileSync(join(repository, path.replace(/^timewait:/, "")), "utf8");

/** What the first line of a text says after `// expect: `. */
export const expectationOf = (text: string): string => {
  const line = text.slice(0, text.indexOf("\n"));
  const said = /^\/\/ expect: (.+)$/.exec(line)?.[1];
  if (said === undefined) throw new Error(`no expectation in the first line: ${line}`);
  return said;
};

const title = "the first line";

/** The text with its first line as a check of all properties under the declared constants. */
export const withFirstLineChecked = (text: string): string =>
  `${text}\ncheck "${title}" expect ${expectationOf(text)}\n`;

const load = (file: string, text: string): Checked<Modules> =>
  loadModules(
    file,
    (path) => {
      if (path === file) return E.right(text);
      try {
        return E.right(readRepository(path));
      } catch {
        return E.left({ reason: "there is no such file" });
      }
    },
    parse,
  );

/** A file of the repository with all that it imports. */
export const modulesOf = (file: string): Modules => load(file, readRepository(file)).value;

/** A text with all that it imports. */
export const modulesOfText = (file: string, text: string): Modules => load(file, text).value;

const everything = { commandLine: [], isWanted: () => true, only: [] };

/** The errors of a text as `TW0201 at 4:12`, in order of place; those of imported files with their names. */
export const errorsOf = (file: string, text: string): string => {
  const { diagnostics } = plan(load(file, text), everything);
  return diagnostics
    .filter((it) => it.severity === "error")
    .map(({ code, span }) => {
      const isHere = span.file === file;
      const source = sourceFile(span.file, isHere ? text : readRepository(span.file));
      const { line, column } = positionAt(source, span.start);
      const name = isHere ? "" : `${span.file.slice(span.file.lastIndexOf("/") + 1)}:`;
      return { at: span.start, text: `${code} at ${name}${line}:${column}` };
    })
    .toSorted((left, right) => left.at - right.at)
    .map((it) => it.text)
    .join(", ");
};

export const formattedText = (file: string, text: string): string =>
  format(parse(file, text).value, text);

/** What a text asks, or those of its checks and sweeps that are wanted; undefined where it has errors. */
export const planOfText = (
  file: string,
  text: string,
  isWanted: (title: string) => boolean,
): Plan | undefined => {
  const { value, diagnostics } = plan(load(file, text), { ...everything, isWanted });
  return diagnostics.some((it) => it.severity === "error") ? undefined : value;
};

const limits = { seconds: 100 };

/** Proves the text's checks and sweeps, or those of the title. */
export const proveText = async (
  file: string,
  text: string,
  isWanted: (title: string) => boolean = () => true,
  shell: Partial<ProveShell> = {},
): Promise<FileResult> => {
  const planned = plan(load(file, text), { ...everything, isWanted });
  const errors = planned.diagnostics.filter((it) => it.severity === "error");
  if (errors.length > 0) throw new Error(`${file}: ${errorsOf(file, text)}`);
  return prove(planned.value, {
    now: () => 0,
    limits: () => limits,
    breathe: () => Promise.resolve("go-on"),
    rest: () => Promise.resolve("go-on"),
    warn: (it) => {
      throw new Error(`${file}: ${it.message}`);
    },
    onResult: () => undefined,
    ...shell,
  });
};

/** The titles of the checks and sweeps of a text, with their expectations as they are written. */
export const obligationsOf = (
  file: string,
  text: string,
): readonly { readonly title: string; readonly expectation: string }[] => {
  const modules = load(file, text).value;
  const written = ({ start, end }: Span): string => text.slice(start, end).replaceAll(/\s+/g, " ");
  return [
    ...checksOf(modules).map((it) => ({
      start: it.span.start,
      title: it.title,
      expectation: written(it.expectation.span).replace(/^expect /, ""),
    })),
    ...sweepsOf(modules).map((it) => ({
      start: it.span.start,
      title: it.title,
      expectation: it.expected === undefined ? "" : `least == ${written(it.expected.span)}`,
    })),
  ]
    .toSorted((left, right) => left.start - right.start)
    .map(({ title: name, expectation }) => ({ title: name, expectation }));
};

/** What is not as its check expects, in words. */
export const concernsOf = (result: FileResult): readonly string[] =>
  result.obligations.flatMap((it) =>
    it.concerns.map(({ diagnostic }) => `${it.title}: ${diagnostic.message}`),
  );

/** The model of a text under its declared constants. */
export const coreOf = (file: string, text: string): Core => {
  const modules = load(file, text).value;
  const program = checkProgram(modules, { title: "", overrides: [], commandLine: [] }).value;
  const core = elaborate(program).value;
  if (core === undefined) throw new Error(`${file}: ${errorsOf(file, text)}`);
  return core;
};

/** The models of the checks of a text, by their titles: whoever asks for many has the text read once. */
export const coresOfChecks = (file: string, text: string): ((title: string) => Core) => {
  const modules = load(file, text);
  return (title) => {
    const { value } = plan(modules, { ...everything, isWanted: (it) => it === title });
    const [check] = value.obligations;
    const core =
      check?.kind === "check" && check.model.kind === "core"
        ? check.model.build().value
        : undefined;
    if (core === undefined) throw new Error(`${file}: ${errorsOf(file, text)}`);
    return core;
  };
};

/** The model of one check of a text. */
export const coreOfCheck = (file: string, text: string, title: string): Core =>
  coresOfChecks(file, text)(title);

const usualOptions: ExploreOptions = {
  selected: () => true,
  deadlock: true,
  limits,
  now: () => 0,
  breathe: () => Promise.resolve("go-on"),
  stopWhenDecided: false,
};

/** The model as generated code. */
export const programsOf =
  (core: Core): Programs =>
  (form) =>
    programOf(core, { lengths: lengthsFor[form === "javascript" ? form : "wasm"] });

/** The search by the reference machine. */
export const interpreted = (
  core: Core,
  options: Partial<ExploreOptions> = {},
): Promise<Exploration> => explore(interpret(core), core, { ...usualOptions, ...options });

/** The search by generated code. */
export const generated = (
  core: Core,
  options: Partial<ExploreOptions> = {},
): Promise<Exploration> => {
  const found = exploreProgram(programsOf(core), core, { ...usualOptions, ...options });
  if (found === "no-code") throw new Error("this environment forbids generated code");
  return found;
};

/** The plain search over the generated machine. */
export const compiled = (
  core: Core,
  options: Partial<ExploreOptions> = {},
): Promise<Exploration> => {
  const machine = compile(core);
  if (machine === undefined) throw new Error("this environment forbids generated code");
  return explore(machine, core, { ...usualOptions, ...options });
};

/** Everything of an exploration that all ways to search must find alike, paths included. */
export const essence = (it: Exploration) => ({ ...it, seconds: 0, memoryBytes: 0 });

/** The figures of the naive search that is written straight from the definitions. */
export const naiveFigures = (core: Core) => {
  const { states, transitions, depth, deadlock, dropped, cut } = survey(core);
  return { states, transitions, depth, deadlock, dropped, cut };
};

/** The same figures of a search. */
export const figuresOf = (it: Exploration) => ({
  states: it.states,
  transitions: it.transitions,
  depth: it.depth,
  deadlock: it.deadlock?.kind === "violated" ? it.deadlock.steps : undefined,
  dropped: it.dropped,
  cut: it.cut,
});

/** The reference search first, then every other way to search. */
export const everySearch = async (
  core: Core,
): Promise<readonly [Exploration, ...(readonly Exploration[])]> => [
  await interpreted(core),
  await compiled(core),
  await generated(core, { engine: "javascript" }),
  await generated(core, { engine: "webassembly" }),
];
