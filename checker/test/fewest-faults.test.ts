// Counterexamples with the fewest faults cost what a naive search says, and show it.

import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Core, Expression } from "../core/index.ts";
import type { Cost, Exploration, ExploreOptions, Path } from "../explore/index.ts";
import { explore } from "../explore/index.ts";
import { interpret, interpreter } from "../interpret/index.ts";
import { formulasOf, type State } from "../machine/index.ts";
import { replay, traceOf } from "../trace/index.ts";
import {
  core,
  integer,
  invariant,
  is,
  never,
  recoverable,
  rule,
  set,
  signal,
  span,
  v,
} from "./build-core.ts";
import { coreOf, generated, proveText } from "./run-text.ts";

const minimal = "faults";

const places = 12;
const at = (place: number): Expression => is(v(0), place);

/** Ways between places as drawn: some are faults, some have events. */
const randomWays: fc.Arbitrary<Core> = fc
  .array(
    fc.record({
      from: fc.nat(places - 1),
      to: fc.nat(places - 1),
      fault: fc.boolean(),
      event: fc.constantFrom(undefined, undefined, 0, 1),
    }),
    { minLength: 15, maxLength: 30 },
  )
  .map((ways) =>
    core({
      variables: [integer("place", places - 1)],
      actions: ways.map(({ from, to, fault, event }, id) =>
        rule(`way${id}`, at(from), [set(0, to), ...(event === undefined ? [] : [signal(event)])], {
          fault,
        }),
      ),
      properties: [
        invariant("far", { kind: "not", operand: at(places - 1) }),
        never("loud", 0),
        { kind: "reachable-event", name: "heard", span, event: 1 },
        recoverable(at(places - 2), at(0)),
      ],
    }),
  );

const explored = (core: Core, limits: ExploreOptions["limits"] = {}): Promise<Exploration> =>
  explore(interpret(core), core, {
    selected: () => true,
    deadlock: true,
    limits,
    now: () => 0,
    breathe: () => Promise.resolve("go-on"),
    stopWhenDecided: false,
    minimal,
  });

const isLess = (left: Cost, right: Cost | undefined): boolean =>
  right === undefined ||
  left.faults < right.faults ||
  (left.faults === right.faults && left.steps < right.steps);

/** What every state costs at least, by going round until nothing becomes cheaper. */
const naiveCosts = (core: Core): ReadonlyMap<string, { state: State; cost: Cost }> => {
  const { initialSteps, steps } = interpreter(core);
  const costs = new Map<string, { state: State; cost: Cost }>();
  const offer = (state: State, cost: Cost): boolean => {
    const key = JSON.stringify(state);
    if (!isLess(cost, costs.get(key)?.cost)) return false;
    costs.set(key, { state, cost });
    return true;
  };
  for (const { result } of initialSteps().steps) {
    if (result.kind === "state") offer(result.state, { faults: 0, steps: 0 });
  }
  for (let isStable = false; !isStable;) {
    isStable = true;
    for (const { state, cost } of costs.values()) {
      for (const { fault, result } of steps(state).steps) {
        if (result.kind !== "state") continue;
        const next = { faults: cost.faults + Number(fault), steps: cost.steps + 1 };
        if (offer(result.state, next)) isStable = false;
      }
    }
  }
  return costs;
};

/** The least cost of a violation of a property, by the definition. */
const naiveLeast = (
  core: Core,
  costs: ReturnType<typeof naiveCosts>,
  id: number,
): Cost | undefined => {
  const { formula, steps } = interpreter(core);
  const property = core.properties[id];
  let least: Cost | undefined;
  const offer = (cost: Cost): void => {
    if (isLess(cost, least)) least = cost;
  };
  for (const { state, cost } of costs.values()) {
    if (property !== undefined && "event" in property) {
      for (const { fault, events, result } of steps(state).steps) {
        if (result.kind === "error" || !events.includes(property.event)) continue;
        offer({ faults: cost.faults + Number(fault), steps: cost.steps + 1 });
      }
      continue;
    }
    formulasOf(core).forEach((it, k) => {
      if (it.kind !== property?.kind || !("property" in it) || it.property !== id) return;
      if (formula(k, state) === (it.kind === "reachable-state")) offer(cost);
    });
  }
  return least;
};

/** The least cost of a state without steps. */
const naiveDeadlock = (core: Core, costs: ReturnType<typeof naiveCosts>): Cost | undefined => {
  const { steps } = interpreter(core);
  const stuck = [...costs.values()].filter(({ state }) => steps(state).steps.length === 0);
  return stuck.reduce<Cost | undefined>(
    (least, { cost }) => (isLess(cost, least) ? cost : least),
    undefined,
  );
};

const faultsIn = (core: Core, path: Path): Cost => {
  const trace = traceOf(core, path);
  expect(replay(core, trace).kind).toBe("agrees");
  const { steps } = trace;
  return { faults: steps.filter((it) => it.fault).length, steps: steps.length };
};

describe("the fewest faults", () => {
  it("are those of a naive search, in the interpreter and in generated code", async () => {
    const seen = { longer: 0, faulty: 0, stuck: 0 };
    await fc.assert(
      fc.asyncProperty(randomWays, async (model) => {
        const result = await explored(model);
        const compiled = await generated(model, { minimal });
        expect(compiled.verdicts).toEqual(result.verdicts);
        expect(compiled.deadlock).toEqual(result.deadlock);
        const costs = naiveCosts(model);
        const found = result.verdicts.flatMap((verdict, id) => {
          if (verdict?.kind !== "violated" && verdict?.kind !== "reached") return [];
          const { path, steps } = verdict;
          // Who is trapped, the naive search does not know: there only the trace is compared.
          const isTrap = model.properties[id]?.kind === "recoverable";
          const least = isTrap ? path.cost : naiveLeast(model, costs, id);
          return [{ said: path.cost, shown: faultsIn(model, path), least, steps }];
        });
        expect(found.map((it) => it.said)).toEqual(found.map((it) => it.least));
        expect(found.map((it) => it.shown)).toEqual(found.map((it) => it.least));
        const { deadlock } = result;
        expect(deadlock?.kind === "violated" ? deadlock.path.cost : undefined).toEqual(
          naiveDeadlock(model, costs),
        );
        seen.stuck += Number(deadlock?.kind === "violated");
        seen.longer += found.filter((it) => (it.least?.steps ?? 0) > it.steps).length;
        seen.faulty += found.filter((it) => (it.least?.faults ?? 0) > 0).length;
      }),
      { seed: 7, numRuns: 120 },
    );
    expect(Object.entries(seen).filter(([, count]) => count < 10)).toEqual([]);
  });

  const model = `
    var n : 0..5
    var broken : bool
    rule up when n < 5 { n += 1 }
    fault rule leap when n == 1 and not broken { n = 4  broken = true }
    final : true
    recoverable back : n == 5 can reach n == 0
    invariant small : n < 4
    check "it" expect violated small, back
  `;
  const pathOf = async (name: string, only: "steps" | "faults"): Promise<Cost> => {
    const { obligations } = await proveText("m.tw", model, undefined, { minimal: only });
    const [it] = obligations;
    if (it?.kind !== "check" || it.search === undefined) throw new Error("there is one check");
    const found = it.search.judgement.properties.find((one) => one.name === name);
    if (found?.verdict.kind !== "violated") throw new Error(`${name} is violated`);
    return faultsIn(it.search.core, found.verdict.path);
  };

  test("come before the fewest steps, if asked for", async () => {
    expect(await pathOf("small", "steps")).toEqual({ faults: 1, steps: 2 });
    expect(await pathOf("small", "faults")).toEqual({ faults: 0, steps: 4 });
  });

  test("tell how far they are, and may be left for shortest ways, which is said", async () => {
    const heard: string[] = [];
    const said: string[] = [];
    let time = 0;
    const { obligations } = await proveText("m.tw", model, undefined, {
      minimal: "faults",
      now: () => (time += 100),
      limits: () => ({}),
      breathe: (_, { phase }) => {
        heard.push(phase === undefined ? "" : `${phase.name} of ${phase.all}`);
        return Promise.resolve(phase?.name === "fewest faults" ? "stop" : "go-on");
      },
      warn: (it) => said.push(it.code),
    });
    expect(heard).toContain("looking for ways out of 1");
    expect(heard).toContain("fewest faults of 8");
    expect(said).toEqual(["TW0705"]);
    const [it] = obligations;
    if (it?.kind !== "check" || it.search === undefined) throw new Error("there is one check");
    expect(it.concerns).toEqual([]);
    expect(it.search.exploration).toMatchObject({ complete: true, onlyShortest: "interrupted" });
    const small = it.search.judgement.properties.find((one) => one.name === "small");
    expect(small?.verdict).toMatchObject({ kind: "violated", steps: 2 });
  });

  test("keep to the memory that the states leave", async () => {
    const core = coreOf(
      "line.tw",
      `var n, m : 0..100
rule up when n < 100 { n += 1 }
rule over when m < 100 { m += 1 }
invariant near : n + m < 200
`,
    );
    const within = (memoryBytes: number): Promise<Exploration> => explored(core, { memoryBytes });
    const { states, memoryBytes, onlyShortest } = await explored(core);
    // Two words for each state, and two in lists.
    const enough = memoryBytes + 16 * states;
    const limited = [await within(enough), await within(enough - 1)];
    expect([onlyShortest, ...limited.map((it) => it.onlyShortest)]).toEqual([
      undefined,
      undefined,
      "memory",
    ]);
    expect(limited.map((it) => it.complete)).toEqual([true, true]);
  });

  test("lead into traps, too", async () => {
    expect(await pathOf("back", "steps")).toEqual({ faults: 1, steps: 3 });
    expect(await pathOf("back", "faults")).toEqual({ faults: 0, steps: 5 });
  });
});
