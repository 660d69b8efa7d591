// What became of a kept violation: found again, gone, or not known.

import { beforeAll, expect, test } from "vitest";
import { evidenceOf, type ObligationResult } from "../pipeline.ts";
import { proveText } from "../test/run-text.ts";
import { fateOf } from "./fate.ts";

type CheckResult = Extract<ObligationResult, { readonly kind: "check" }>;

const text =
  "var n : 0..3\nrule up when n < 3 { n += 1 }\ninvariant low : n < 2\ninvariant fine : n < 4\nfinal : true\n";
const low = { kind: "invariant", property: "low" } as const;
const fine = { kind: "invariant", property: "fine" } as const;
const range = { kind: "error", error: "range", message: "n" } as const;

let result: CheckResult;

const searched = async (model: string): Promise<CheckResult> => {
  const [one] = (await proveText("n.tw", model, () => true)).obligations;
  if (one?.kind !== "check") throw new Error("it has one check");
  return one;
};

beforeAll(async () => {
  result = await searched(text);
});

/** As if memory had ended before the search. */
const cut = (whole = result): CheckResult => {
  const { search } = whole;
  if (search === undefined) throw new Error("it was searched");
  const { exploration, judgement } = search;
  const unknown = { kind: "unknown", why: "memory" } as const;
  return {
    ...whole,
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

test("of a property, another instance is another violation", async () => {
  const model = [
    "enum Host { A, B }",
    "var up : array[Host] of bool = [h in Host: true]",
    "rule fall when up[B] { up[B] = false }",
    "recoverable home : forall h in Host: not up[h] can reach up[h]",
    "final : true",
    "",
  ].join("\n");
  const home = (host: string) =>
    ({ kind: "recoverable", property: "home", instance: `h = ${host}` }) as const;
  const trapped = await searched(model);
  expect(fateOf(trapped, home("B"))).toMatchObject({ kind: "found", violation: home("B") });
  expect(fateOf(trapped, home("A")).kind).toBe("gone");
  const { search } = cut(trapped);
  if (search === undefined) throw new Error("it was searched");
  const known = search.judgement.properties.map((it) =>
    it.instance === "h = A" ? { ...it, verdict: { kind: "holds" } as const } : it,
  );
  const judgement = { ...search.judgement, properties: known };
  const half = { ...trapped, search: { ...search, judgement } };
  expect(["A", "B"].map((it) => fateOf(half, home(it)).kind)).toEqual(["gone", "unknown"]);
});

test("an error at another place is another violation", async () => {
  const model =
    "var x : 0..1\nvar y : 0..1\nrule more { x += 1 }\nrule other when y < 1 { y += 1 }\nfinal : true\n";
  const beyond = await searched(model);
  const [violation] = (beyond.search ? evidenceOf(beyond.search) : []).map((it) => it.violation);
  if (violation?.kind !== "error") throw new Error("x goes beyond its range");
  const elsewhere = { ...violation, message: violation.message.replaceAll("x", "y") };
  expect(elsewhere).not.toEqual(violation);
  expect(fateOf(beyond, violation)).toMatchObject({ kind: "found", violation });
  expect(fateOf(beyond, elsewhere).kind).not.toBe("found");
});
