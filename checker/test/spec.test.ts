// Proves the whole specification once, with the built program, and holds the tables of `spec/README.md` to what it found.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { foundLock } from "./kept-lock.ts";
import { obligationsOf, readRepository, repository } from "./run-text.ts";

const file = "spec/timewait.tw";
const readme = readRepository("spec/README.md");
const obligations = obligationsOf(file, readRepository(file));
const headline = "TIME_WAIT just over 2 MSL";

/** What the tests read of a result; `formats.md` has all of it. */
interface CheckFound {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly met: boolean;
  readonly complete: boolean;
  readonly boundsHit: Readonly<Record<string, number>>;
  readonly states: number;
  readonly transitions: number;
  readonly properties: readonly {
    readonly name: string;
    readonly verdict: string;
    readonly steps?: number;
  }[];
}

interface SweepFound {
  readonly name: string;
  readonly met: boolean;
  readonly points: readonly unknown[];
}

interface Found {
  readonly files: readonly {
    readonly checks: readonly CheckFound[];
    readonly sweeps: readonly SweepFound[];
  }[];
}

interface Ended {
  readonly code: number;
  readonly out: string;
}

/** Not synchronous: the runner must hear of its worker while the proof goes on. */
const check = (words: readonly string[]): Promise<Ended> => {
  if (!inject("isBuilt")) throw new Error("the program could not be built");
  const launcher = join(repository, "bin/check.js");
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [launcher, file, "--color=never", "--no-cache", ...words],
      { cwd: repository, maxBuffer: 2 ** 28 },
      (_, out) => resolve({ code: child.exitCode ?? -1, out }),
    );
  });
};

let ended: Ended;
let checks: ReadonlyMap<string, CheckFound>;
let sweeps: ReadonlyMap<string, SweepFound>;

let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "spec-"));
  ended = await check(["--json", ...foundLock("spec", folder).words]);
  // The program's own output, of which the interfaces above are a part.
  const { files } = JSON.parse(ended.out) as Found;
  checks = new Map(files.flatMap((it) => it.checks).map((it) => [it.name, it]));
  sweeps = new Map(files.flatMap((it) => it.sweeps).map((it) => [it.name, it]));
}, 900_000);

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const checkOf = (title: string): CheckFound => {
  const found = checks.get(title);
  if (found === undefined) throw new Error(`no check \`${title}\` in ${file}`);
  return found;
};

const violatedIn = ({ properties }: CheckFound): readonly string[] =>
  properties.flatMap(({ name, verdict, steps }) =>
    verdict === "violated" ? [`\`${name}\` violated in ${steps} steps`] : [],
  );

/** How many constants differ. */
const changes = (params: CheckFound["params"], from: CheckFound["params"]): number =>
  Object.entries(params).filter(([name, value]) => value !== from[name]).length;

const counted = (count: number): string => count.toLocaleString("en");

const checkText = (it: CheckFound): string =>
  violatedIn(it).length > 0
    ? violatedIn(it).join(", ")
    : `holds: ${counted(it.states)} states, ${counted(it.transitions)} transitions`;

/** What a row says was found, from what was found. */
const foundText = (title: string): string => {
  const sweep = sweeps.get(title);
  if (sweep === undefined) return checkText(checkOf(title));
  const expected = obligations.find((it) => it.title === title)?.expectation;
  return `\`${expected}\`, at ${sweep.points.length} points`;
};

const cellsOf = (line: string): readonly string[] => line.split("|").map((it) => it.trim());

/** The title in the last column but one of a row, if it is a row about a check. */
const titleOf = (line: string): string | undefined => {
  const title = line.startsWith("|") ? /^`(.+)`$/.exec(cellsOf(line).at(-3) ?? "")?.[1] : undefined;
  return title === "check" ? undefined : title;
};

const titlesOf = (part: string): readonly string[] =>
  part
    .split("\n")
    .map(titleOf)
    .filter((it) => it !== undefined);

const renewed = (line: string): string => {
  const title = titleOf(line);
  if (title === undefined) return line;
  return `${cellsOf(line).slice(0, -2).join(" | ").trim()} | ${foundText(title)} |`;
};

const section = (heading: string): string =>
  readme.split("\n## ").find((it) => it.startsWith(heading)) ?? "";

describe("spec/timewait.tw", () => {
  test("every check and sweep is as expected", () => {
    const unmet = [...checks.values(), ...sweeps.values()].filter((it) => !it.met);
    expect({ code: ended.code, unmet: unmet.map((it) => it.name) }).toEqual({ code: 0, unmet: [] });
  });

  test("the proof is complete, and no segment is dropped by a full network", () => {
    const { complete, boundsHit } = checkOf(headline);
    expect({ complete, dropped: boundsHit["wire.full"] ?? 0 }).toEqual({
      complete: true,
      dropped: 0,
    });
  });

  test("every weakened assumption changes one constant of the proof, and breaks it", () => {
    const { params } = checkOf(headline);
    const weakened = titlesOf(section("Every assumption is needed")).map(checkOf);
    const isBroken = (it: CheckFound): boolean =>
      changes(it.params, params) === 1 && violatedIn(it).length > 0;
    expect(weakened.filter((it) => !isBroken(it))).toEqual([]);
    expect(weakened.length).toBeGreaterThan(0);
  });

  test("everything that holds has a partner with one constant changed, which is violated", () => {
    const violated = [...checks.values()].filter((it) => violatedIn(it).length > 0);
    const alone = [...checks.values()].filter(
      (it) =>
        violatedIn(it).length === 0 &&
        !violated.some(({ params }) => changes(params, it.params) === 1),
    );
    expect(alone.map(({ name }) => name)).toEqual([]);
  });

  test("without RFC 1337 an assassination comes before the stale segment", async () => {
    const { code, out } = await check([
      "--check",
      headline,
      "--only",
      "p1",
      "--set",
      "RFC1337=false",
    ]);
    const assassination = out.indexOf("TIME_WAIT.reset.assassin");
    expect([code, assassination > 0, out.indexOf("violates p1") > assassination]).toEqual([
      12,
      true,
      true,
    ]);
  });
});

test("spec/check.lock holds the verdicts and counts", async () => {
  const { text, missing } = foundLock("spec", folder);
  expect(missing([file])).toEqual([]);
  await expect(text()).toMatchFileSnapshot("../../spec/check.lock");
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
