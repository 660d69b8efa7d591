// Runs the corpus: the first line of each file says what must be found.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  concernsOf,
  coreOf,
  errorsOf,
  essence,
  everySearch,
  expectationOf,
  figuresOf,
  formattedText,
  naiveFigures,
  proveText,
  readRepository,
  repository,
  withFirstLineChecked,
} from "./run-text.ts";

const corpus = "checker/test/corpus";

const filesIn = (folder: string): readonly { readonly name: string; readonly path: string }[] =>
  readdirSync(join(repository, corpus, folder))
    .filter((it) => it.endsWith(".tw"))
    .toSorted()
    .map((name) => ({ name, path: `${corpus}/${folder}/${name}` }));

describe("rejected texts", () => {
  test.each(filesIn("rejected"))("$name", ({ path }) => {
    const text = readRepository(path);
    expect(errorsOf(path, text)).toBe(expectationOf(text));
  });
});

describe.each(["holds", "violated"])("models in %s", (folder) => {
  test.each(filesIn(folder))("$name meets its first line and its checks", async ({ path }) => {
    expect(concernsOf(await proveText(path, withFirstLineChecked(readRepository(path))))).toEqual(
      [],
    );
  });

  test.each(filesIn(folder))("$name says what its folder says", ({ path }) => {
    const said = expectationOf(readRepository(path)).split(" ")[0] ?? "";
    expect(folder === "holds" ? ["holds"] : ["violated", "error"]).toContain(said);
  });

  test.each(filesIn(folder))("$name is the same to every way to search", async ({ path }) => {
    const core = coreOf(path, readRepository(path));
    const [reference, ...others] = await everySearch(core);
    for (const other of others) expect(essence(other)).toEqual(essence(reference));
    expect(figuresOf(reference)).toEqual(naiveFigures(core));
  });
});

describe("models", () => {
  const models = [
    ...["holds", "violated", "library"].flatMap(filesIn),
    ...readdirSync(join(repository, "models/classics"))
      .filter((it) => it.endsWith(".tw"))
      .map((name) => ({ name, path: `models/classics/${name}` })),
  ];

  test("are in the one layout", () => {
    const other = models.filter(({ path }) => {
      const text = readRepository(path);
      return formattedText(path, text) !== text;
    });
    expect(other.map((it) => it.path)).toEqual([]);
  });
});
