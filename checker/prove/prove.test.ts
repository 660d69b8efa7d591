// What a whole file is told, from its text: when it is a finding, when unknown, when nothing is said.

import { describe, expect, test } from "vitest";
import { proveText } from "../test/run-text.ts";
import type { ObligationResult } from "./result.ts";

const concernsOf = (it: ObligationResult): readonly string[] =>
  it.concerns.map(({ kind, diagnostic }) => `${kind} ${diagnostic.code}`);

const prove = async (text: string) => {
  const { obligations, findings, stoppedEarly } = await proveText("a.tw", text);
  return {
    concerns: obligations.map(concernsOf),
    findings: findings.map((it) => it.message),
    stoppedEarly,
    points: obligations.flatMap((it) => (it.kind === "sweep" ? it.points : [])),
  };
};

describe("a model without an initial state", () => {
  const emptyModels = [
    "init { choose v in 0..3 when v > 3 { x = v } }",
    "bound small : x > 0",
    `message M { y : bool }
     network w carries M { capacity 1  full block }
     process p { on receive m { ignore } }
     init { send w { } send w { } }`,
  ];

  test.each(emptyModels)("is a finding, whatever is expected: %s", async (text) => {
    const model = `
      const N : 0..1 = 0
      var x : 0..3
      ${text}
      invariant absurd : false
      check "holds" expect holds
      check "violated" expect violated absurd
      check "error" expect error
      check "figures" expect holds in 0 states
      sweep "least" { N in 0..1 } only absurd least N
    `;
    const { concerns, points } = await prove(model);
    const finding = ["finding TW1012"];
    expect(concerns.slice(0, 4)).toEqual([finding, finding, finding, finding]);
    expect(concerns[4]).toContain("finding TW1012");
    expect(points.map((it) => it.outcome)).toEqual(["unknown", "unknown"]);
  });

  test("names the networks that block, and their room", async () => {
    const model = `
      message M { y : bool }
      network narrow carries M { capacity 1  full block }
      network wide carries M { capacity 2  full drop }
      process p { on receive m on narrow { ignore } on receive m on wide { ignore } }
      init { send narrow { } send narrow { } }
      check "c" expect holds
    `;
    const { obligations } = await proveText("a.tw", model);
    const [concern] = obligations[0]?.concerns ?? [];
    expect(concern?.diagnostic.code).toBe("TW1012");
    expect(concern?.diagnostic.notes.map((it) => it.message)).toEqual([
      "`narrow` has room for one segment, and a `send` in `init` must find it",
    ]);
  });

  test("is none where every beginning is a model error", async () => {
    const text =
      "var x : 0..1\ninit { choose v in 0..3 when v > 1 { x = v } }\ninvariant i : x < 2\n";
    expect((await prove(text)).concerns).toEqual([["model-error TW1003"]]);
  });
});

describe("a recoverable under a bound that cuts steps", () => {
  const model = (low: number): string => `
    var x : 0..9
    rule up when x < 9 { x += 1 }
    rule back when x > ${low} and x < 3 { x -= 1 }
    bound small : x <= 2
    final : true
    invariant little : x < 2
    recoverable home : true can reach x == 0
  `;

  test("is unknown, which leaves a check incomplete, with a way back and without one", async () => {
    for (const low of [0, 1]) {
      const { concerns } = await prove(`${model(low)}
        check "holds" only home expect holds
        check "violated" only home expect violated home
        check "other" expect violated little
        check "invariants" only little expect violated little
      `);
      const open = ["incomplete TW0703"];
      expect(concerns).toEqual([open, open, open, []]);
    }
  });
});

test("a claim of a wrong number of states is unmet, however early p is violated", async () => {
  const text = `
    var x : 0..3
    rule up when x < 3 { x += 1 }
    invariant p : x < 1
  `;
  const claims = ["in 4 states", "in 2 states", "in 1 steps", ""];
  const checks = claims.map((it) => `check "${it}" only p expect violated p ${it}\n`).join("");
  expect((await prove(text + checks)).concerns).toEqual([[], ["finding TW1007"], [], []]);
});

test("an assertion that fails after the violation counts", async () => {
  const text = `
    var x : 0..3
    rule up when x < 3 { x += 1  assert x != 3, "never three" }
    rule stay { }
    invariant low : x < 1
    check "both" only low expect violated low, assert
  `;
  expect((await prove(text)).concerns).toEqual([[]]);
});

describe("a final that cannot be evaluated", () => {
  test.each(["", "rule back when i == 2 { i = 0 }"])("is a model error: %s", async (more) => {
    const text = `
      var a : array[0..1] of bool
      var i : 0..2
      rule go when i < 2 { i += 1 }
      final : a[i]
      ${more}
    `;
    expect((await prove(text)).concerns).toEqual([["model-error TW1003"]]);
  });
});

describe("never-taken cases", () => {
  const model = `
    const C : 0..3 = 0
    message W { a : bool }
    network wire carries W { capacity 1 }
    var x : 0..3
    process p {
      rule go when x < 3 { x += 1 }
      rule put when x == 3 { send wire { a } }
      on receive w { case good when w.a { } case bad when not w.a { } }
    }
    invariant zero : x == 0
    invariant fine : x < 4
    final : true
  `;

  test("are not judged, which is said, when a search stopped early", async () => {
    const { findings, stoppedEarly } = await prove(
      `${model}check "it" only zero expect violated zero\n`,
    );
    expect([findings, stoppedEarly]).toEqual([[], 1]);
  });

  test("are not judged when points of a sweep stopped early", async () => {
    const { findings, stoppedEarly } = await prove(
      `${model}sweep "it" { C in 0..1 } only zero least C expect least == none\n`,
    );
    expect([findings, stoppedEarly]).toEqual([[], 2]);
  });

  test("are judged when every point ran to its end", async () => {
    const { findings, stoppedEarly } = await prove(
      `${model}sweep "it" { C in 0..1 } only fine least C expect least == 0\n`,
    );
    expect(stoppedEarly).toBeUndefined();
    expect(findings).toEqual(["`p.bad` is never taken"]);
  });
});

describe("when the time is over", () => {
  const model = `
    const C : 0..3 = 1
    var x : 0..5
    rule up when x <= C { x += 1 }
    rule top when x == 4 { x = 5 }
    final : true
    check "before" expect holds
    sweep "points" { C in 0..3 } least C
  `;

  /** The time is over when the prover rests so often. */
  const untilRest = (last: number) => {
    let rests = 0;
    return proveText("a.tw", model, () => true, {
      limits: () => ({ seconds: rests < last ? 1 : 0 }),
      rest: () => {
        rests += 1;
        return Promise.resolve("go-on");
      },
    });
  };

  test("no check begins, and the rest is not run", async () => {
    const { obligations, notRun, findings } = await untilRest(1);
    expect(obligations).toEqual([]);
    expect(notRun).toEqual(["before", "points"]);
    expect(findings).toEqual([]);
  });

  test("the points that are left of a sweep are unknown, and nothing is said of the file", async () => {
    const { obligations, notRun, findings } = await untilRest(6);
    const [, sweep] = obligations;
    if (sweep?.kind !== "sweep") throw new Error("no sweep");
    expect(sweep.points.map((it) => it.outcome)).toContain("safe");
    expect(sweep.points.at(-1)?.outcome).toBe("unknown");
    expect(concernsOf(sweep)).toContain("incomplete TW0701");
    expect(notRun).toEqual([]);
    // The point that takes `top` is one of those that are left.
    expect(findings).toEqual([]);
  });

  test("and all was searched, all is judged", async () => {
    const { notRun, findings } = await untilRest(1000);
    expect([notRun, findings]).toEqual([[], []]);
  });
});

test("a sweep that expects nothing informs: what is violated at every point is no concern", async () => {
  const model = "const C : 0..3 = 1 var x : 0..3 invariant large : x > C final : true";
  const { concerns, points } = await prove(
    `${model} sweep "least" { C in 0..2 } least C sweep "plain" { C in 0..2 }`,
  );
  expect(new Set(points.map((it) => it.outcome))).toEqual(new Set(["unsafe"]));
  expect(concerns).toEqual([[], []]);
});
