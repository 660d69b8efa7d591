// With reductions the specification and the stacks show the same, after as many steps.

import { describe, expect, test } from "vitest";
import { type ReductionName, reductionNames } from "../reduce/index.ts";
import { proveText, readRepository } from "./run-text.ts";

/** Checks that are searched twice per file, and how many states they have at most with reductions. */
const perFile = 5;
const mostStates = 2500;

interface Small {
  readonly file: string;
  readonly titles: readonly string[];
}

/** Small checks of every file that the lock of a folder knows, from all over the file. */
const smallChecks = (folder: string): readonly Small[] => {
  const byFile = new Map<string, string[]>();
  for (const section of readRepository(`${folder}/check.lock`).split("\n\n")) {
    const named = /^\["([^"]+)"\."(.*)"\]$/m.exec(section);
    const states = /^states = (\d+)$/m.exec(section);
    if (named === null || states === null || Number(states[1]) > mostStates) continue;
    const [, file = "", title = ""] = named;
    byFile.set(file, [...(byFile.get(file) ?? []), title]);
  }
  return [...byFile].map(([file, titles]) => {
    const every = Math.max(1, Math.ceil(titles.length / perFile));
    return { file: `${folder}/${file}`, titles: titles.filter((_, at) => at % every === 0) };
  });
};

const found = async ({ file, titles }: Small, reductions: readonly ReductionName[]) => {
  const { obligations } = await proveText(
    file,
    readRepository(file),
    (title) => titles.includes(title),
    { reductions, warn: () => undefined },
  );
  return obligations.map((it) => ({
    title: it.title,
    reductions: it.kind === "check" ? (it.search?.reductions ?? []) : [],
    errors: it.kind === "check" ? it.search?.judgement.errors.map(({ steps }) => steps) : [],
    properties:
      it.kind === "check"
        ? it.search?.judgement.properties.map(({ name, instance, verdict }) => ({
            name,
            instance,
            kind: verdict.kind,
            steps: "steps" in verdict ? verdict.steps : undefined,
          }))
        : [],
  }));
};

const small = ["spec", "models"].flatMap(smallChecks);

describe("reductions change no verdict and no length", () => {
  test("in files of both folders", () => {
    expect(small.length).toBeGreaterThan(12);
    expect(small.some(({ file }) => file.startsWith("spec/"))).toBe(true);
  });

  test.each(small.map((it) => [it.file, it] as const))("of %s", async (_, it) => {
    const plain = await found(it, []);
    const reduced = await found(it, reductionNames);
    expect(new Set(plain.map(({ title }) => title))).toEqual(new Set(it.titles));
    expect(plain.every(({ reductions }) => reductions.length === 0)).toBe(true);
    expect(reduced.some(({ reductions }) => reductions.length > 0)).toBe(true);
    expect(reduced.map((one) => ({ ...one, reductions: [] }))).toEqual(plain);
  });
});
