// Runs the textbook models, whose figures others have published, and holds the table of `models/README.md` to them.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { concernsOf, obligationsOf, proveText, readRepository, repository } from "./run-text.ts";

const folder = "models/classics";

const names: readonly string[] = readdirSync(join(repository, folder))
  .filter((it) => it.endsWith(".tw"))
  .toSorted();

const obligations = names.flatMap((name) => {
  const file = `${folder}/${name}`;
  return obligationsOf(file, readRepository(file)).map((it) => ({ name, file, ...it }));
});

describe("models/classics", () => {
  test.each(obligations)("$name, $title: $expectation", async ({ file, title }) => {
    const result = await proveText(file, readRepository(file), (it) => it === title);
    expect(concernsOf(result)).toEqual([]);
  });
});

describe("models/README.md", () => {
  test("lists every check with its expectation", () => {
    let model = "";
    const rows = (readRepository("models/README.md").split("\n## Textbook models\n")[1] ?? "")
      .split("\n")
      .filter((line) => line.startsWith("|"))
      .map((line) => line.split("|").map((it) => it.trim()))
      .filter(([, first = "-"]) => first === "" || first.startsWith("["))
      .map(([, first = "", title = "", expectation = ""]) => {
        const link = /\(classics\/(.+)\)/.exec(first)?.[1];
        model = link ?? model;
        return `${model}: ${title}: ${expectation}`;
      });
    expect(rows).toEqual(
      obligations.map(({ name, title, expectation }) => `${name}: ${title}: ${expectation}`),
    );
  });
});
