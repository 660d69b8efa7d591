// Which overrides apply to which constant, weakest first: command line, check block, `set`,
// default.

import type { Diagnostic, Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { equalRank, setAtHome, unknownConstant } from "./configuration-diagnostics.ts";
import type { Module, Modules } from "./modules.ts";
import { collectGlobals } from "./globals.ts";
import { nearestName } from "./nearest-name.ts";
import { describe } from "./scope.ts";
import type { Global, Session } from "./session.ts";
import type { ConstantSymbol } from "./typed-program.ts";

export interface Layer {
  readonly override: ast.Override;
  readonly source: Exclude<ConstantSymbol["source"], "default">;
}

export type Overriding = Pick<Session, "globals" | "modules" | "configuration" | "report">;

/** The overrides of each constant in the order in which they are applied: the last one wins. */
export const layersOf = (session: Overriding): ReadonlyMap<string, readonly Layer[]> => {
  const layers = new Map<string, Layer[]>();
  const add = (override: ast.Override, source: Layer["source"]): void => {
    if (!isConstant(session, override.name)) return;
    const { text } = override.name;
    layers.set(text, [...(layers.get(text) ?? []), { override, source }]);
  };
  for (const override of winningSets(session)) add(override, "set");
  for (const override of session.configuration.overrides) add(override, "check");
  for (const override of session.configuration.commandLine) add(override, "command-line");
  return layers;
};

/** Whether an override names a constant; reports when it does not. */
export const isConstant = (
  session: Pick<Session, "globals" | "modules" | "report">,
  name: ast.Name,
): boolean => {
  const global = session.globals.get(name.text);
  if (global?.kind === "const") return true;
  if (name.text === "" || (global === undefined && !session.modules.isComplete)) return false;
  session.report(noConstant(name, global, [...session.globals.values()]));
  return false;
};

/** `global`: what else has the name; `all`: among them, constants that may be meant. */
const noConstant = (
  { text, span }: ast.Name,
  global: Global | undefined,
  all: readonly Global[],
): Diagnostic => {
  const found = global && describe({ kind: "global", global });
  const constants = all.filter((it) => it.kind === "const").map(({ declared }) => declared.text);
  const nearest = global === undefined ? nearestName(text, constants) : undefined;
  return unknownConstant(span, { name: text, nearest, found });
};

/**
 * What is wrong with overrides of a command line that are constants of none of its programs. One that has no
 * such constant is as it was written: the override is for the others.
 */
export const unknownToAll = (
  programs: readonly Modules[],
  commandLine: readonly ast.Override[],
): readonly Diagnostic[] => {
  if (commandLine.length === 0) return [];
  const all = programs.map((it) => collectGlobals(it, () => undefined));
  return commandLine.flatMap(({ name }) => {
    const named = all.flatMap((it) => it.get(name.text) ?? []);
    return named.some((it) => it.kind === "const")
      ? []
      : [
          noConstant(
            name,
            named[0],
            all.flatMap((it) => [...it.values()]),
          ),
        ];
  });
};

interface Setting {
  readonly override: ast.Override;
  readonly module: Module;
}

/** The `set` declarations that count, farthest from the entry first. */
const winningSets = (session: Overriding): readonly ast.Override[] => {
  const settings = session.modules.list.flatMap((module) =>
    module.tree.declarations.flatMap((it): readonly Setting[] =>
      it.kind === "set" ? [{ override: it.override, module }] : [],
    ),
  );
  const valid = settings.filter((it) => isImported(session, it));
  reportEqualRanks(session, valid);
  // Within a file, `set X` stands under `set X[A]` wherever it is written.
  return valid
    .toSorted(
      (a, b) =>
        b.module.distance - a.module.distance ||
        Number(a.override.index !== undefined) - Number(b.override.index !== undefined),
    )
    .map(({ override }) => override);
};

const isImported = (session: Overriding, { override, module }: Setting): boolean => {
  const { name } = override;
  const global = session.globals.get(name.text);
  if (global?.kind !== "const") return true;
  if (importsOf(session.modules, module).has(global.file)) return true;
  session.report(setAtHome(name.span, { name: name.text, declared: global.declared.span }));
  return false;
};

const importsOf = (modules: Modules, module: Module): ReadonlySet<string> => {
  const reached = new Set(module.imports);
  for (const file of reached) {
    for (const it of modules.list.find((other) => other.file === file)?.imports ?? []) {
      reached.add(it);
    }
  }
  return reached;
};

/** Only sets that no nearer one hides can contradict each other. */
const reportEqualRanks = (session: Overriding, settings: readonly Setting[]): void => {
  for (const [position, setting] of settings.entries()) {
    const isSame = (other: Setting): boolean =>
      targetKey(other.override) === targetKey(setting.override);
    const nearest = Math.min(...settings.filter(isSame).map(({ module }) => module.distance));
    if (setting.module.distance !== nearest) continue;
    const first = settings
      .slice(0, position)
      .find((other) => isSame(other) && other.module.distance === nearest);
    if (first === undefined) continue;
    const { name } = setting.override;
    session.report(equalRank(name.span, { name: name.text, first: first.override.name.span }));
  }
};

/** What an override changes: a constant, or one element of it. */
export const targetKey = ({ name, index }: ast.Override): string =>
  index === undefined ? name.text : `${name.text}[${keyOf(index)}]`;

const keyOf = (index: ast.Expression): string => {
  if (index.kind === "name") return index.name;
  if (index.kind === "integer" || index.kind === "boolean") return String(index.value);
  return spanKey(index.span);
};

const spanKey = ({ file, start }: Span): string => `${file}:${start}`;
