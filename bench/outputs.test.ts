// What the programs print is read as what they mean.

import * as E from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { byHand, readOurs, readRumur, readSpin, readTimes, translated } from "./outputs.ts";

const pan = `
State-vector 28 byte, depth reached 751, errors: 0
  3168725 states, stored
  8170145 states, matched
 11338870 transitions (= stored+matched)
        0 atomic steps
`;

describe("SPIN", () => {
  test("counts the beginning of a text by hand as a transition", () => {
    expect(readSpin(byHand)(pan)).toEqual(E.right({ states: 3_168_725, transitions: 11_338_869 }));
  });

  test("has one state and two transitions more in a translation", () => {
    expect(readSpin(translated)(pan)).toEqual(
      E.right({ states: 3_168_724, transitions: 11_338_868 }),
    );
  });

  test.each([
    ["error: max search depth too small\n", "cut: its stack was too small"],
    ["pan: out of memory\n", "out of memory"],
  ])("does not count when it was cut: %s", (line, why) => {
    expect(readSpin(byHand)(line + pan)).toEqual(E.left(why));
  });

  test("does not count when it stopped at a violation", () => {
    const stopped = pan.replace("errors: 0", "errors: 1");
    expect(readSpin(byHand)(stopped)).toEqual(E.left("found a violation"));
  });

  test("does not count when it printed nothing", () => {
    expect(readSpin(byHand)("")).toEqual(E.left("gave no counts"));
  });
});

describe("rumur", () => {
  const summary = (errors: number): string =>
    `<rumur_run><summary states="12" rules_fired="34" errors="${errors}" duration_seconds="0"/>`;

  test("tells states and rules fired", () => {
    expect(readRumur(summary(0))).toEqual(E.right({ states: 12, transitions: 34 }));
  });

  test("does not count when it found a violation", () => {
    expect(readRumur(summary(1))).toEqual(E.left("found a violation"));
  });

  test("does not count when it was ended", () => {
    expect(readRumur("<rumur_run>")).toEqual(E.left("gave no counts"));
  });
});

describe("ours", () => {
  const told = (heading: string, rest = ""): string =>
    `model.tw\n\n${heading}\n  ages  invariant  holds\n` +
    `  searched    16,740,189 states, 64,237,789 transitions, depth 59, 0.04 s${rest}\n`;
  const holds = "✓ S: holds, as expected";

  test("tells states and transitions of the check", () => {
    expect(readOurs(told(holds))).toEqual(E.right({ states: 16_740_189, transitions: 64_237_789 }));
  });

  test.each([
    [
      told("? S: incomplete (expect holds)", "; INCOMPLETE, whole up to depth 7"),
      "did not finish its search",
    ],
    [told("✗ S: ages violated, expected holds"), "the expectation is not met"],
    [holds, "gave no counts"],
    ["error: no such file", "gave no counts"],
  ])("does not count: %s", (output, why) => {
    expect(readOurs(output)).toEqual(E.left(why));
  });
});

describe("time", () => {
  test("gives wall, and user and system together", () => {
    expect(readTimes("1.250 0.900 0.125\n")).toEqual({ wallSeconds: 1.25, cpuSeconds: 1.025 });
  });

  test("may write a decimal comma", () => {
    expect(readTimes("1,250 0,900 0,125\n")).toEqual({ wallSeconds: 1.25, cpuSeconds: 1.025 });
  });

  test("is not made up from what another program wrote", () => {
    expect(readTimes("bash: no such program\n")).toBeUndefined();
  });
});
