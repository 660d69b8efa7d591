// The definitions of diagnostics: each code once, each example answered with its code, one generated page.

import * as E from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { definitions } from "../cli/definitions.ts";
import { emptyInput } from "../cli/input.ts";
import { load, plan, prove } from "../pipeline.ts";
import { handbook } from "../report/index.ts";

const file = "example.tw";

/** All codes that checking a text answers with. */
const answers = async (text: string): Promise<readonly string[]> => {
  const loaded = load(file, (path) =>
    path === file ? E.right(text) : E.left({ reason: "there is no such file" }),
  );
  const empty = loaded.value.entry.declarations.length === 0;
  const planned = plan(loaded, { commandLine: [], only: [], isWanted: () => true });
  const codes = [
    ...planned.diagnostics.map((it) => it.code),
    ...(empty ? [emptyInput.explanation.code] : []),
  ];
  if (planned.diagnostics.some((it) => it.severity === "error")) return codes;
  const result = await prove(planned.value, {
    now: () => 0,
    limits: () => ({}),
    rest: () => Promise.resolve("go-on"),
    breathe: () => Promise.resolve("go-on"),
    warn: () => undefined,
    onResult: () => undefined,
  });
  const concerns = result.obligations.flatMap((it) => it.concerns);
  const found = [...concerns.map((it) => it.diagnostic), ...result.findings];
  return [...codes, ...found.map((it) => it.code)];
};

describe("the diagnostics", () => {
  test("have codes of their own", () => {
    const codes = definitions.map((it) => it.code);
    expect(codes.filter((it, at) => codes.indexOf(it) !== at)).toEqual([]);
    expect(codes.filter((it) => !/^TW(0[1-79]|10)\d\d$/.test(it))).toEqual([]);
  });

  test("say in their text what the title means", () => {
    const short = definitions.filter((it) => it.text.length < 40 || !it.text.endsWith("."));
    expect(short.map((it) => it.code)).toEqual([]);
  });

  const examples = definitions.filter((it) => it.example !== undefined);

  test.each(examples.map((it) => [it.code, it.example ?? ""]))(
    "the example of %s is answered with it",
    async (code, example) => {
      expect(await answers(example)).toContain(code);
    },
  );

  test("make the page docs/diagnostics.md", async () => {
    await expect(handbook(definitions)).toMatchFileSnapshot("../../docs/diagnostics.md");
  });
});
