// What became of a kept violation: found again, gone, or not known.

import { beforeAll, expect, test } from "vitest";
import type { ObligationResult } from "../pipeline.ts";
import { proveText } from "../test/run-text.ts";
import { fateOf } from "./fate.ts";

type CheckResult = Extract<ObligationResult, { readonly kind: "check" }>;

const text =
  "var n : 0..3\nrule up when n < 3 { n += 1 }\ninvariant low : n < 2\ninvariant fine : n < 4\nfinal : true\n";
const low = { kind: "invariant", property: "low" } as const;
const fine = { kind: "invariant", property: "fine" } as const;
const range = { kind: "error", error: "range", message: "n" } as const;

let result: CheckResult;

beforeAll(async () => {
  const [one] = (await proveText("n.tw", text, () => true)).obligations;
  if (one?.kind !== "check") throw new Error("it has one check");
  result = one;
});

/** As if memory had ended before the search. */
const cut = (): CheckResult => {
  const { search } = result;
  if (search === undefined) throw new Error("it was searched");
  const { exploration, judgement } = search;
  const unknown = { kind: "unknown", why: "memory" } as const;
  return {
    ...result,
    search: {
      ...search,
      exploration: { ...exploration, complete: false, stopped: "memory" },
      judgement: {
        ...judgement,
        errors: [],
        properties: judgement.properties.map((it) => ({ ...it, verdict: unknown })),
      },
    },
  };
};

test("is found again with its trace", () => {
  const fate = fateOf(result, low);
  expect(fate).toMatchObject({ kind: "found", violation: low });
  expect(fate.kind === "found" && fate.trace.steps.length).toBe(2);
});

test("is gone where the search decided so, or there is no such check", () => {
  expect(fateOf(result, fine).kind).toBe("gone");
  expect(fateOf(result, range).kind).toBe("gone");
  expect(fateOf(undefined, low).kind).toBe("gone");
});

test("is not known where the search was cut, or there was none", () => {
  for (const it of [low, fine, range, { kind: "deadlock" } as const]) {
    expect([it.kind, fateOf(cut(), it).kind]).toEqual([it.kind, "unknown"]);
  }
  const { search: _search, ...unsearched } = result;
  expect(fateOf(unsearched, low).kind).toBe("unknown");
});
