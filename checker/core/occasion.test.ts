// An invariant without an occasion is true by default, whatever stands behind its `implies`.

import fc from "fast-check";
import { expect, test } from "vitest";
import { unwatch, watchPremises } from "../prove/premises.ts";
import { op } from "../test/build-core.ts";
import { coreOf, interpreted } from "../test/run-text.ts";

/** Whether the occasion of the one invariant of a text was met. */
const isMet = async (text: string): Promise<boolean | undefined> => {
  const watched = watchPremises(coreOf("it.tw", text));
  return unwatch(await interpreted(watched.core), watched).isMet[0];
};

const light = "enum Light { RED, GREEN }\nvar n : 0..3\nrule up when n < 3 { n += 1 }\n";

test.each([
  ["what stands before `implies`", "n == 3 implies n > 0", true],
  ["what is never true", "n > 3 implies n > 9", false],
  ["both conditions of two that follow each other", "n > 0 implies n == 0 implies n > 9", false],
  ["one of several invariants in one", "(n > 3 implies n > 9) and (n == 3 implies n > 0)", true],
  ["one of all that it is said of", "forall x in 0..7: x == n + 3 implies n < 4", true],
  ["none of all that it is said of", "forall x in 0..7: x == n + 9 implies n > 9", false],
])("the occasion is %s", async (_, condition, expected) => {
  expect(await isMet(`${light}invariant p : ${condition}\n`)).toBe(expected);
});

test.each([
  ["a comparison", "n <= 3"],
  ["a comparison beside an implication", "n <= 3 and (n > 3 implies n > 9)"],
  ["one that says that something is there", "exists x in 0..3: x == n"],
])("%s speaks of every state", async (_, condition) => {
  expect(await isMet(`${light}invariant p : ${condition}\n`)).toBeUndefined();
});

const onWire =
  "message Segment { syn: bool }\nnetwork wire carries Segment { capacity 1 }\nvar n : 0..1\n" +
  "invariant p : forall s in wire: s.syn implies n > 9\n";

test("of segments it needs one that is such", async () => {
  expect(await isMet(onWire)).toBe(false);
  expect(await isMet(`${onWire}rule put when n == 0 { send wire { syn: true } n = 1 }\n`)).toBe(
    true,
  );
});

/** A condition, given how many quantifiers stand around it. */
type Text = (depth: number) => string;

const leaf =
  (text: string): Text =>
  () =>
    text;

/** Conditions over three variables and what quantifiers bind. */
const { condition } = fc.letrec<{ condition: Text }>((tie) => {
  const pair = (operator: "and" | "or" | "implies") =>
    fc.tuple(tie("condition"), tie("condition")).map(
      ([one, other]): Text =>
        (depth) =>
          `(${one(depth)} ${operator} ${other(depth)})`,
    );
  const bound: Text = (depth) => (depth === 0 ? "a" : `x${depth}`);
  return {
    condition: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(...["a", "b", "c", "true", "false"].map(leaf), bound),
      tie("condition").map(
        (it): Text =>
          (depth) =>
            `not (${it(depth)})`,
      ),
      pair("and"),
      pair("or"),
      pair("implies"),
      pair("implies"),
      fc.tuple(fc.constantFrom("forall", "exists"), tie("condition")).map(
        ([quantifier, body]): Text =>
          (depth) =>
            `(${quantifier} x${depth + 1} in bool: ${body(depth + 1)})`,
      ),
    ),
  };
});

const anyBits =
  "var a, b, c : bool\n" +
  ["a", "b", "c"].map((it) => `init { choose any in bool { ${it} = any } }\n`).join("");

test("where there is no occasion the invariant is true, in every state", async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(condition, async (text) => {
      const of = coreOf("it.tw", `${anyBits}invariant p : ${text(0)}\n`);
      const [p] = of.properties;
      if (p?.kind !== "invariant" || p.occasion === undefined) return;
      seen += 1;
      const localCount = Math.max(p.localCount, p.occasion.localCount);
      const either = op("or", p.condition, p.occasion.condition);
      const { states, verdicts } = await interpreted({
        ...of,
        properties: [{ ...p, condition: either, localCount }],
      });
      expect(states).toBe(8);
      expect(verdicts[0]?.kind).toBe("holds");
    }),
    { numRuns: 500 },
  );
  expect(seen).toBeGreaterThan(50);
});
