import { describe, expect, test } from "vitest";
import type { Core, Property } from "../core/index.ts";
import type { Exploration, PropertyVerdict } from "../explore/index.ts";
import type { Claim } from "./claim.ts";
import { judge } from "./judge.ts";

const span = { file: "a.tw", start: 0, end: 1 };
const condition = { kind: "constant", value: 1 } as const;
const path = { states: [] };

const property = (name: string, kind: string, instance = ""): Property => {
  const base = { name, span };
  if (kind === "recoverable")
    return {
      ...base,
      kind,
      instance,
      from: condition,
      to: condition,
      withoutFaults: false,
      localCount: 0,
    };
  if (kind === "never") return { ...base, kind, event: 0 };
  return { ...base, kind: kind as "invariant" | "reachable-state", condition, localCount: 0 };
};

const core: Core = {
  variables: [],
  networks: [],
  init: { body: [], localCount: 0 },
  actions: [],
  properties: [
    property("p", "never"),
    property("i", "invariant"),
    property("r", "recoverable", "h = A"),
    property("r", "recoverable", "h = B"),
    property("s", "reachable-state"),
  ],
  events: [],
  bounds: [],
  finals: [],
  sites: [
    { error: "range", message: "`n` takes 0..3", span },
    { error: "assert", message: "never two", span },
  ],
  branches: [],
  parameters: [],
};

const holds: PropertyVerdict = { kind: "holds" };
const reached: PropertyVerdict = { kind: "reached", steps: 1, path };
const violated = (steps: number): PropertyVerdict => ({ kind: "violated", steps, path });
const unknown = (why: "states" | "model-error" | "stopped" | "interrupted"): PropertyVerdict => ({
  kind: "unknown",
  why,
});

const exploration = (more: Partial<Exploration>): Exploration => ({
  complete: true,
  states: 10,
  transitions: 20,
  depth: 5,
  wholeDepth: 5,
  verdicts: [holds, holds, holds, holds, reached],
  deadlock: holds,
  errors: [],
  dropped: [],
  cut: [],
  spent: [],
  taken: new Uint8Array(),
  stateSet: "0",
  seconds: 1,
  memoryBytes: 1,
  ...more,
});

const claim = (text: string): Claim => {
  const [before = "", figures = ""] = text.split(" in ");
  const [kind = "", ...names] = before.split(/[ ,]+/);
  return {
    span,
    kind: kind as Claim["kind"],
    names,
    figures: figures
      .split(",")
      .filter((it) => it !== "")
      .map((it) => {
        const [value = "", unit = ""] = it.trim().split(" ");
        return { unit: unit as "states", value: Number(value), span };
      }),
  };
};

/** Kind and code of every concern. */
const concerns = (text: string, found: Partial<Exploration> = {}): string =>
  judge(core, exploration(found), claim(text), span)
    .concerns.map((it) => `${it.kind} ${it.diagnostic.code}`)
    .join("; ");

const verdicts = (...list: readonly (PropertyVerdict | undefined)[]): Partial<Exploration> => ({
  verdicts: [0, 1, 2, 3, 4].map((k) => (k < list.length ? list[k] : k === 4 ? reached : holds)),
});

const rangeError = { site: 0, steps: 2, path };
const assertError = { site: 1, steps: 3, path };

describe("expect holds", () => {
  test("is met when everything holds and is reached", () => {
    expect(concerns("holds")).toBe("");
  });

  test.each([
    ["a never", verdicts(violated(9)), "safety TW1000"],
    ["an invariant", verdicts(holds, violated(9)), "safety TW1000"],
    ["a recoverable", verdicts(holds, holds, holds, violated(9)), "recoverable TW1001"],
    ["a reachable", verdicts(holds, holds, holds, holds, { kind: "unreached" }), "finding TW1004"],
    ["deadlock", { deadlock: violated(3) }, "deadlock TW1002"],
    ["a model error", { errors: [rangeError] }, "model-error TW1003"],
  ])("is not met when %s is violated", (_, found, expected) => {
    expect(concerns("holds", found)).toBe(expected);
  });

  test("is incomplete when a limit cut the search, never met", () => {
    const cut = { complete: false, stopped: "states", ...verdicts(unknown("states")) } as const;
    expect(concerns("holds", cut)).toBe("incomplete TW0701");
    expect(concerns("holds in 99 states", cut)).toBe("incomplete TW0701");
  });

  test("reports a violation found before the limit too", () => {
    const cut = { complete: false, stopped: "time", ...verdicts(violated(2)) } as const;
    expect(concerns("holds", cut)).toBe("safety TW1000; incomplete TW0701");
  });

  test("is interrupted by an interruption", () => {
    expect(concerns("holds", { complete: false, stopped: "interrupted" })).toBe(
      "interrupted TW0701",
    );
  });

  test("counts an error inside a property as a model error, once per place", () => {
    const inside: PropertyVerdict = { kind: "error", steps: 4, site: 0, path };
    expect(concerns("holds", verdicts(inside, inside))).toBe("model-error TW1003");
    expect(concerns("holds", { ...verdicts(inside), errors: [rangeError] })).toBe(
      "model-error TW1003",
    );
  });

  test("pins states, transitions and depth", () => {
    expect(concerns("holds in 10 states, 20 transitions, 5 steps")).toBe("");
    expect(concerns("holds in 11 states")).toBe("finding TW1007");
    expect(concerns("holds in 10 states, 21 transitions, 6 steps")).toBe(
      "finding TW1007; finding TW1007",
    );
  });
});

describe("expect violated", () => {
  test("is met by exactly the named violations", () => {
    expect(concerns("violated p", verdicts(violated(9)))).toBe("");
    expect(concerns("violated p, r", verdicts(violated(9), holds, violated(4)))).toBe("");
    expect(concerns("violated deadlock", { deadlock: violated(1) })).toBe("");
    const unmet = verdicts(holds, holds, holds, holds, { kind: "unreached" });
    expect(concerns("violated s", unmet)).toBe("");
  });

  test("is not met when a named violation is missing", () => {
    expect(concerns("violated p")).toBe("finding TW1005");
    expect(concerns("violated p, deadlock", verdicts(violated(9)))).toBe("finding TW1005");
  });

  test("is not met when something else is violated as well", () => {
    expect(concerns("violated p", verdicts(violated(9), violated(3)))).toBe("safety TW1000");
    expect(concerns("violated p", { ...verdicts(violated(9)), errors: [rangeError] })).toBe(
      "model-error TW1003",
    );
  });

  test("takes the shortest of the named violations as its steps", () => {
    const found = verdicts(violated(9), holds, violated(4), violated(3));
    expect(concerns("violated p, r in 3 steps", found)).toBe("");
    expect(concerns("violated p, r in 9 steps", found)).toBe("finding TW1007");
  });

  test("`assert` names failed assertions, and no other model error", () => {
    const cut = verdicts(unknown("model-error"));
    expect(concerns("violated assert in 3 steps", { ...cut, errors: [assertError] })).toBe("");
    expect(concerns("violated assert", { errors: [rangeError, assertError] })).toBe(
      "model-error TW1003",
    );
    expect(concerns("violated assert")).toBe("finding TW1005");
  });

  test("says that a violation is missing when a model error left it undecided", () => {
    const found = { ...verdicts(unknown("model-error")), errors: [rangeError] };
    expect(concerns("violated p", found)).toBe("model-error TW1003; finding TW1005");
  });

  test("is incomplete when the search was cut before the rest was decided", () => {
    const found = verdicts(violated(2), unknown("states"));
    const cut = { complete: false, stopped: "states", deadlock: unknown("states") } as const;
    expect(concerns("violated p", { ...found, ...cut })).toBe("incomplete TW0701");
    expect(concerns("violated i", { ...found, ...cut })).toBe("safety TW1000; incomplete TW0701");
  });

  test("is met by an early stop, or a cut, when nothing else was asked", () => {
    const only = {
      verdicts: [violated(2), undefined, undefined, undefined, undefined],
      deadlock: undefined,
      complete: false,
    };
    expect(concerns("violated p", { ...only, stopped: "stopped" })).toBe("");
    expect(concerns("violated p in 2 steps", { ...only, stopped: "states" })).toBe("");
    expect(concerns("violated p", { ...only, stopped: "interrupted" })).toBe("");
    const open = { ...only, stopped: "interrupted", verdicts: [unknown("interrupted")] } as const;
    expect(concerns("violated p", open)).toBe("interrupted TW0701");
  });
});

describe("expect error", () => {
  test("is met by any model error, or by exactly the named kinds", () => {
    expect(concerns("error", { errors: [rangeError] })).toBe("");
    expect(concerns("error range in 2 steps", { errors: [rangeError] })).toBe("");
    expect(concerns("error range, assert", { errors: [rangeError, assertError] })).toBe("");
  });

  test("is not met without one, by another kind, or by a further kind", () => {
    expect(concerns("error")).toBe("finding TW1006");
    expect(concerns("error index", { errors: [rangeError] })).toBe(
      "model-error TW1003; finding TW1006",
    );
    expect(concerns("error range", { errors: [rangeError, assertError] })).toBe(
      "model-error TW1003",
    );
  });

  test("is not met when a property is violated too", () => {
    expect(concerns("error range", { ...verdicts(violated(1)), errors: [rangeError] })).toBe(
      "safety TW1000",
    );
  });
});

test("an instance is named only where it is violated or fails", () => {
  const instances = (one: PropertyVerdict, other: PropertyVerdict): readonly string[] => {
    const { properties } = judge(
      core,
      exploration(verdicts(holds, holds, one, other)),
      claim("holds"),
      span,
    );
    return properties.filter((it) => it.name === "r").map((it) => it.instance);
  };
  expect(instances(holds, holds)).toEqual([""]);
  expect(instances(holds, unknown("states"))).toEqual([""]);
  expect(instances(holds, violated(1))).toEqual(["h = B"]);
  expect(instances({ kind: "error", steps: 1, site: 0, path }, holds)).toEqual(["h = A"]);
});

test("a property with instances gets the verdict of its worst, shortest instance", () => {
  const found = exploration(verdicts(holds, holds, violated(7), violated(3)));
  const { properties } = judge(core, found, claim("violated r"), span);
  expect(properties.map((it) => `${it.name} ${it.instance} ${it.verdict.kind}`)).toEqual([
    "p  holds",
    "i  holds",
    "r h = B violated",
    "s  reached",
    "deadlock  holds",
  ]);
});
