// The pipelines that the documents and hooks show: they are YAML, and every `check` line in them is understood.

import { describe, expect, test } from "vitest";
import * as E from "fp-ts/lib/Either.js";
import { parse } from "yaml";
import { parseCommandLine } from "../cli/command-line.ts";
import { commandWords } from "../cli/command-words.ts";
import configuration from "../../vitest.config.ts";
import { workshop } from "./program.ts";
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

  /** What pre-commit runs when these files were changed. */
  const wordsOf = (hook: (typeof hooks)[number], changed: readonly string[]): readonly string[] => {
    const [, ...words] = [...hook.entry.split(" "), ...(hook.args ?? [])];
    return hook.pass_filenames === false ? words : [...words, ...changed];
  };

  test.each(hooks.map((it) => [it.id, it] as const))("%s is understood", (_, hook) => {
    expect(understood(wordsOf(hook, ["models/a.tw"]).join(" "))).toBe("understood");
    expect("models/a.tw").toMatch(new RegExp(hook.files));
  });

  test("sees that a library was broken, which only the files that import it show", () => {
    const shop = workshop({
      "models/library.tw": "var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : true\n",
      "models/user.tw": 'import "library.tw"\ninvariant low : n < 3\ncheck "it" expect holds\n',
    });
    const hook = hooks.find(({ id }) => id === "check");
    const words = hook === undefined ? [] : wordsOf(hook, ["models/library.tw"]);
    const { code } = shop.check(words);
    shop.close();
    expect(code).toBe(12);
  });

  test("are those that docs/ci.md names", () => {
    const page = readRepository("docs/ci.md");
    const named = [...page.matchAll(/- id: (\S+)/g)].map(([, id = ""]) => id);
    expect(new Set(named)).toEqual(new Set(hooks.map((it) => it.id)));
  });
});

/** What a line does, whatever its words say about how: `check models`, `check mutate`. */
const deedOf = (line: string): string => line.split(" ")[0] ?? "";

test("the pipelines of docs/ci.md do all that its five lines do", () => {
  const page = "docs/ci.md";
  const lines = blocks(page, "sh").find((it) => it.startsWith("npm ci\n")) ?? "";
  const steps = checkLines(lines.split("\n"));
  expect(steps.map(deedOf)).toEqual(["models", "format", "mutate", "refresh"]);
  const pipelines = blocks(page, "yaml").map((text) => checkLines(textsIn(parse(text))));
  const whole = pipelines.filter((it) => it.length > 1);
  expect(whole).toHaveLength(2);
  for (const pipeline of whole) {
    expect(pipeline.map(deedOf)).toEqual(steps.map(deedOf));
    expect(pipeline[0]).toContain("--coverage-html");
  }
});

test("docs/ci.md uploads no SARIF of a run that did not judge everything", () => {
  const page = readRepository("docs/ci.md");
  const asked = /run: (echo "whole=.*)/.exec(page)?.[1] ?? "";
  expect(asked).toContain("jq '.runs[0].invocations[0].executionSuccessful' check.sarif");
  const upload = /upload-sarif[^]*?if: (.*)/.exec(page)?.[1];
  expect(upload).toBe("${{ !cancelled() && steps.report.outputs.whole == 'true' }}");
});

test("a golden file or a lock that is gone is not written anew, but by who asks for it", () => {
  expect(configuration.test?.update).toBe("none");
});

test("docs/scale.md shows the array script that is there", () => {
  expect(readRepository("docs/scale.md")).toContain(
    readRepository("bench/slurm/shards.sbatch").trimEnd(),
  );
});
