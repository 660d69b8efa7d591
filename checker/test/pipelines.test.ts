// The pipelines that the documents and hooks show: they are YAML, and every `check` line in them is understood.

import { describe, expect, test } from "vitest";
import * as E from "fp-ts/lib/Either.js";
import { parse } from "yaml";
import { parseCommandLine } from "../cli/command-line.ts";
import { commandWords } from "../cli/command-words.ts";
import { readRepository } from "./run-text.ts";

const pages = ["docs/ci.md", "docs/scale.md"];

const blocks = (page: string, language: string): readonly string[] =>
  [
    ...readRepository(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm")),
  ].map(([, text = ""]) => text);

/** Every text in a tree; a list of words that begins with `npx` is a command of its own. */
const textsIn = (tree: unknown): readonly string[] => {
  if (typeof tree === "string") return tree.split("\n");
  if (typeof tree !== "object" || tree === null) return [];
  const parts: readonly unknown[] = Object.values(tree);
  return parts[0] === "npx" ? [parts.join(" ")] : parts.flatMap(textsIn);
};

/** The words after `npx check`; shell and workflow variables are a number, comments are left out. */
const checkLines = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => {
    const [, words] = /^\s*(?:exec )?npx check (.*)$/.exec(line) ?? [];
    if (words === undefined) return [];
    const plain = words
      .replace(/ +(?:#|\|\| ).*$/, "")
      .replaceAll(/\$\{\{[^}]*\}\}/g, "1")
      .replaceAll('"$@"', "models")
      .replaceAll(/\$[A-Z_]+/g, "4");
    return [plain.replaceAll('"', "")];
  });

/** A first word that is no command is a file or a folder: then it has to look like one. */
const isKnown = (word: string): boolean =>
  commandWords.some((it) => it === word) || /[./]|^-/.test(word) || word === "models";

const understood = (line: string): string => {
  if (!isKnown(line.split(" ")[0] ?? "")) return `${line}: no such command`;
  const command = parseCommandLine(line.split(" "), "0");
  return E.isLeft(command) ? `${line}: ${command.left.message}` : "understood";
};

describe.each(pages)("%s", (page) => {
  const documents = blocks(page, "yaml").map((text): unknown => parse(text));
  const lines = [
    ...checkLines(blocks(page, "sh").flatMap((it) => it.split("\n"))),
    ...checkLines(documents.flatMap(textsIn)),
  ];

  test("shows pipelines that are YAML, with lines of `check`", () => {
    expect(documents.length).toBeGreaterThan(1);
    expect(documents.filter((it) => typeof it !== "object" || it === null)).toEqual([]);
    expect(checkLines(documents.flatMap(textsIn)).length).toBeGreaterThan(2);
    expect(lines.length).toBeGreaterThan(8);
  });

  test.each(lines)("`check %s` has options that exist", (line) => {
    expect(understood(line)).toBe("understood");
  });
});

test("an option that does not exist would be found", () => {
  const [line = ""] = checkLines(["      npx check models --lokc f # a comment"]);
  expect(understood(line)).toContain("--lokc");
  expect(understood("mutat models/a.tw")).toContain("no such command");
});

describe(".pre-commit-hooks.yaml", () => {
  const hooks = parse(readRepository(".pre-commit-hooks.yaml")) as readonly {
    readonly id: string;
    readonly entry: string;
    readonly args?: readonly string[];
    readonly files: string;
    readonly pass_filenames?: boolean;
  }[];

  test.each(hooks.map((it) => [it.id, it] as const))("%s is understood", (_, hook) => {
    const [, ...words] = [...hook.entry.split(" "), ...(hook.args ?? []), "models/a.tw"];
    expect(understood(words.join(" "))).toBe("understood");
    expect("models/a.tw").toMatch(new RegExp(hook.files));
  });

  test("the proof looks at all models, for the changed file may be one that others import", () => {
    const proof = hooks.find((it) => it.id === "check");
    expect([proof?.pass_filenames, proof?.args]).toEqual([false, ["."]]);
  });

  test("are those that docs/ci.md names", () => {
    const page = readRepository("docs/ci.md");
    const named = [...page.matchAll(/- id: (\S+)/g)].map(([, id = ""]) => id);
    expect(new Set(named)).toEqual(new Set(hooks.map((it) => it.id)));
  });
});

test("docs/scale.md shows the array script that is there", () => {
  expect(readRepository("docs/scale.md")).toContain(
    readRepository("bench/slurm/shards.sbatch").trimEnd(),
  );
});
