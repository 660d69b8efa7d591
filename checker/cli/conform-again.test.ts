import { expect, test } from "vitest";
import type { ScenarioStep } from "../pipeline.ts";
import { againIfNeeded, moreOften } from "./conform-again.ts";
import { resultOf } from "./conform-result.ts";
import type { Run } from "./replay-player.ts";
import { plainBinding } from "../export/testing/plain-binding.ts";

const step: ScenarioStep = {
  number: 1,
  text: "step",
  move: { kind: "call", call: "close" },
  sent: [],
  state: "CLOSED",
};

const binding = plainBinding;

const named = (name: string) => ({
  name,
  under: {},
  scenario: {
    binding,
    host: 0,
    peer: 1,
    switches: { name },
    lead: [],
    notes: [],
    steps: [step],
  },
});

const run = (state: string): Run => ({ seen: new Map([[1, { sent: [], state }]]), remarks: [] });
const [good, bad] = [run("CLOSED"), run("TIME_WAIT")];

const asked = ["steady", "first", "second"].map(named);
const unsteady = [good, bad, good];
const results = asked.map((it, at) => resultOf(it, at === 0 ? [good, good, good] : unsteady));

const verdicts = async (play: Parameters<typeof againIfNeeded>[2]) => {
  const { results: found, again } = await againIfNeeded(asked, results, play);
  return [again, ...found.map((it) => it.judged.verdict)];
};

test("what is unstable is played again several times, and nothing else", async () => {
  const names: (string | undefined)[] = [];
  const found = await verdicts((scenarios) => {
    names.push(...scenarios.map((it) => it.switches["name"]));
    return Promise.resolve(scenarios.map(() => [good, good, good]));
  });
  expect(found).toEqual([2, "equal", "equal", "equal"]);
  expect(names.filter((it) => it === "first")).toHaveLength(moreOften);
  expect(names.filter((it) => it === "second")).toHaveLength(moreOften);
  expect(names).toHaveLength(2 * moreOften);
});

test("one run of all those that is not alike leaves it unstable", async () => {
  const found = await verdicts((scenarios) =>
    Promise.resolve(
      scenarios.map(({ switches }, time) =>
        switches["name"] === "second" && time >= 4 ? [good, good, bad] : [good, good, good],
      ),
    ),
  );
  expect(found).toEqual([2, "equal", "equal", "unstable"]);
});

test("where nothing is unstable nothing is played", async () => {
  const steady = results.slice(0, 1);
  const found = await againIfNeeded(asked.slice(0, 1), steady, () => Promise.reject(new Error()));
  expect(found).toEqual({ results: steady, again: 0 });
});
