// Runs every example of the language reference: its first line says what must be found.

import { describe, expect, test } from "vitest";
import {
  concernsOf,
  errorsOf,
  expectationOf,
  proveText,
  readRepository,
  withFirstLineChecked,
} from "./run-text.ts";

const page = readRepository("docs/language.md");

const examples = [...page.matchAll(/^( *)```tw\n([\s\S]*?)^ *```$/gm)].map(
  ({ index, 2: text = "" }) => ({
    line: page.slice(0, index).split("\n").length + 1,
    text,
    isRejected: /^TW\d{4} at /.test(expectationOf(text)),
  }),
);

const file = "docs/example.tw";

describe("docs/language.md", () => {
  test("has examples", () => {
    expect(examples.length).toBeGreaterThan(25);
  });

  test.each(examples.filter((it) => !it.isRejected))(
    "the model in line $line behaves as it says",
    async ({ text }) => {
      expect(concernsOf(await proveText(file, withFirstLineChecked(text)))).toEqual([]);
    },
  );

  test.each(examples.filter((it) => it.isRejected))(
    "the text in line $line is answered as it says",
    ({ text }) => {
      expect(errorsOf(file, text)).toBe(expectationOf(text));
    },
  );
});
