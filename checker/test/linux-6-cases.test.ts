// Takes each case of Linux 6 out of the handlers of TIME_WAIT and FIN_WAIT_2: without it some check of the model must find something else.

import { describe, expect, test } from "vitest";
import type { CheckResult, FileResult } from "../prove/index.ts";
import { type Case, parse } from "../syntax/index.ts";
import { idsIn } from "./library-ids.ts";
import { proveText, readRepository } from "./run-text.ts";

const file = "models/linux-6.tw";
const text = readRepository(file);
const { declarations } = parse(file, text).value;

interface NamedCase {
  readonly name: string;
  readonly it: Case;
}

/** The cases of both handlers, in their order. */
const cases: readonly NamedCase[] = declarations
  .flatMap((it) => (it.kind === "extend" ? it.members : []))
  .flatMap((it) => (it.kind === "receive" ? [it] : []))
  .flatMap(({ states, body }) => {
    const state = states.map((it) => it.text).join("|");
    const all = body.kind === "cases" ? body.cases : body.stages.flatMap((it) => it.cases);
    return all.map((it) => ({ name: `${state}.${it.name.text}`, it }));
  });

/** Checks that name a fact of the case come first: they were written for it. */
const checksFor = ({ it }: NamedCase): readonly string[] => {
  const ids = idsIn(it.doc ?? "");
  const checks = declarations.flatMap((one) => (one.kind === "check" ? [one] : []));
  const relevance = ({ title, doc = "" }: (typeof checks)[number]): number =>
    idsIn(title).some((id) => ids.includes(id))
      ? 0
      : idsIn(doc).some((id) => ids.includes(id))
        ? 1
        : 2;
  return checks
    .map((check, at) => ({ title: check.title, rank: relevance(check), at }))
    .toSorted((left, right) => left.rank - right.rank || left.at - right.at)
    .map(({ title }) => title);
};

const checkOf = ({ obligations }: FileResult): CheckResult => {
  const [check] = obligations;
  if (check?.kind !== "check") throw new Error("the check was not run");
  return check;
};

/** What was decided of each property. What a model error leaves open is no verdict. */
const verdictsOf = ({ search }: CheckResult): ReadonlyMap<string, boolean> =>
  new Map(
    (search?.judgement.properties ?? []).flatMap(
      ({ name, instance, verdict }): (readonly [string, boolean])[] => {
        const key = `${name} ${instance}`;
        if (verdict.kind === "holds" || verdict.kind === "reached") return [[key, true]];
        if (verdict.kind === "violated" || verdict.kind === "unreached") return [[key, false]];
        return [];
      },
    ),
  );

const without = ({ it: { span } }: NamedCase): string =>
  text.slice(0, span.start) + text.slice(span.end);

const known = new Map<string, ReadonlyMap<string, boolean>>();

const asItIs = async (title: string): Promise<ReadonlyMap<string, boolean>> => {
  const found =
    known.get(title) ?? verdictsOf(checkOf(await proveText(file, text, (it) => it === title)));
  known.set(title, found);
  return found;
};

/** The first check that notices, and in what. */
const noticed = async (one: NamedCase): Promise<string | undefined> => {
  for (const title of checksFor(one)) {
    const before = await asItIs(title);
    const after = verdictsOf(checkOf(await proveText(file, without(one), (it) => it === title)));
    const changed = [...after].find(([key, holds]) => before.has(key) && before.get(key) !== holds);
    if (changed !== undefined) return `${title}: ${changed[0]}`;
  }
  return undefined;
};

describe("models/linux-6.tw", () => {
  test("has the lists F1 to F6 and T1 to T6 in its handlers", () => {
    const ids = new Set(cases.flatMap(({ it }) => idsIn(it.doc ?? "")));
    const lists = ["F", "T"].flatMap((it) => [1, 2, 3, 4, 5, 6].map((at) => `${it}${at}`));
    expect(lists.filter((it) => !ids.has(it))).toEqual([]);
  });

  test.each(cases)("without $name a check has another verdict", async (one) => {
    expect(await noticed(one)).toBeDefined();
  });
});
