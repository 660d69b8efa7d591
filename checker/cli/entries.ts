// Which files a command line means, loaded: words -> entries, without the libraries among them.

import { createHash } from "node:crypto";
import * as E from "fp-ts/lib/Either.js";
import {
  checksOf,
  type Diagnostics,
  essence,
  gate,
  load,
  type Modules,
  type Override,
  parse,
  type PlanRequest,
  sweepsOf,
  unknownToAll,
} from "../pipeline.ts";
import type { Sources } from "../report/index.ts";
import { nearestName } from "../semantics/index.ts";
import { type Checked, type Diagnostic, isError, type Span } from "../source/index.ts";
import type { SourceTree } from "../syntax/index.ts";
import type { CheckOptions } from "./command-line.ts";
import { commandWords } from "./command-words.ts";
import type { Outcome } from "./exit-codes.ts";
import { matches, matchesAny } from "./glob.ts";
import {
  emptyInput,
  expandInputs,
  type Input,
  type ReadProblem,
  unreadableInput,
} from "./input.ts";
import { type CommandLineText, type Library, readCommandLine } from "./sources.ts";
import { noSuchCheck, noSuchProperty } from "./usage.ts";

/** Why nothing was done. */
export interface Refusal {
  readonly outcome: Outcome;
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: Sources;
}

/** A file to check, with what it imports. */
export interface Entry {
  readonly file: string;
  readonly loaded: Checked<Modules>;
}

/** A file of the command line that cannot be read. */
export interface Unreadable {
  readonly file: string;
  readonly outcome: Outcome;
  readonly diagnostic: Diagnostic;
}

export interface Prepared {
  readonly entries: readonly Entry[];
  /** Files of folders that others import and that check nothing themselves. */
  readonly libraries: readonly string[];
  readonly unreadable: readonly Unreadable[];
  readonly request: PlanRequest;
}

const problemAt = (path: string, problem: ReadProblem): Unreadable => {
  const span: Span = { file: path, start: 0, end: 0 };
  return {
    file: path,
    outcome: problem.kind === "missing" ? "missing-input" : "specification",
    diagnostic: problem.diagnostic ?? unreadableInput(span, { path, reason: problem.reason }),
  };
};

/** Of all checks and sweeps that the file itself declares. */
export const titlesOf = ({ loaded }: Entry): readonly string[] =>
  [...checksOf(loaded.value), ...sweepsOf(loaded.value)].map((it) => it.title);

/** What the command asks for: all, or sweeps alone. */
const askedOf = (entry: Entry, { sweeps }: CheckOptions): readonly string[] =>
  sweeps === undefined ? titlesOf(entry) : sweepsOf(entry.loaded.value).map((it) => it.title);

const propertiesOf = ({ loaded }: Entry): readonly string[] =>
  loaded.value.list.flatMap(({ tree }) =>
    tree.declarations.flatMap((it) =>
      it.kind === "invariant" ||
      it.kind === "never" ||
      it.kind === "reachable" ||
      it.kind === "recoverable"
        ? [it.name.text]
        : [],
    ),
  );

/**
 * Of the `--set` words those that are about constants of the file. The others are for other files of the run,
 * and who reads a trace of this one alone would find no meaning in them.
 */
export const ownWords = ({ loaded }: Entry, set: CheckOptions["set"]): CheckOptions["set"] => {
  const constants = loaded.value.list.flatMap(({ tree }) =>
    tree.declarations.flatMap((it) => (it.kind === "const" ? [it.name.text] : [])),
  );
  return set.filter((word) => constants.includes(/^\s*(\w+)/.exec(word)?.[1] ?? ""));
};

/** A file that was found in a folder, checks nothing, and is imported by another file that was given. */
const isLibrary = (
  entry: Entry,
  input: Input,
  entries: readonly Entry[],
  { place }: Library,
): boolean =>
  !input.isNamed &&
  titlesOf(entry).length === 0 &&
  entries.some(
    (it) =>
      it !== entry && it.loaded.value.list.some(({ file }) => place(file) === place(entry.file)),
  );

/** `--check` and `--only` must name something in some file; files where they name nothing are left out. */
const narrow = (
  entries: readonly Entry[],
  options: CheckOptions,
  places: CommandLineText,
): E.Either<Diagnostic, readonly Entry[]> => {
  const { check: patterns = [], only, sweeps } = options;
  const isWanted = matchesAny(patterns);
  const known = [...new Set([...entries.flatMap(propertiesOf), "deadlock"])];
  const unknown = only.findIndex((it) => !known.includes(it));
  const unknownPlace = places.only[unknown];
  if (unknownPlace !== undefined) {
    return E.left(noSuchProperty(unknownPlace, { name: only[unknown] ?? "", names: known }));
  }
  const isNarrowed = patterns.length > 0 || sweeps !== undefined;
  const named = entries.filter((it) => !isNarrowed || askedOf(it, options).some(isWanted));
  if (isNarrowed && entries.length > 0) {
    const titles = entries.flatMap((it) => askedOf(it, options));
    const asked = patterns.length > 0 ? patterns : ["*"];
    const nothing = asked.findIndex((it) => !titles.some(matches(it)));
    const place = places.check[nothing];
    if (place !== undefined) {
      return E.left(noSuchCheck(place, { pattern: asked[nothing] ?? "*", titles }));
    }
  }
  return E.right(
    named.filter(
      (it) =>
        only.length === 0 ||
        only.includes("deadlock") ||
        propertiesOf(it).some((name) => only.includes(name)),
    ),
  );
};

/** `--set` must name a constant of some file; a file that is damaged may have had it. */
const strangers = (
  entries: readonly Entry[],
  { overrides }: CommandLineText,
): readonly Diagnostic[] =>
  entries.length === 0 || entries.some((it) => it.loaded.diagnostics.some(isError))
    ? []
    : unknownToAll(
        entries.map((it) => it.loaded.value),
        overrides,
      );

const requestOf = (
  options: CheckOptions,
  commandLine: readonly Override[],
): Prepared["request"] => ({
  commandLine,
  only: options.only,
  isWanted: matchesAny(options.check),
  ...(options.sweeps === undefined ? {} : { sweepsAlone: true }),
});

/** Many files import the same ones: each is parsed once. */
const parsingOnce = (): typeof parse => {
  const known = new Map<
    string,
    { readonly text: string; readonly parsed: ReturnType<typeof parse> }
  >();
  return (file, text) => {
    const before = known.get(file);
    if (before?.text === text) return before.parsed;
    const parsed = parse(file, text);
    known.set(file, { text, parsed });
    return parsed;
  };
};

const loadEntry = (path: string, texts: Library, parsed: typeof parse): Checked<Modules> => {
  const loaded = load(path, texts.read, parsed);
  const { declarations } = loaded.value.entry;
  if (declarations.length > 0 || loaded.diagnostics.length > 0) return loaded;
  return { ...loaded, diagnostics: [emptyInput({ file: path, start: 0, end: 0 }, {})] };
};

/** A first word that is no file may be a command that was misspelt. */
const meant = (it: Diagnostic, { inputs }: CheckOptions): Diagnostic => {
  const [first = ""] = inputs;
  const command = it.span.file === first ? nearestName(first, commandWords) : undefined;
  return command === undefined ? it : { ...it, help: `did you mean the command \`${command}\`?` };
};

/** Reads and loads everything that the options name. */
export const prepare = (
  options: CheckOptions,
  folder: string,
  texts: Library,
): E.Either<Refusal, Prepared> => {
  const refuse = (diagnostics: readonly Diagnostic[]): E.Either<Refusal, Prepared> =>
    E.left({ outcome: "usage", diagnostics, texts: texts.texts });
  const words = readCommandLine(options, texts);
  if (words.diagnostics.length > 0) return refuse(words.diagnostics);
  const { inputs, problems } = expandInputs(options.inputs, folder);
  const opened = inputs.map((input) => ({ input, text: texts.open(input.path) }));
  const parsed = parsingOnce();
  const loaded = opened.flatMap(({ input, text }) =>
    E.isLeft(text)
      ? []
      : [{ input, entry: { file: input.path, loaded: loadEntry(input.path, texts, parsed) } }],
  );
  const all = loaded.map((it) => it.entry);
  const isEntry = loaded.filter(({ entry, input }) => !isLibrary(entry, input, all, texts));
  const entries = narrow(
    isEntry.map((it) => it.entry),
    options,
    words,
  );
  if (E.isLeft(entries)) return refuse([entries.left]);
  const unreadable = [
    ...problems.map((it): Unreadable => {
      return {
        file: it.span.file,
        outcome: "missing-input",
        diagnostic: meant(it, options),
      };
    }),
    ...opened.flatMap(({ input, text }) =>
      E.isLeft(text) ? [problemAt(input.path, text.left)] : [],
    ),
  ];
  // A file that cannot be read may have the constant.
  const unknown = unreadable.length > 0 ? [] : strangers(entries.right, words);
  if (unknown.length > 0) return refuse(unknown);
  return E.right({
    entries: entries.right,
    libraries: all.filter((it) => !isEntry.some(({ entry }) => entry === it)).map((it) => it.file),
    unreadable,
    request: requestOf(options, words.overrides),
  });
};

/** What a file says, once for all files that import it. */
const essences = new WeakMap<SourceTree, string>();

const essenceOf = (tree: SourceTree): string => {
  const text = essences.get(tree) ?? essence(tree);
  essences.set(tree, text);
  return text;
};

const digests = new WeakMap<Modules, string>();

/** Names what the specification says, whatever its layout; absent while it does not parse. */
export const digestOf = ({ loaded }: Entry): string | undefined => {
  const known = digests.get(loaded.value);
  if (known !== undefined) return known;
  const sound: E.Either<Diagnostics, Modules> = gate(loaded);
  if (E.isLeft(sound)) return undefined;
  const hash = createHash("sha256");
  for (const { tree } of sound.right.list) hash.update(essenceOf(tree)).update("\n");
  const digest = `sha256:${hash.digest("hex")}`;
  digests.set(loaded.value, digest);
  return digest;
};
