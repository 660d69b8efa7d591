// Proves the whole specification once, and holds the tables of `spec/README.md` to what was found.

import { beforeAll, describe, expect, test } from "vitest";
import type { CheckResult, FileResult, ObligationResult } from "../prove/index.ts";
import { workshop } from "./program.ts";
import { concernsOf, obligationsOf, proveText, readRepository, repository } from "./run-text.ts";

const file = "spec/timewait.tw";
const text = readRepository(file);
const readme = readRepository("spec/README.md");
const obligations = obligationsOf(file, text);
const headline = "TIME_WAIT just over 2 MSL";

let proved: FileResult;

beforeAll(async () => {
  proved = await proveText(file, text);
}, 600_000);

const resultOf = (title: string): ObligationResult => {
  const found = proved.obligations.find((it) => it.title === title);
  if (found === undefined) throw new Error(`no check \`${title}\` in ${file}`);
  return found;
};

const checkOf = (title: string): CheckResult => {
  const found = resultOf(title);
  if (found.kind !== "check") throw new Error(`\`${title}\` is a sweep`);
  return found;
};

const counted = (count: number, what: string): string => `${count.toLocaleString("en")} ${what}`;

const checkFound = ({ title, search }: CheckResult): string => {
  if (search === undefined) throw new Error(`\`${title}\` explored nothing`);
  const { exploration, judgement } = search;
  const violated = judgement.properties.flatMap(({ name, verdict }) =>
    verdict.kind === "violated" ? [`\`${name}\` violated in ${verdict.steps} steps`] : [],
  );
  return violated.length > 0
    ? violated.join(", ")
    : `holds: ${counted(exploration.states, "states")}, ${counted(exploration.transitions, "transitions")}`;
};

const expectationOf = (title: string): string =>
  obligations.find((it) => it.title === title)?.expectation ?? "";

/** What a row says was found, from what was found. */
const foundText = (title: string): string => {
  const result = resultOf(title);
  return result.kind === "check"
    ? checkFound(result)
    : `\`${expectationOf(title)}\`, at ${result.points.length} points`;
};

const cellsOf = (line: string): readonly string[] => line.split("|").map((it) => it.trim());

/** The title in the last column but one of a row, if it is a row about a check. */
const titleOf = (line: string): string | undefined =>
  line.startsWith("|") ? /^`(.+)`$/.exec(cellsOf(line).at(-3) ?? "")?.[1] : undefined;

const isHeading = (title: string): boolean => title === "check";

const renewed = (line: string): string => {
  const title = titleOf(line);
  if (title === undefined || isHeading(title)) return line;
  return `${cellsOf(line).slice(0, -2).join(" | ").trim()} | ${foundText(title)} |`;
};

const titlesOf = (part: string): readonly string[] =>
  part
    .split("\n")
    .map(titleOf)
    .filter((it) => it !== undefined)
    .filter((it) => !isHeading(it));

const section = (heading: string): string =>
  readme.split("\n## ").find((it) => it.startsWith(heading)) ?? "";

describe("spec/timewait.tw", () => {
  test("every check and sweep is as expected", () => {
    expect(concernsOf(proved)).toEqual([]);
  });

  test("the proof is complete, and no segment is dropped by a full network", () => {
    const exploration = checkOf(headline).search?.exploration;
    expect({ complete: exploration?.complete, dropped: exploration?.dropped }).toEqual({
      complete: true,
      dropped: [0],
    });
  });

  test("every weakened assumption changes one constant of the proof", () => {
    const changed = titlesOf(section("Every assumption is needed")).map((title) => ({
      title,
      changes: checkOf(title).parameters.filter((it) => it.source === "check").length,
      isViolated: checkFound(checkOf(title)).includes("violated"),
    }));
    expect(changed.filter((it) => it.changes !== 1 || !it.isViolated)).toEqual([]);
  });

  test("without RFC 1337 an assassination comes before the stale segment", () => {
    const shop = workshop({});
    const words = ["--check", headline, "--only", "p1", "--set", "RFC1337=false", "--quiet"];
    const { code, out } = shop.check([`${repository}/${file}`, ...words]);
    shop.close();
    const assassination = out.indexOf("TIME_WAIT.reset.assassin");
    expect([code, assassination > 0, out.indexOf("violates p1") > assassination]).toEqual([
      12,
      true,
      true,
    ]);
  });
});

describe("spec/README.md", () => {
  test("its tables list every check and sweep once", () => {
    expect(titlesOf(readme).toSorted()).toEqual(obligations.map((it) => it.title).toSorted());
  });

  test("its tables say what was found", async () => {
    const now = readme.split("\n").map(renewed).join("\n");
    await expect(now).toMatchFileSnapshot("../../spec/README.md");
  });
});
