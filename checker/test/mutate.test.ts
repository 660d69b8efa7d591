// `check mutate` as it is run: what it says of what was not searched, and with which exit code it ends.

import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Workshop, workshop } from "./program.ts";

const large = [
  "const ON : bool = false",
  "const BIG : 0..2000 = 3",
  "var n : 0..2000",
  "var k : 0..2000",
  "rule up when n < BIG { n += 1 }",
  "rule more when ON and k < BIG and n < 2000 { k += 1 }",
  "final : true",
  "invariant off : ON or k == 0",
  "invariant low : n < 3",
  'check "small" expect violated low',
  'check "large" { ON = true, BIG = 1500 } expect violated low',
  "",
].join("\n");

const files = {
  "large.tw": large,
  "no-score.tw":
    'var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : true\ninvariant any : n >= 0\ncheck "it" expect holds\n',
};

let shop: Workshop;

beforeAll(() => {
  shop = workshop(files);
});

afterAll(() => {
  shop.close();
});

const lastLine = (text: string): string => text.trimEnd().split("\n").at(-1) ?? "";

test("what only a check could see that was left out is not called equivalent", () => {
  const { code, out } = shop.check(["mutate", "large.tw", "--max-states", "1000"]);
  expect(code).toBe(17);
  expect(out).toMatch(/Left out, as they are too large for 1,000\s+states: "large"\./);
  expect(out).toMatch(/undecided +5 .*\n.*alike +0 .*\n.*equivalent +0 /);
  expect(out).toContain('only checks that were left out have another model, such as "large"');
});

test("model errors alone are no score, and no score is not enough", () => {
  const { code, out } = shop.check(["mutate", "no-score.tw"]);
  expect(code).toBe(17);
  expect(lastLine(out)).toBe(
    "✗ No score: no property tells any of the 2 mutants that may change behaviour; at least 95 % are asked for.",
  );
  const json = shop.check(["mutate", "no-score.tw", "--json"]);
  expect(JSON.parse(json.out)).toMatchObject({ score: { modelErrors: 2, percent: null } });
  expect(shop.check(["mutate", "no-score.tw", "--min-score", "0"]).code).toBe(0);
});

test("the JSON document says of every mutant what came of it, and by which check", () => {
  const { out } = shop.check(["mutate", "large.tw", "--max-states", "1000", "--json"]);
  const document = JSON.parse(out) as { readonly mutants: readonly { readonly outcome: object }[] };
  expect(document).toMatchObject({ leftOut: ["large"], score: { undecided: 5, alike: 0 } });
  const outcomes = document.mutants.map((it) => it.outcome);
  const open = { kind: "undecided", check: "large", because: "left out" };
  expect(outcomes.filter((it) => isDeepStrictEqual(it, open))).toHaveLength(4);
  expect(outcomes).toContainEqual({ kind: "undecided", check: "small", because: "cut" });
});

test("time that ends while the checks are run without a mistake says nothing of mutants", () => {
  const words = ["mutate", "large.tw", "--max-states", "9000000", "--timeout", "0.2"];
  for (const threads of ["1", "2"]) {
    const { code, out, err } = shop.check([...words, "--threads", threads]);
    expect([code, out, err]).toEqual([
      20,
      "",
      "check: stopped while the checks were run without a mistake, so no mutant was tried\n" +
        "  allow more time with --timeout, or choose fewer checks with --check\n",
    ]);
  }
});
