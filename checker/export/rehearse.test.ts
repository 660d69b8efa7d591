// Scripts of traces: what they still recognise, and what they miss when the model changes.

import * as E from "fp-ts/lib/Either.js";
import { beforeAll, describe, expect, it } from "vitest";
import { coreOfCheck } from "../test/run-text.ts";
import { twoLives } from "../test/two-lives.ts";
import { readTrace } from "./read-trace.ts";
import { rehearse, rehearsed, type Script, scriptOf, scriptOfDocument } from "./rehearse.ts";
import { type Made, tracesOf, twoLivesTrace } from "./testing/subjects.ts";
import { traceText } from "./trace-file.ts";
import { vitestText } from "./vitest-file.ts";

let script: Script;

beforeAll(async () => {
  const { core, about, trace } = await twoLivesTrace();
  script = scriptOf(core, trace, about.violation);
});

/** The script on a text in which something was replaced. */
const on = (what: string | RegExp, by: string, played = script) => {
  const text = twoLives.replace(what, by);
  expect(text).not.toBe(twoLives);
  const found = rehearse(coreOfCheck("two-lives.tw", text, "an old goodbye"), played);
  return found.kind === "not possible" ? `not possible at ${found.step}` : found.kind;
};

describe("a script", () => {
  it.each([
    ["comments", "/// A says hello", "/// A said hello"],
    ["another variable", "  timer quiet\n", "  timer quiet\n  var more : 0..9 = 4\n"],
    ["another field of segments", "  len : 0..1\n", "  len : 0..1\n  window : 0..7\n"],
    ["another rule", "  on expire quiet { }", "  on expire quiet { }\n  rule rest in CLOSED { }"],
    ["a ghost of another name", /\blife\b/g, "incarnation"],
  ])("still fails in the same way with %s", (_, what, by) => {
    expect(on(what, by)).toBe("still violated");
  });

  it.each([
    ["a rule of another name", /(?<!call )\bclose\b/g, "finish", "not possible at 3"],
    ["no copies", "duplication COPIES", "duplication none", "not possible at 4"],
    [
      "a step that leads elsewhere",
      "      emit taken(me, s)\n      -> CLOSED",
      "      emit taken(me, s)",
      "not possible at 5",
    ],
    [
      "a segment that says something else",
      "fin, ack, seq: 1",
      "fin, ack, seq: 2",
      "not possible at 4",
    ],
  ])("ends early with %s", (_, what, by, found) => {
    expect(on(what, by)).toBe(found);
  });

  it("is no violation any more when the property says otherwise", () => {
    expect(on("s.life < tcp[at].peer_life", "s.life > tcp[at].peer_life")).toBe("not violated");
  });

  it("follows every behaviour that fits it", async () => {
    const { core } = await twoLivesTrace();
    const steps = script.steps.map(({ action }) => ({ action }));
    expect(rehearse(core, { ...script, steps }).kind).toBe("still violated");
  });

  it("of a recoverable property asks whether the way back is still closed", async () => {
    const { core, about, trace } = await twoLivesTrace("a lost goodbye");
    const lost = scriptOf(core, trace, about.violation);
    const text = twoLives.replace(
      "  on expire quiet { }",
      "  on expire quiet { }\n  rule give_up in OPEN when me == B { -> CLOSED }",
    );
    expect(rehearse(core, lost).kind).toBe("still violated");
    expect(rehearse(coreOfCheck("two-lives.tw", text, "a lost goodbye"), lost).kind).toBe(
      "not violated",
    );
  });
});

/** Eleven choices without a word about them in the state: 2,048 ways to take one step. */
const manyWays = `
const W : array[0..10] of 0..1024 = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]
var n : 0..2047
var rolled : bool
rule roll when not rolled {
  rolled = true
  for i in 0..10 { either { n += W[i] } or { } }
}
rule settle when n == 2047 { n = 0 }
final : true
invariant small : n < 2047
`;

/** Two choices of one name in one action; a field called as control states are. */
const alikeNames = `
enum Phase { NEW, OLD }
record Part { state : Phase }
var part : Part
var n : 0..9
rule take when n == 0 {
  part.state = OLD
  choose x in 0..3 { n += x }
  choose x in 1..4 { n += x }
}
final : true
invariant small : n < 7
`;

const madeOf = async (text: string): Promise<Made> => {
  const [made] = await tracesOf("made.tw", text);
  if (made === undefined) throw new Error("nothing is wrong with it");
  return made;
};

/** The script of its trace file. */
const fromFile = ({ core, about, trace }: Made): Script => {
  const read = readTrace("trace.json", traceText(core, about, trace));
  if (E.isLeft(read)) throw new Error(read.left.message);
  return scriptOfDocument(core, read.right.claimed);
};

describe("the script of a trace file", () => {
  it.each([
    ["two lives", twoLives],
    ["names that are alike", alikeNames],
  ])("is that of its trace: %s", async (_, text) => {
    for (const made of await tracesOf("made.tw", text)) {
      const { core, about, trace } = made;
      expect(fromFile(made)).toEqual(scriptOf(core, trace, about.violation));
      expect(rehearse(core, fromFile(made)).kind).toBe("still violated");
    }
  });

  it("names each of two choices that have one name, and control states alone", async () => {
    expect(fromFile(await madeOf(alikeNames)).steps).toEqual([
      { action: "initial" },
      { action: "take", parameters: { x: 3, "x (2)": 4 } },
    ]);
  });
});

describe("a script that too much fits", () => {
  const vague = async () => {
    const made = await madeOf(manyWays);
    const { core, trace } = made;
    const steps = scriptOf(core, trace, made.about.violation).steps.map(({ action }) => ({
      action,
    }));
    return { made, steps };
  };

  it.each([
    ["ends otherwise", []],
    ["goes on otherwise", [{ action: "nothing" }]],
  ])("decides nothing where the rest %s", async (_, more) => {
    const { made, steps } = await vague();
    const { core } = made;
    const violation = { kind: "invariant", property: "another" } as const;
    const played = rehearsed(core, { violation, steps: [...steps, ...more] });
    expect(played).toEqual({ rehearsal: { kind: "undecided" }, isCut: true });
  });

  it("makes no test, and neither does one at whose end nothing fails", async () => {
    const { made } = await vague();
    const { core, about, trace } = made;
    const said = (violated: typeof about, played: typeof trace) => {
      const text = vitestText(core, violated, played, "./made.tw");
      return E.isLeft(text) ? text.left.map((it) => `${it.code}: ${it.message}`) : "a test";
    };
    const other = { ...about, violation: { kind: "invariant", property: "another" } } as const;
    const unnamed = {
      ...trace,
      steps: trace.steps.map((it) => ({ ...it, label: { ...it.label, values: [] } })),
    };
    expect(said(about, trace)).toBe("a test");
    expect(said(other, trace)).toEqual([
      "TW0534: no test can be made of this trace: the model as it is now does not fail at its end",
    ]);
    expect(said(other, unnamed)).toEqual([
      "TW0534: no test can be made of this trace: too many behaviours fit what a test would say of its steps",
    ]);
  });
});
