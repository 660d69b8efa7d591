// Shards of checks, sweeps and mutants: together they say what one run says, and nothing less is taken for it.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, type Workshop, workshop } from "./program.ts";

const counter = (rest: string): string =>
  "const TOP : 1..9 = 3\nvar n : 0..9\ninit { n = 1 }\nrule up when n < TOP { n += 1 }\nrule down when n > 1 { n -= 1 }\n" +
  `recoverable home : n > 1 can reach n == 1\ninvariant small : n < 4\n${rest}\n`;

const files = {
  "models/first.tw": counter(
    'check "as it is" expect holds\ncheck "too high" { TOP = 5 } expect violated small in 3 steps\n' +
      'check "another" { TOP = 2 } expect holds\n' +
      'sweep "how high" { TOP in 1..6 } only small least TOP expect least == none',
  ),
  "models/second.tw": counter("reachable top : n == 3"),
  // A check that is called like the point of a sweep is another search.
  "models/third.tw": counter(
    'check "s, TOP = 2" expect holds\nsweep "s" { TOP in 2..3 } only small least TOP',
  ),
  // Of a thousand states "large" is left out.
  "mutants/left-out.tw": [
    "const K : 0..2000 = 0",
    "var n : 0..9",
    "var k : 0..2000",
    "rule up when n < 3 and n < 5 { n += 1 }",
    "rule more when k < K { k += 1 }",
    "final : true",
    "invariant small : n <= 3",
    "invariant few : k < 2",
    'check "small" only small expect holds',
    'check "early" { K = 9 } only few expect violated few',
    'check "large" { K = 2000 } only small expect holds',
    "",
  ].join("\n"),
};

let shop: Workshop;

beforeAll(() => {
  shop = workshop(files);
});

afterAll(() => {
  shop.close();
});

const check = (...words: readonly string[]): Ended =>
  shop.check(words[0] === "mutate" ? words : [...words, "--no-cache"]);

/** Seconds are the only field that varies from run to run. */
const timeless = ({ out, code }: Ended): Pick<Ended, "out" | "code"> => ({
  code,
  out: out
    .replaceAll(/"seconds": [\d.e-]+/g, '"seconds": 0')
    .replaceAll(/\d+\.\d\d s\b/g, "0.00 s"),
});

const part = (folder: string, of: string, ...words: readonly string[]): void => {
  expect(check(...words, "--shard", of, "--out", folder).code).toBe(0);
};

const shards = (folder: string, count: number, ...words: readonly string[]): void => {
  for (let k = 1; k <= count; k += 1) part(folder, `${k}/${count}`, ...words);
};

describe("a merge of shards", () => {
  test.each([1, 3, 20])("of %i parts of a folder is the report of one run", (count) => {
    shards(`of-${count}`, count, "models");
    expect(timeless(check("merge", `of-${count}`, "--json"))).toEqual(
      timeless(check("models", "--json")),
    );
    expect(timeless(check("merge", `of-${count}`))).toEqual(timeless(check("models")));
  });

  test("of sweeps alone is the report of `check sweep`", () => {
    shards("swept", 2, "sweep", "models/first.tw");
    const [drawn, merged] = ["one.svg", "all.svg"];
    expect(timeless(check("merge", "swept", "--svg", merged))).toEqual(
      timeless(check("sweep", "models/first.tw", "--svg", drawn)),
    );
    const read = (name: string): string => readFileSync(join(shop.folder, name), "utf8");
    expect(read(merged)).toBe(read(drawn));
  });

  test("keeps to the options of its parts", () => {
    const words = ["models/first.tw", "--check", "t*", "--set", "TOP=2", "--reduce", "all"];
    shards("narrow", 2, ...words);
    expect(timeless(check("merge", "narrow", "--json"))).toEqual(
      timeless(check(...words, "--json")),
    );
  });

  test("writes the traces of one run", () => {
    shards("traced", 2, "models/first.tw");
    check("merge", "traced", "--out", "from-shards");
    check("models/first.tw", "--out", "from-one");
    const read = (name: string): string =>
      readFileSync(join(shop.folder, name, "too-high-small-1.json"), "utf8");
    expect(read("from-shards")).toBe(read("from-one"));
  });
});

describe("shards that do not fit", () => {
  /** What a refused merge says, with its exit code. */
  const refusal = (folder: string): string => {
    const { code, out, err } = check("merge", folder);
    return `${code}: ${out}${err}`;
  };
  const edit = (file: string, change: (text: string) => string): void => {
    shop.write(file, change(readFileSync(join(shop.folder, file), "utf8")));
  };

  test("one is missing", () => {
    shards("missing", 3, "models");
    rmSync(join(shop.folder, "missing/shard-2-of-3.json"));
    expect(refusal("missing")).toMatch(/^65: error.*shard 2 of 3 is missing/);
  });

  test("one is there twice", () => {
    shards("twice", 2, "models");
    edit("twice/shard-1-of-2.json", (text) => {
      shop.write("twice/shard-0-again.json", text);
      return text;
    });
    expect(refusal("twice")).toMatch(/^65: error.*shard 1 is there 2 times/);
  });

  test("one is of another count", () => {
    shards("counts", 2, "models");
    part("counts", "3/3", "models");
    expect(refusal("counts")).toMatch(/^65: error.*others are of 2/);
  });

  test("one is of another plan", () => {
    part("plans", "1/2", "models");
    part("plans", "2/2", "models/first.tw");
    expect(refusal("plans")).toMatch(/^65: error.*it is part of another plan/);
  });

  test("one is of another command", () => {
    part("commands", "1/2", "models/second.tw");
    part("commands", "2/2", "mutate", "models/second.tw");
    expect(refusal("commands")).toMatch(/^65: error.*it is part of another command/);
  });

  test("one is of another build of the tool", () => {
    shards("builds", 2, "models");
    edit("builds/shard-2-of-2.json", (text) =>
      text.replace(/\(build \w{12}\)/, "(build 0123456789ab)"),
    );
    expect(refusal("builds")).toMatch(
      /^65: error.*it was made by check \S+ \(build 0123456789ab\)/,
    );
  });

  test("one is of another version of the tool", () => {
    shards("versions", 2, "models");
    edit("versions/shard-2-of-2.json", (text) =>
      text.replace(/"tool": "check /, '"tool": "check 9'),
    );
    expect(refusal("versions")).toMatch(/^65: error.*it was made by check 9/);
  });

  test("the files have changed since", () => {
    shop.write("models/changed.tw", counter("reachable top : n == 3"));
    shards("changed", 2, "models/changed.tw");
    shop.write("models/changed.tw", counter("// A comment is no change.\nreachable top : n == 3"));
    expect(check("merge", "changed").code).toBe(0);
    shop.write("models/changed.tw", counter("reachable top : n == 2"));
    expect(refusal("changed")).toMatch(/^65: error.*the files have changed since/);
  });

  test("one was changed on its way", () => {
    shards("bent", 2, "models");
    edit("bent/shard-1-of-2.json", (text) => text.replace('"states": 3', '"states": 4'));
    expect(refusal("bent")).toMatch(/^65: error.*its items were changed/);
  });

  test.each([
    ["cut short", (text: string) => text.slice(0, 900), "it is no JSON"],
    ["something else", () => "[1]", "it does not have the form"],
    ["empty", () => "", "it is no JSON"],
  ])("one is %s", (name, change, why) => {
    const folder = `damaged-${name.replaceAll(" ", "-")}`;
    shards(folder, 2, "models");
    edit(`${folder}/shard-1-of-2.json`, change);
    expect(refusal(folder)).toMatch(new RegExp(`^65: error.*${why}`));
  });

  test("there is none", () => {
    mkdirSync(join(shop.folder, "empty"));
    expect(refusal("empty")).toMatch(/^65: error.*there is no file of a shard/);
    expect(refusal("nowhere")).toMatch(/^66: error.*cannot read `nowhere`/);
    expect(refusal("models/first.tw")).toMatch(/^66: error.*it is a file, not a folder/);
  });

  test("one was left behind by an earlier run of fewer parts, and is named", () => {
    part("stale", "1/2", "models");
    shards("stale", 3, "models");
    expect(refusal("stale")).toMatch(
      /^65: error.*it is one of 2, and others are of 3\n --> stale\/shard-1-of-2\.json/,
    );
  });

  test.each([["models"], ["mutate models/first.tw"]])("one of %s was interrupted", (words) => {
    const folder = words.replace(/ .*/, "-cut");
    shards(folder, 3, ...words.split(" "));
    // As a signal leaves it that comes before the first search has ended.
    edit(`${folder}/shard-1-of-3.json`, (text) => {
      const { items: _, ...rest } = JSON.parse(text) as { items: unknown; facts?: object };
      const facts = rest.facts === undefined ? {} : { facts: { ...rest.facts, checks: 0 } };
      const digest = `sha256:${createHash("sha256").update("[]").digest("hex")}`;
      return JSON.stringify({ ...rest, cut: true, ...facts, digest, items: [] });
    });
    const why = "its run was cut short, so that it must be made again";
    expect(refusal(folder)).toContain(`${why}\n --> ${folder}/shard-1-of-3.json`);
  });
});

test("an interrupted shard of checks says that it is cut", () => {
  const rules = ["a", "b", "c", "d"].map(
    (it) => `rule turn_${it} { ${it} = (${it} + 1) % 1000 }\n`,
  );
  shop.write("large.tw", `var a, b, c, d : 0..999\n${rules.join("")}`);
  // Nothing tells from outside that it searches: it is ended by the clock.
  const words = "large.tw --no-cache --threads 1 --shard 1/1 --out cut-checks";
  expect(shop.shell(`timeout --preserve-status -s TERM 3 $CHECK ${words}`).code).toBe(143);
  const text = readFileSync(join(shop.folder, "cut-checks/shard-1-of-1.json"), "utf8");
  expect(JSON.parse(text)).toMatchObject({ cut: true, items: [] });
});

test("a shard of mutants that had no time says that it is cut", () => {
  const words = ["--shard", "1/1", "--timeout", "0.001", "--out", "cut-mutants"];
  expect(check("mutate", "models/first.tw", ...words).code).toBe(20);
  const text = readFileSync(join(shop.folder, "cut-mutants/shard-1-of-1.json"), "utf8");
  expect(JSON.parse(text)).toMatchObject({ cut: true });
});

describe("the words of shards", () => {
  test.each(["0/2", "3/2", "1", "a/b", "1/0", "-1/2", "1/9999999"])("%s is none", (word) => {
    expect(check("models", "--shard", word).code).toBe(64);
  });

  test("auto needs an environment that says which", () => {
    const { code, err } = check("models", "--shard", "auto/2");
    expect([code, err]).toEqual([
      64,
      "check: --shard auto/2 needs JOB_COMPLETION_INDEX or SLURM_ARRAY_TASK_ID in the environment\n",
    ]);
  });

  test.each([
    [{ JOB_COMPLETION_INDEX: "0" }, "shard-1-of-2.json"],
    [{ SLURM_ARRAY_TASK_ID: "1" }, "shard-2-of-2.json"],
    [{ SLURM_ARRAY_TASK_ID: "2", SLURM_ARRAY_TASK_MIN: "1" }, "shard-2-of-2.json"],
  ])("auto in %o is %s", (environment, name) => {
    const folder = `auto-${Object.values(environment).join("-")}-${name}`;
    const words = ["models/second.tw", "--no-cache", "--shard", "auto/2", "--out", folder];
    expect(shop.check(words, { environment }).code).toBe(0);
    expect(readFileSync(join(shop.folder, folder, name), "utf8")).toContain('"kind": "shard"');
  });

  test("auto beyond the last is refused", () => {
    const environment = { JOB_COMPLETION_INDEX: "2" };
    expect(shop.check(["models", "--shard", "auto/2"], { environment }).code).toBe(64);
  });

  test.each([["--sarif"], ["--junit"], ["--lock"], ["--all"]])(
    "%s is for the merge, where all is known",
    (option) => {
      const { code, err } = check("models", "--shard", "1/2", option, "3", "--out", "none");
      const why = `check: ${option} is made of all parts: give it to \`check merge\`\n`;
      expect([code, err]).toEqual([64, why]);
    },
  );

  test("a merge does not ask for anything else", () => {
    for (const words of [
      ["--set", "TOP=2"],
      ["--check", "x"],
      ["--max-states", "9"],
      ["--watch"],
      ["--timeout", "9"],
      ["--cache-dir", "x"],
    ]) {
      const { code, err } = shop.check(["merge", "of-3", ...words]);
      expect([code, err]).toEqual([
        64,
        expect.stringContaining(`${words[0]} is nothing for a merge`),
      ]);
    }
    const { out } = check("merge", "--help");
    expect(out).not.toMatch(/--set|--watch|--timeout|--max-states|--engine/);
    expect(out).toContain("--sarif");
  });

  test("what is for other shards is not taken", () => {
    shards("words-checks", 1, "models/second.tw");
    shards("words-mutants", 1, "mutate", "models/second.tw");
    const said = (...words: readonly string[]) => {
      const { code, out, err } = check("merge", ...words);
      return [code, out, err];
    };
    for (const words of [
      ["--sarif", "x"],
      ["--junit", "x"],
      ["--lock", "x"],
      ["--trace", "full"],
    ]) {
      const why = `check: ${words[0]} is for shards of checks, and these are of mutants\n`;
      expect(said("words-mutants", ...words)).toEqual([64, "", why]);
    }
    expect(said("words-checks", "--min-score", "9")).toEqual([
      64,
      "",
      "check: --min-score is for shards of mutants, and these are of checks\n",
    ]);
    expect(said("words-checks", "--svg", "x.svg")[0]).toBe(64);
  });

  test.each([
    ["--set", ["--set", "TOP=2"]],
    ["--only", ["--only", "small"]],
    ["--reduce", ["--reduce", "all"]],
    ["--minimal faults", ["--minimal", "faults"]],
  ])("a lock is not written of what was asked with %s", (name, words) => {
    const folder = `locked-${name.replaceAll(/[- ]/g, "")}`;
    shards(folder, 1, "models/second.tw", ...words);
    for (const more of [[], ["--update-lock"]]) {
      const { code, err } = check("merge", folder, "--lock", `${folder}.lock`, ...more);
      expect([code, err]).toEqual([
        64,
        expect.stringContaining(`${name} changes what a lock file`),
      ]);
    }
    expect(existsSync(join(shop.folder, `${folder}.lock`))).toBe(false);
  });
});

describe("shards of mutants", () => {
  test.each([
    ["models/first.tw", []],
    ["models/first.tw", ["--json"]],
    ["mutants/left-out.tw", ["--json"]],
  ])("of %s give byte for byte the unsharded report, with %o", (file, look) => {
    const folder = `parts-${file.replaceAll("/", "-")}${look.join("")}`;
    const words = ["mutate", file, "--max-states", file.includes("left") ? "1000" : "500000"];
    shards(folder, 4, ...words);
    const whole = check(...words, ...look);
    expect(whole.out).not.toBe("");
    expect(check("merge", folder, ...look)).toEqual(whole);
  });
});
