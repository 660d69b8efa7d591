// Scripts of traces: what they still recognise, and what they miss when the model changes.

import { beforeAll, describe, expect, it } from "vitest";
import { coreOfCheck } from "../test/run-text.ts";
import { twoLives } from "../test/two-lives.ts";
import { rehearse, type Script, scriptOf } from "./rehearse.ts";
import { twoLivesTrace } from "./testing/subjects.ts";

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
    ["a rule of another name", /\bclose\b/g, "finish", "not possible at 3"],
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
