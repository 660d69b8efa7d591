// Holds the layer table and the limits of size: any other import, or a file that grew too long, fails here.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

/*
 * Left to right; a layer may import the doors of layers to its left.
 *
 *   source     texts, places, diagnostics        text
 *   syntax     the parser and the formatter      -> syntax
 *   semantics  names, types, constants           -> semantics
 *   core       elaboration                       -> core
 *   machine    packed states, the step contract  -> machine
 *   reduce     which states are alike: a core with fewer of them
 *   interpret  the reference meaning
 *   code       generated code as data, and its printers; knows nothing of what it is for
 *   compile    a core as generated code; does not know interpret
 *   engine     the inner loop of the search, as generated code
 *   translate  the core as input of other checkers
 *   explore    the search; knows machine and engine (and the types of core)
 *   trace      paths as people read them
 *   prove      checks and sweeps against what they expect
 *   mutate     mistakes made on purpose, and which checks notice them
 *   export     traces as files that are kept, and whatever they can be made into
 *   replay     traces against what model, kernel or another TCP make of them
 *   report     results as text and JSON
 *   pipeline   the whole tool on one page
 *   cli        words, files, signals
 */
const layers = [
  "source",
  "syntax",
  "semantics",
  "core",
  "machine",
  "reduce",
  "interpret",
  "code",
  "compile",
  "engine",
  "translate",
  "explore",
  "trace",
  "prove",
  "mutate",
  "export",
  "replay",
  "report",
  "pipeline",
  "cli",
] as const;

type Layer = (typeof layers)[number];

const leftOf = (layer: Layer): readonly string[] => layers.slice(0, layers.indexOf(layer));

/** Where a layer may import less than everything to its left. */
const narrower: Partial<Record<Layer, readonly string[]>> = {
  reduce: ["core", "machine"],
  compile: leftOf("compile").filter((it) => it !== "interpret"),
  code: [],
  engine: ["core", "machine", "code", "compile"],
  translate: ["source", "core", "machine"],
  explore: ["source", "core", "machine", "compile", "engine"],
};

/** Packages and the only layers that may know them. */
const owners: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^chevrotain$/, ["syntax"]],
  [/^commander$/, ["cli"]],
  [/^jsonc-parser$/, ["export"]],
  [/^node:/, ["cli"]],
  [/^fp-ts\//, layers],
  [/^ts-pattern$/, layers],
];

interface SourceFile {
  /** Relative to `checker/`, with `/`. */
  readonly path: string;
  readonly layer: string;
  readonly isTest: boolean;
  readonly text: string;
}

const files: readonly SourceFile[] = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((it) => it.split(sep).join("/"))
  .filter((it) => it.endsWith(".ts"))
  .map((path) => ({
    path,
    layer: path.includes("/") ? (path.split("/")[0] ?? "") : path.replace(/\.ts$/, ""),
    text: readFileSync(join(root, path), "utf8"),
  }))
  .map((it) => ({ ...it, isTest: isTest(it) }))
  .toSorted((left, right) => (left.path < right.path ? -1 : 1));

const program = files.filter((it) => !it.isTest);

interface Import {
  readonly from: SourceFile;
  readonly specifier: string;
  readonly isTypeOnly: boolean;
}

const importsOf = (from: SourceFile): readonly Import[] => {
  const declared = from.text.matchAll(
    /^(?:import|export)\s+(type\s+)?(?:[\w\s*{},$]+?\s+from\s+)?"([^"]+)";/gm,
  );
  const lazy = from.text.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g);
  return [
    ...[...declared].map(([, type, specifier = ""]) => ({
      from,
      specifier,
      isTypeOnly: type !== undefined,
    })),
    ...[...lazy].map(([, specifier = ""]) => ({ from, specifier, isTypeOnly: false })),
  ];
};

const imports = program.flatMap(importsOf);

/** The layer and file that a relative import leads to. */
const target = ({ from, specifier }: Import): { readonly layer: string; readonly path: string } => {
  const path = relative(root, join(root, dirname(from.path), specifier))
    .split(sep)
    .join("/");
  return {
    path,
    layer: path.includes("/") ? (path.split("/")[0] ?? "") : path.replace(/\.ts$/, ""),
  };
};

const isRelative = (it: Import): boolean => it.specifier.startsWith(".");

const codeLines = (text: string): number =>
  text
    .replaceAll(/\/\*.*?\*\//gs, "")
    .split("\n")
    .filter((it) => it.trim() !== "" && !it.trim().startsWith("//")).length;

describe("the layers", () => {
  test("every folder is a layer", () => {
    expect([...new Set(program.map((it) => it.layer))].filter((it) => !isLayer(it))).toEqual([]);
  });

  test("imports lead to the left", () => {
    const wrong = imports.filter(isRelative).filter((it) => {
      const { layer } = target(it);
      if (layer === it.from.layer || !isLayer(it.from.layer)) return false;
      const allowed = narrower[it.from.layer] ?? leftOf(it.from.layer);
      return !allowed.includes(layer);
    });
    expect(wrong.map(show)).toEqual([]);
  });

  test("imports of another layer lead through its door", () => {
    const wrong = imports.filter(isRelative).filter((it) => {
      const { layer, path } = target(it);
      return layer !== it.from.layer && path !== `${layer}/index.ts` && path !== "pipeline.ts";
    });
    expect(wrong.map(show)).toEqual([]);
  });

  test("exploration knows only the types of core", () => {
    const wrong = imports.filter(
      (it) => it.from.layer === "explore" && target(it).layer === "core" && !it.isTypeOnly,
    );
    expect(wrong.map(show)).toEqual([]);
  });

  test("packages are known only where they belong", () => {
    const wrong = imports
      .filter((it) => !isRelative(it))
      .filter(
        (it) =>
          !owners.some(([name, where]) => name.test(it.specifier) && where.includes(it.from.layer)),
      );
    expect(wrong.map(show)).toEqual([]);
  });

  test("every layer has a door of at most 30 lines", () => {
    const doors = layers
      .filter((it) => it !== "pipeline" && it !== "cli")
      .filter((it) => program.some(({ layer }) => layer === it))
      .map((layer) => {
        const door = files.find((it) => it.path === `${layer}/index.ts`);
        return { layer, lines: door?.text.split("\n").length ?? Number.NaN };
      });
    expect(doors.filter((it) => !(it.lines <= 31))).toEqual([]);
  });
});

describe("the files", () => {
  test("are named in kebab-case", () => {
    expect(files.filter((it) => !/^([a-z0-9]+[-/.])*ts$/.test(it.path)).map(path)).toEqual([]);
  });

  test("say in their first line what they are", () => {
    expect(program.filter((it) => !it.text.startsWith("// ")).map(path)).toEqual([]);
  });

  // The tree is one mutually recursive type: apart, its cases would be harder to find.
  const listings = ["syntax/ast.ts"];

  test("have at most 300 lines of code", () => {
    const long = program.filter((it) => codeLines(it.text) > 300 && !listings.includes(it.path));
    expect(long.map((it) => `${it.path}: ${codeLines(it.text)}`)).toEqual([]);
  });

  test("have lines of at most 100 columns, long texts apart", () => {
    const wide = program.flatMap((it) =>
      it.text
        .split("\n")
        // The formatter does not break comments and strings.
        .filter((line) => line.length > 100 && !/^\s*(\/\/|\*|\/\*|.*["'`])/.test(line))
        .map((line) => `${it.path}: ${line.trim()}`),
    );
    expect(wide).toEqual([]);
  });

  test("have no default exports, enums, or classes outside the parser", () => {
    const forbidden = /^(export default|(export )?(const )?enum |(export )?(abstract )?class )/m;
    const wrong = program.filter((it) => forbidden.test(it.text) && it.layer !== "syntax");
    expect(wrong.map(path)).toEqual([]);
  });

  test("are called neither utils nor helpers nor the like", () => {
    const vague = /(^|[/-])(utils?|helpers?|common|misc|manager|impl|part-\d)([.-]|$)/;
    expect(files.filter((it) => vague.test(it.path)).map(path)).toEqual([]);
  });
});

/** Tests, and what supports them, may import what they need and be as long as they need. */
function isTest({ path: name, text }: { readonly path: string; readonly text: string }): boolean {
  return (
    /^test\/|\/testing\/|\.test(-support)?\.ts$/.test(name) || text.startsWith("// Test support")
  );
}

function isLayer(name: string): name is Layer {
  return layers.some((it) => it === name);
}

function path(it: SourceFile): string {
  return it.path;
}

function show(it: Import): string {
  return `${it.from.path} imports ${it.specifier}`;
}
