// The definitions of diagnostics: each code once, each example answered with its code, one generated page.

import { describe, expect, test } from "vitest";
import { definitions } from "../cli/definitions.ts";
import { answersTo, exampleAnswer } from "../cli/example-answer.ts";
import { handbook, plain } from "../report/index.ts";

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
      expect((await answersTo(example)).map((it) => it.code)).toContain(code);
    },
  );

  test("make the page docs/diagnostics.md", async () => {
    const look = { paint: plain, columns: 100 };
    const answers = new Map<string, string>();
    for (const it of definitions) {
      const answer = await exampleAnswer(it, look);
      if (answer !== undefined) answers.set(it.code, answer);
    }
    const page = handbook(definitions, ({ code }) => answers.get(code));
    await expect(page).toMatchFileSnapshot("../../docs/diagnostics.md");
  });
});
