// Loads a file and all it imports into one ordered list: from trees of `syntax` to whole programs.

import * as E from "fp-ts/lib/Either.js";

import type { Checked, Diagnostic, Span } from "../source/index.ts";
import type { CheckDeclaration, SourceTree, SweepDeclaration } from "../syntax/index.ts";
import { importCycle, unreadableImport } from "./names-diagnostics.ts";

/** One file of a program. */
export interface Module {
  readonly file: string;
  readonly tree: SourceTree;
  /** Files that it imports, as resolved. */
  readonly imports: readonly string[];
  /** How many imports lie between the entry and this file, on the shortest way. */
  readonly distance: number;
}

/** All files of a program: imports before importers, each once, the entry last. */
export interface Modules {
  readonly list: readonly Module[];
  readonly entry: SourceTree;
  /** False when an import is missing: then a name may be unknown for that reason alone. */
  readonly isComplete: boolean;
  /** Places of syntax errors: what is found wrong right beside one is its echo. */
  readonly syntaxErrors: readonly Span[];
}

/** Why a file cannot be read, as the end of a sentence: "there is no such file". */
export interface ReadFailure {
  readonly reason: string;
}

export type Read = (path: string) => E.Either<ReadFailure, string>;

export type Parse = (file: string, text: string) => Checked<SourceTree>;

const packagePrefix = "timewait:";

/** The path of an import as seen from the importing file. */
export const resolveImport = (importer: string, path: string): string => {
  if (path.startsWith(packagePrefix)) return path;
  const isPackaged = importer.startsWith(packagePrefix);
  const from = isPackaged ? importer.slice(packagePrefix.length) : importer;
  const folder = path.startsWith("/") ? "" : from.slice(0, from.lastIndexOf("/") + 1);
  return (isPackaged ? packagePrefix : "") + normalize(folder + path);
};

const normalize = (path: string): string => {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "." && (part !== "" || parts.length === 0)) parts.push(part);
  }
  return parts.join("/");
};

interface Loading {
  readonly read: Read;
  readonly parse: Parse;
  readonly trees: Map<string, { readonly tree: SourceTree; readonly imports: readonly string[] }>;
  readonly diagnostics: Diagnostic[];
  readonly syntaxErrors: Span[];
  isComplete: boolean;
}

/** Reads the entry and what it imports; `read` also gets `timewait:` paths as they are. */
export const loadModules = (entry: string, read: Read, parse: Parse): Checked<Modules> => {
  const loading: Loading = {
    read,
    parse,
    trees: new Map(),
    diagnostics: [],
    syntaxErrors: [],
    isComplete: true,
  };
  load(loading, entry, [], { file: entry, start: 0, end: 0 }, entry);
  const distances = distancesFrom(entry, loading);
  const list = [...loading.trees].map(([file, { tree, imports }]) => ({
    file,
    tree,
    imports,
    distance: distances.get(file) ?? 0,
  }));
  const tree = loading.trees.get(entry)?.tree ?? { file: entry, declarations: [], comments: [] };
  const { isComplete, syntaxErrors, diagnostics } = loading;
  return { value: { list, entry: tree, isComplete, syntaxErrors }, diagnostics };
};

const load = (
  loading: Loading,
  file: string,
  importers: readonly string[],
  place: Span,
  path: string,
): boolean => {
  if (importers.includes(file)) {
    const cycle = [...importers.slice(importers.indexOf(file)), file];
    loading.diagnostics.push(importCycle(place, { cycle }));
    return false;
  }
  if (loading.trees.has(file)) return true;
  const text = loading.read(file);
  if (E.isLeft(text)) {
    loading.diagnostics.push(unreadableImport(place, { path, reason: text.left.reason }));
    loading.isComplete = false;
    return false;
  }
  const parsed = loading.parse(file, text.right);
  loading.diagnostics.push(...parsed.diagnostics);
  for (const { severity, span } of parsed.diagnostics) {
    if (severity === "error") loading.syntaxErrors.push(span);
  }
  const imports: string[] = [];
  for (const it of parsed.value.declarations) {
    if (it.kind !== "import" || it.path === "") continue;
    const target = resolveImport(file, it.path);
    if (load(loading, target, [...importers, file], it.pathSpan, it.path)) imports.push(target);
  }
  loading.trees.set(file, { tree: parsed.value, imports });
  return true;
};

const distancesFrom = (entry: string, loading: Loading): ReadonlyMap<string, number> => {
  const distances = new Map([[entry, 0]]);
  for (const [file, distance] of distances) {
    for (const target of loading.trees.get(file)?.imports ?? []) {
      if (!distances.has(target)) distances.set(target, distance + 1);
    }
  }
  return distances;
};

/** The checks of the entry: those of imported files are theirs alone. */
export const checksOf = (modules: Modules): readonly CheckDeclaration[] =>
  modules.entry.declarations.filter((it) => it.kind === "check");

/** The sweeps of the entry. */
export const sweepsOf = (modules: Modules): readonly SweepDeclaration[] =>
  modules.entry.declarations.filter((it) => it.kind === "sweep");
