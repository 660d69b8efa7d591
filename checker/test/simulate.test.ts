// `check simulate` as users meet it: exit codes, seeds, engines, configurations, traces.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Workshop, workshop } from "./program.ts";
import { resultProblems } from "./report-schemas.ts";

/** Some 10^12 states; one in a thousand of the values of `a` is bad. */
const endless = (rest: string): string =>
  `const BAD : 0..1000 = 9
var a, b, c, d : 0..999
rule a { a = (a + 1) % 1000 }
rule b { b = (b + 1) % 1000 }
rule c { c = (c + 1) % 1000 }
rule d { d = (d + 1) % 1000 }
${rest}
`;

const files = {
  "safe.tw": endless("invariant fine : a + b >= 0"),
  "unsafe.tw": endless("invariant fine : a != BAD"),
  "expected.tw": endless(
    'invariant fine : a != BAD\ncheck "weak" only fine expect violated fine in 9 steps',
  ),
  "deadlock.tw": "var n : 0..3\nrule up when n < 3 { n += 1 }\n",
  "error.tw": "var n : 0..3\nrule up { n += 1 }\n",
  "recoverable.tw":
    "var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : n == 3\nrecoverable back : n == 2 can reach n == 0\n",
  "assumed.tw": endless('assume BAD > 5, "it is high"\ninvariant fine : a != BAD'),
  "swept.tw": endless('sweep "all" { BAD in 1..3 }'),
  "wrong.tw": "var n : 0..3\nrule up when m < 3 { n += 1 }\n",
};

let shop: Workshop;

beforeAll(() => {
  shop = workshop(files);
});

afterAll(() => {
  shop.close();
});

const simulate = (...words: readonly string[]) => shop.check(["simulate", ...words, "--quiet"]);

const timeless = (text: string): string =>
  text.replaceAll(/, [\d.]+ s(, [\d,]+ steps\/s)/g, "").replaceAll(/, [\d,]+ steps\/s/g, "");

test("--json is one document, which says what was walked and proves nothing", () => {
  const words = ["unsafe.tw", "safe.tw", "--set", "BAD=3,7", "--walks", "8", "--depth", "50"];
  const [one, other] = [simulate(...words, "--json"), simulate(...words, "--json")];
  const document: unknown = JSON.parse(one.out);
  expect(resultProblems(document)).toEqual([]);
  expect(document).toMatchObject({
    simulation: { seed: 1, depth: 50, notWalked: 0, walked: { length: 4 } },
    files: [
      {
        file: "safe.tw",
        digest: expect.stringMatching(/^sha256:/),
        checks: [{ complete: false }, { complete: false }],
      },
      {
        file: "unsafe.tw",
        digest: expect.stringMatching(/^sha256:/),
        checks: [{ complete: false }, { complete: false }],
      },
    ],
  });
  expect(one.code).toBe(simulate(...words).code);
  const untimed = (text: string): string => text.replaceAll(/"seconds": .*/g, "");
  expect(untimed(other.out)).toBe(untimed(one.out));
});

test("no figure is given that walks do not have", () => {
  const { out } = simulate("unsafe.tw", "--walks", "1", "--json");
  expect(out).toContain('"states"');
  expect(out).not.toContain("stateSet");
});

const half = [
  "const T : 0..9 = 3",
  "var n : 0..9",
  "rule up when n < T { n += 1 }",
  "final : n == T",
  "invariant low : n < 3",
  'check "broken" only low expect violated low',
  'check "safe" { T = 9 } expect holds',
  "",
].join("\n");

test("checks that nobody walked are not as expected", () => {
  shop.write("half.tw", half);
  const { code, out } = simulate("half.tw", "--walks", "1");
  expect(code).toBe(20);
  expect(out).toContain("1 configuration not walked");
  expect(out).not.toContain("All that was expected");
  expect(simulate("half.tw", "--walks", "1", "--check", "broken").code).toBe(0);
  expect(simulate("half.tw", "--walks", "2").code).toBe(12);
});

describe("check simulate", () => {
  test.each([
    ["safe.tw", 20],
    ["unsafe.tw", 12],
    ["expected.tw", 0],
    ["deadlock.tw", 11],
    ["error.tw", 14],
    ["recoverable.tw", 20],
    ["assumed.tw", 12],
    ["swept.tw", 64],
    ["wrong.tw", 65],
    ["nowhere.tw", 66],
  ])("%s ends with %i", (file, code) => {
    expect(simulate(file, "--walks", "50").code).toBe(code);
  });

  test("says that it proves nothing", () => {
    const { out } = simulate("safe.tw", "--walks", "3");
    expect(out).toContain("nothing found, which is not a proof");
    expect(out).toMatch(/3 walks, 600 steps, depth 200, .* steps\/s/);
    expect(out).toContain("seed 1");
  });

  test("says what it cannot judge", () => {
    expect(simulate("recoverable.tw", "--walks", "3").out).toMatch(/not judged +back: /);
  });

  test("the same seed makes the same walks on every engine, another seed makes others", () => {
    const [first, ...others] = ["javascript", "webassembly", "interpreter"].map((engine) =>
      timeless(simulate("unsafe.tw", "--walks", "20", "--engine", engine, "--seed", "5").out),
    );
    expect(others).toEqual([first, first]);
    expect(timeless(simulate("unsafe.tw", "--walks", "20", "--seed", "6").out)).not.toBe(first);
  });

  test("a way by chance is shortened to the shortest where that is near", () => {
    expect(simulate("unsafe.tw", "--walks", "5").out).toContain("fine violated after 9 steps");
  });

  test("writes traces, of the configuration that they are of, which replay", () => {
    const set = ["--set", "BAD=4..7,9"];
    const { out, code } = simulate("assumed.tw", ...set, "--walks", "200", "--out", "traces");
    expect(code).toBe(12);
    expect(out).toContain("BAD=7");
    expect(out).not.toContain("BAD=5)");
    expect(out).toContain("2 configurations left out");
    const names = readdirSync(join(shop.folder, "traces")).filter(
      (it) => !it.endsWith(".itf.json"),
    );
    expect(names.length).toBe(3);
    for (const name of names) {
      expect(shop.check(["replay", join("traces", name), "--on", "model"]).code).toBe(0);
    }
  });

  test("where every configuration is assumed away, that is said", () => {
    const { out, code } = simulate("assumed.tw", "--set", "BAD=1..3");
    expect([code, out.includes("it is high")]).toEqual([10, true]);
  });

  test("a time ends it, and an interruption", async () => {
    expect(simulate("safe.tw", "--timeout", "1").out).toContain("the time was over");
    const words = ["simulate", "safe.tw", "--walks", "1000000000"];
    const ended = await shop.signalled([...words], "safe.tw", "SIGINT");
    expect(ended.code).toBe(130);
    // The same number of walks as they are told of below.
    const [, walks] =
      /TW0704 +interrupted after (\d+) walks?: what was not met is unknown/.exec(ended.out) ?? [];
    expect(ended.out.replaceAll(",", "")).toMatch(
      new RegExp(`walked +${walks} walk.*; interrupted`),
    );
    expect(ended.out).not.toContain("TW0701");
  });

  test("what is no number, no word and no check is said", () => {
    expect(simulate("safe.tw", "--seed", "x").err).toContain("the seed is a whole number");
    expect(simulate("safe.tw", "--walks", "0").err).toContain("from 1 to");
    expect(simulate("safe.tw", "--check", "nothing").code).toBe(64);
    expect(simulate("safe.tw", "--set", "BAD=2000").code).toBe(64);
    expect(simulate().code).toBe(64);
  });
});
