import { describe, expect, test } from "vitest";
import { semanticDefinitions } from "./index.ts";
import { checkFiles } from "./marked-program.ts";

describe("the example of every diagnostic", () => {
  const shown = semanticDefinitions.filter(({ example }) => example !== undefined);

  test.each(shown.map((it) => [it.code, it.example ?? ""]))(
    "%s is answered with it alone",
    (code, text) => {
      // Values out of range are found when the check that gives them is run.
      const { diagnostics } = checkFiles({ "main.tw": text }, { check: "c" });
      expect(diagnostics.map((it) => `${it.code} ${it.message}`)).toEqual([
        expect.stringMatching(new RegExp(`^${code} `)),
      ]);
    },
  );

  test("is missing only where it takes two files", () => {
    const missing = semanticDefinitions.filter(({ example }) => example === undefined);
    expect(missing.map(({ code }) => code)).toEqual(["TW0207", "TW0504"]);
  });
});

test("every code is used by one definition", () => {
  const codes = semanticDefinitions.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)]);
});
