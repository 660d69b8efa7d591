// README is held to what the tool does: its model runs, its figures are those of the proof.

import { expect, test } from "vitest";
import { concernsOf, proveText, readRepository } from "./run-text.ts";

const readme = readRepository("README.md");

test("the model in README comes out as its check expects", async () => {
  const [, model = ""] = /^```tw\n([\s\S]*?)^```$/m.exec(readme) ?? [];
  expect(model).toContain("check ");
  expect(concernsOf(await proveText("README.tw", model))).toEqual([]);
});

test("the transcript in README has the figures of the proof", () => {
  const [figures = ""] = /[\d,]+ states, [\d,]+ transitions/.exec(readme) ?? [];
  expect(figures).not.toBe("");
  const proof = /^## The proof$[\s\S]*?^## /m.exec(readRepository("spec/README.md"))?.[0];
  expect(proof).toContain(figures);
});

test("what README links to is there", () => {
  const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target = ""]) => target);
  expect(links.length).toBeGreaterThan(4);
  for (const link of links) expect(readRepository(link)).not.toBe("");
});
