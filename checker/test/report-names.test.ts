// What reports call things, so that no program or reader takes one failure for another.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Workshop, workshop } from "./program.ts";
import { junitProblems, hasXmllint, readXml, sarifProblems } from "./report-schemas.ts";

const counter = (rest: string): string =>
  "const TOP : 1..9 = 3\nconst ROOM : 0..9 = 4\nvar n : 0..9\nrule up when n < TOP { n += 1 }\nfinal : true\n" +
  `invariant small : n <= ROOM\ninvariant low : n < 3\n${rest}\n`;

const files = {
  // Two checks judge the same properties, and each combination of a sweep has an answer of its own.
  "a.tw": counter(
    'check "as built" expect holds\ncheck "higher" { TOP = 5 } expect holds\n' +
      'sweep "room" { TOP in 1..4, ROOM in 0..5 } only small least ROOM expect least == if TOP < 3 then TOP else 5\n' +
      'sweep "two" { TOP in 1..2, ROOM in 0..5 } only small least ROOM expect least == 1',
  ),
  "b.tw": counter('check "as built" expect holds'),
  "c.tw": counter(""),
};

let shop: Workshop;

beforeAll(() => {
  shop = workshop(files);
});

afterAll(() => {
  shop.close();
});

const casesOf = (...words: readonly string[]) => {
  shop.check([...words, "--junit", "out.xml"]);
  const text = readFileSync(join(shop.folder, "out.xml"), "utf8");
  if (hasXmllint) expect(junitProblems(text)).toBe("");
  return readXml(text).children.flatMap((it) => it.children);
};

const keyOf = ({ attributes }: { readonly attributes: Readonly<Record<string, string>> }) =>
  `${attributes["classname"] ?? ""} :: ${attributes["name"] ?? ""}`;

test("no two cases of JUnit have the same class and name", () => {
  const keys = casesOf("a.tw", "b.tw", "c.tw").map(keyOf);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toContain("a.tw higher :: low");
  expect(keys).toContain("c.tw :: low");
});

test("a sweep has a case for every answer, and each that is not as expected says so itself", () => {
  const outcomes = casesOf("a.tw", "--check", "room").map((it) => [
    keyOf(it),
    it.children[0]?.attributes["message"],
  ]);
  expect(outcomes).toEqual([
    ["a.tw room :: least ROOM with TOP = 1", undefined],
    ["a.tw room :: least ROOM with TOP = 2", undefined],
    ["a.tw room :: least ROOM with TOP = 3", "the least `ROOM` with TOP = 3 is 3, expected 5"],
    ["a.tw room :: least ROOM with TOP = 4", "the least `ROOM` with TOP = 4 is 4, expected 5"],
  ]);
});

test("the step summary says of a sweep what was expected", () => {
  const environment = { GITHUB_STEP_SUMMARY: join(shop.folder, "summary.md") };
  shop.check(["a.tw", "--check", "two"], { environment });
  expect(readFileSync(join(shop.folder, "summary.md"), "utf8")).toMatch(
    /^\| ✗ \| a\.tw \| two \| least ROOM \| TOP = 1: 1; TOP = 2: 2, expected 1 \|/m,
  );
});

test("the summary counts checks and sweeps together", () => {
  const { out } = shop.check(["a.tw"]);
  expect(out.replaceAll(/\s+/g, " ")).toContain(
    '4 of 4 checks and sweeps not as expected: "as built", "higher", "room" and "two"',
  );
  expect(shop.check(["b.tw"]).out).toContain('1 of 1 check not as expected: "as built"');
});

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly codeFlows: readonly {
        readonly threadFlows: readonly { readonly locations: readonly { location: object }[] }[];
      }[];
    }[];
  }[];
}

test("every step through a library has a place in the checkout for SARIF, and says its own", () => {
  shop.write(
    "own.tw",
    'import "timewait:models/classics/die-hard.tw"\n\ncheck "it" expect holds\n',
  );
  shop.check(["own.tw", "--sarif", "own.sarif"]);
  const text = readFileSync(join(shop.folder, "own.sarif"), "utf8");
  expect(sarifProblems(text)).toEqual([]);
  const { runs } = JSON.parse(text) as Sarif;
  const [flow] = runs[0]?.results[0]?.codeFlows ?? [];
  const steps = (flow?.threadFlows[0]?.locations ?? []).map((it) => it.location);
  expect(steps.length).toBeGreaterThan(3);
  for (const it of steps) {
    expect(it).toMatchObject({
      physicalLocation: { artifactLocation: { uri: "own.tw" }, region: { startLine: 3 } },
      logicalLocations: [
        {
          fullyQualifiedName: expect.stringMatching(
            /^timewait:models\/classics\/die-hard\.tw:\d+$/,
          ),
        },
      ],
      message: { text: expect.stringMatching(/^\d+\. .* \(timewait:.*:\d+\)$/) },
    });
  }
});

test("a command that is misspelt is guessed", () => {
  const { code, err } = shop.check(["mutat", "a.tw"]);
  expect(code).toBe(66);
  expect(err).toContain("did you mean the command `mutate`?");
  expect(shop.check(["a.tw", "mutat"]).err).not.toContain("did you mean");
});

test("an empty range of walks is called empty", () => {
  const { code, err } = shop.check(["simulate", "a.tw", "--set", "TOP=4..1"]);
  expect([code, err]).toEqual([64, expect.stringContaining("the range 4..1 is empty")]);
});

test("a number that moved has one name in JUnit, whatever it was and is, and the difference as its message", () => {
  shop.check(["b.tw", "--lock", "b.lock", "--update-lock"]);
  const lock = readFileSync(join(shop.folder, "b.lock"), "utf8");
  const moved = (states: number) => {
    shop.write("b.lock", lock.replace("states = 4", `states = ${states}`));
    const cases = casesOf("b.tw", "--lock", "b.lock");
    return cases.find((it) => it.attributes["name"]?.includes("TW1013") === true);
  };
  const name = 'TW1013 "as built" moved, though the specification did not';
  for (const states of [5, 6]) {
    const found = moved(states);
    expect(found?.attributes["name"]).toBe(name);
    expect(found?.children[0]?.attributes["message"]).toBe(
      `"as built" moved, though the specification did not: states: ${states} -> 4`,
    );
  }
});

test("the step summary tells first which properties are broken, and then what differs from the lock", () => {
  const environment = { GITHUB_STEP_SUMMARY: join(shop.folder, "summary.md") };
  shop.check(["b.tw", "--lock", "b.lock", "--update-lock"]);
  const lock = readFileSync(join(shop.folder, "b.lock"), "utf8");
  shop.write("b.lock", lock.replace(/states = \d+/, "states = 7"));
  shop.check(["b.tw", "--lock", "b.lock"], { environment });
  const summary = readFileSync(join(shop.folder, "summary.md"), "utf8");
  const at = (text: string): number => summary.indexOf(text);
  expect(at("| ✗ | b.tw | as built | low | violated after 3 steps | 4 |")).toBeGreaterThan(0);
  expect(summary.slice(at("**"))).toBe(
    "**1 difference from the lock**\n\n" +
      '- TW1013 "as built" moved, though the specification did not: states: 7 -> 4 (b.tw)\n\n',
  );
  expect(at("**")).toBeGreaterThan(summary.lastIndexOf("\n|"));
});
