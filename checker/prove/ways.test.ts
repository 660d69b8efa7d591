// Counterexamples of other kinds, against all behaviours of small models: are they distinct, shortest of their kind, and are none left out?

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Core } from "../core/index.ts";
import { interpreter, type Step } from "../interpret/index.ts";
import { formulasOf, type State } from "../machine/index.ts";
import { proveText, withFirstLineChecked } from "../test/run-text.ts";
import { replay, type Trace, traceOf } from "../trace/index.ts";
import type { ProveShell } from "./answer.ts";
import type { Search } from "./result.ts";

const searchOf = async (text: string, shell: Partial<ProveShell>): Promise<Search> => {
  const { obligations } = await proveText("a.tw", text, undefined, shell);
  const [only] = obligations;
  if (only?.kind !== "check" || only.search === undefined) throw new Error("no search");
  return only.search;
};

/** Does the behaviour end here, in this state or by this step? */
interface Ends {
  readonly state: (state: State) => boolean;
  readonly step: (step: Step) => boolean;
}

/** What is violated, by the interpreter alone; undefined for what this test does not know. */
const endsOf = (core: Core, name: string): Ends | undefined => {
  const { formula, steps } = interpreter(core);
  const formulas = formulasOf(core);
  const never = (): boolean => false;
  if (name === "deadlock") {
    const finals = formulas.flatMap((it, k) => (it.kind === "final" ? [k] : []));
    const isStuck = (state: State): boolean =>
      steps(state).steps.length === 0 && !finals.some((k) => formula(k, state) === true);
    return { state: isStuck, step: never };
  }
  const id = core.properties.findIndex((it) => it.name === name);
  const property = core.properties[id];
  if (property?.kind === "never") {
    return { state: never, step: (step) => step.events.includes(property.event) };
  }
  if (property?.kind !== "invariant") return undefined;
  const own = formulas.flatMap((it, k) =>
    it.kind === "invariant" && it.property === id ? [k] : [],
  );
  return { state: (state) => own.some((k) => formula(k, state) === false), step: never };
};

const wordOf = (core: Core, { branches, label }: Step): string =>
  core.branches.length === 0
    ? (core.actions[label.action ?? -1]?.name ?? "")
    : branches.map((it) => core.branches[it]?.name ?? "").join();

/** Every behaviour of at most so many steps is walked: the fewest steps of each kind. */
const kindsWithin = (core: Core, ends: Ends, limit: number): ReadonlyMap<string, number> => {
  const { initialSteps, steps } = interpreter(core);
  const kinds = new Map<string, number>();
  const seen = new Map<string, number>();
  const meet = (words: readonly string[], length: number): void => {
    const key = JSON.stringify(words);
    kinds.set(key, Math.min(length, kinds.get(key) ?? length));
  };
  const walk = (state: State, words: readonly string[], length: number): void => {
    const here = JSON.stringify([state.variables, state.networks]);
    const key = `${here} ${words.join(" ; ")}`;
    if ((seen.get(key) ?? limit + 1) <= length) return;
    seen.set(key, length);
    if (ends.state(state)) {
      meet(words, length);
      return;
    }
    if (length === limit) return;
    for (const step of steps(state).steps) {
      const word = wordOf(core, step);
      const longer = word === "" ? words : [...words, word];
      if (ends.step(step)) meet(longer, length + 1);
      else if (
        step.result.kind === "state" &&
        JSON.stringify([step.result.state.variables, step.result.state.networks]) !== here
      )
        walk(step.result.state, longer, length + 1);
    }
  };
  for (const { result } of initialSteps().steps) {
    if (result.kind === "state") walk(result.state, [], 0);
  }
  return kinds;
};

const kindOf = (core: Core, { steps }: Trace): string =>
  JSON.stringify(
    steps
      .map((it) => (core.branches.length === 0 ? it.action : it.branches.join()))
      .filter((it) => it !== ""),
  );

interface Found {
  readonly name: string;
  readonly kind: string;
  readonly steps: number;
}

const foundBy = ({ core, judgement, others }: Search): readonly Found[] => {
  const shortest = judgement.properties.flatMap(({ name, verdict }) =>
    verdict.kind === "violated" ? [{ name, trace: traceOf(core, verdict.path) }] : [],
  );
  const more = (others?.ways ?? []).flatMap(({ subject, trace }) => {
    const name = judgement.properties[subject.position]?.name ?? "";
    expect(replay(core, trace)).toEqual({ kind: "agrees" });
    return subject.kind === "property" ? [{ name, trace }] : [];
  });
  return [...shortest, ...more].map(({ name, trace }) => ({
    name,
    kind: kindOf(core, trace),
    steps: trace.steps.length,
  }));
};

const wanted = 7;

/** Of each name the kinds that were found, against all there are; how many were compared. */
const compare = (search: Search): number => {
  const { core, others } = search;
  const found = foundBy(search);
  const keys = found.map(({ name, kind }) => `${name} ${kind}`);
  expect(new Set(keys).size).toBe(keys.length);
  const longest = Math.max(0, ...found.map((it) => it.steps));
  const isEnough = found.length >= wanted;
  let compared = 0;
  for (const name of new Set(found.map((it) => it.name))) {
    const ends = endsOf(core, name);
    if (ends === undefined || others?.ended !== undefined) continue;
    const mine = found.filter((it) => it.name === name);
    const all = kindsWithin(core, ends, longest + (isEnough ? 0 : 2));
    for (const { kind, steps } of mine) expect([kind, all.get(kind)]).toEqual([kind, steps]);
    // Whatever is shorter than the last of all was found; without the last, everything was.
    const due = [...all].filter(([, steps]) => !isEnough || steps < longest);
    expect(due.filter(([kind]) => !mine.some((it) => it.kind === kind))).toEqual([]);
    compared += mine.length;
  }
  return compared;
};

const folder = join(import.meta.dirname, "../test/corpus/violated");
const texts = readdirSync(folder)
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }))
  .filter(({ text }) => !text.startsWith("// expect: error"));

const light = `
  enum Road { NORTH, EAST }
  message M { x : 0..1 }
  network w carries M between Road {
    capacity 2  full block  loss 1  duplication none  reorder any
  }
  process light[road: Road] {
    var green : bool
    rule go(v: 0..1) when not green {
      green = true
      send w { x: v } to (if road == NORTH then EAST else NORTH)
    }
    on receive m {
      case zero when m.x == 0 { green = false }
      case one when m.x == 1 { green = true }
      ignore
    }
  }
  invariant safe : not (light[NORTH].green and light[EAST].green)
  check "as built" expect violated safe, deadlock`;

describe("counterexamples of other kinds", () => {
  test("are distinct, shortest of their kind, and none that is shorter is left out", async () => {
    let compared = 0;
    for (const { text } of texts) {
      compared += compare(await searchOf(withFirstLineChecked(text), { all: wanted }));
    }
    expect(compared).toBeGreaterThan(25);
    const search = await searchOf(light, { all: wanted });
    expect(compare(search)).toBe(wanted);
  });

  test("are the same for every engine", async () => {
    const engines = ["interpreter", "javascript", "webassembly"] as const;
    const all = await Promise.all(
      engines.map(async (engine) => foundBy(await searchOf(light, { all: wanted, engine }))),
    );
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
  });

  test("one was asked for, and one of each property is there", async () => {
    const { others } = await searchOf(light, { all: 1 });
    expect(others).toBeUndefined();
    const two = await searchOf(light, { all: 2 });
    expect(two.others?.ways).toEqual([]);
  });

  test("what a limit of memory cuts is said", async () => {
    const limits = () => ({ memoryBytes: 1000 });
    const { others } = await searchOf(light, { all: wanted });
    expect(others?.ended).toBeUndefined();
    const core = (await searchOf(light, {})).core;
    const { judgement } = await searchOf(light, {});
    const { otherWays } = await import("./ways.ts");
    const rest = () => Promise.resolve("go-on" as const);
    const cut = await otherWays(core, judgement, wanted, {
      now: () => 0,
      limits,
      rest,
      isPlain: false,
    });
    expect(cut).toEqual({ ways: [], ended: "memory" });
  });
});
