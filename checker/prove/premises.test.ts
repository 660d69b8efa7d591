import { describe, expect, test } from "vitest";
import { explore } from "../explore/index.ts";
import { interpret } from "../interpret/index.ts";
import {
  core,
  integer,
  invariant,
  is,
  k,
  never,
  op,
  recoverable,
  rule,
  set,
  signal,
  v,
} from "../test/build-core.ts";
import { unwatch, watchPremises } from "./premises.ts";
import { vacuity } from "./vacuity.ts";

/** Counts to `top` and back; says so at 2, in a branch of its own. */
const counter = (top: number) =>
  core({
    variables: [integer("n", 3)],
    actions: [
      rule("up", op("less", v(0), k(top)), [
        {
          kind: "if",
          condition: is(v(0), 2),
          then: [{ kind: "mark", branch: 0 }, signal(0, k(0))],
          otherwise: [{ kind: "mark", branch: 1 }],
        },
        set(0, op("add", v(0), k(1))),
      ]),
      rule("back", is(v(0), top), [set(0, k(0))]),
    ],
    properties: [never("quiet", 0), invariant("i", k(1)), recoverable(is(v(0), 3), is(v(0), 0))],
    branches: [
      { name: "case.loud", span: { file: "a", start: 1, end: 2 } },
      { name: "case.else", span: { file: "a", start: 3, end: 4 } },
    ],
  });

const run = async (top: number) => {
  const watched = watchPremises(counter(top));
  const found = await explore(interpret(watched.core), watched.core, {
    selected: () => true,
    deadlock: true,
    limits: {},
    now: () => 0,
    breathe: () => Promise.resolve("go-on"),
    stopWhenDecided: false,
  });
  return { watched, ...unwatch(found, watched) };
};

describe("the occasion of a property", () => {
  test("is met when its event is emitted or its first condition true, whatever the verdict", async () => {
    const { exploration, isMet } = await run(3);
    expect(isMet).toEqual([true, true]);
    expect(exploration.verdicts.map((it) => it?.kind)).toEqual(["holds", "holds", "holds"]);
  });

  test("is not met where nothing emits the event and nothing makes the condition true", async () => {
    expect((await run(2)).isMet).toEqual([false, false]);
  });

  test("is watched without a change of states and steps", async () => {
    const { states, transitions, depth } = (await run(3)).exploration;
    expect({ states, transitions, depth }).toEqual({ states: 4, transitions: 4, depth: 3 });
  });
});

describe("vacuity", () => {
  const findings = (...tops: readonly number[]): Promise<readonly string[]> =>
    findingsOf(tops, true);

  const findingsOf = async (
    tops: readonly number[],
    isWatched: boolean,
    file = "t.tw",
  ): Promise<readonly string[]> => {
    const runs = await Promise.all(tops.map(run));
    const coverage = runs.map(({ watched, exploration, isMet }) => ({
      core: counter(3),
      rules: [],
      taken: exploration.taken,
      fired: new Uint8Array(),
      stopped: exploration.stopped,
      isWatched,
      premises: watched.premises,
      isMet,
      isSelected: (name: string) => name !== "i",
    }));
    return vacuity(file, coverage, new Map()).findings.map((it) => it.message);
  };

  test("names cases and properties that no search met", async () => {
    expect(await findings(2, 1)).toEqual([
      "`case.loud` is never taken",
      "`quiet` is vacuous: no step emits its event",
      "`back` is vacuous: its first condition is never true",
    ]);
  });

  test("is silent about properties that a search judged without watching them", async () => {
    expect(await findingsOf([2, 1], false)).toEqual(["`case.loud` is never taken"]);
  });

  test("leaves the cases of a library, which stands in another folder, to its own checks", async () => {
    const named = await findingsOf([2, 1], true, "mine/u.tw");
    expect(named.some((it) => it.includes("never taken"))).toBe(false);
    expect(named).toHaveLength(2);
  });

  test("is silent when one search met them", async () => {
    expect(await findings(2, 3)).toEqual([]);
  });

  test("does not ask for `else` to be taken", async () => {
    expect(await findings(3, 1)).toEqual([]);
  });
});
