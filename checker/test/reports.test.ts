// Reports for other programs, as pipelines meet them: schemas, places, ways to a run's end.

import { existsSync, mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Ended, type Workshop, workshop } from "./program.ts";
import {
  hasXmllint,
  junitProblems,
  readXml,
  resultProblems,
  sarifProblems,
} from "./report-schemas.ts";

/** Two hosts and a wire, in the manner of the stack models: one guard keeps old segments out. */
const host = (
  guard: string,
  more = "",
): string => `/// A receiver that must not take an old segment.
const ROUNDS : 1..3 = 2
message Segment { round : 0..3 }
network wire carries Segment { capacity 2  full block  loss any  duplication any  reorder any }
event taken(s: Segment)
process sender {
  var round : 0..3
  rule send_next when round < ROUNDS { send wire { round: round }  round += 1 }
}
process receiver {
  var expected, heard : 0..3
  on receive s {
    case in_order when ${guard} { emit taken(s)  expected = min(s.round + 1, 3)  heard = min(heard + 1, 3) }
    ${more}
    ignore
  }
}
final : true
never old_data : taken(s) when s.round < receiver.expected
reachable all_taken : receiver.expected == ROUNDS
check "as built" expect holds
`;

const files = {
  "good.tw": host("s.round == expected"),
  "bad.tw": host("s.round <= expected"),
  "broken.tw": "var n : 0..3\nrule up when m < 3 { n += 1 }\n",
  "deadlock.tw": "var n : 0..3\nrule up when n < 3 { n += 1 }\n",
  "error.tw": "var n : 0..3\nrule up { n += 1 }\n",
  "stuck.tw":
    "var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : n == 3\nrecoverable back : n == 2 can reach n == 0\n",
  "dead.tw": host("s.round == expected", "case never_sent when s.round == 3 { heard = 0 }"),
  "pinned.tw":
    'var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : true\ncheck "it\'s <all> & more" expect holds in 5 states\n',
  "wide.tw":
    'var n : 0..3\nfinal : true\ncheck "50%, 1:2\u{1F600}\u0007" expect violated deadlock\n',
  "sweep.tw":
    'const N : 0..3 = 0\nvar n : 0..3\nrule up when n < 2 { n += 1 }\nfinal : true\ninvariant small : n <= N\nsweep "how large" { N in 0..3 } only small least N expect least == 3\n',
  "large.tw":
    "var a, b, c, d : 0..999\nrule a { a = (a + 1) % 1000 }\nrule b { b = (b + 1) % 1000 }\n" +
    "rule c { c = (c + 1) % 1000 }\nrule d { d = (d + 1) % 1000 }\ninvariant fine : a + b >= 0\n",
};

let shop: Workshop;

beforeAll(() => {
  shop = workshop(files);
});

afterAll(() => {
  shop.close();
});

const read = (name: string): string => readFileSync(join(shop.folder, name), "utf8");

interface Sarif {
  readonly runs: readonly {
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations?: readonly {
        readonly physicalLocation: {
          readonly artifactLocation: { readonly uri: string };
          readonly region: { readonly startLine: number; readonly startColumn: number };
        };
      }[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly codeFlows?: readonly {
        readonly threadFlows: readonly {
          readonly locations: readonly {
            readonly location: {
              readonly message: { readonly text: string };
              readonly physicalLocation: { readonly region: { readonly startLine: number } };
            };
          }[];
        }[];
      }[];
    }[];
  }[];
}

const sarifOf = (name: string) => {
  const text = read(name);
  expect(sarifProblems(text)).toEqual([]);
  const { runs } = JSON.parse(text) as Sarif;
  const [run] = runs;
  if (run === undefined || runs.length !== 1) throw new Error("not one run");
  for (const it of run.results) {
    expect(run.tool.driver.rules[it.ruleIndex]?.id).toBe(it.ruleId);
  }
  return run;
};

const junitOf = (name: string) => {
  const text = read(name);
  if (hasXmllint) expect(junitProblems(text)).toBe("");
  const root = readXml(text);
  const cases = root.children.flatMap((it) => it.children);
  const number = (kind: string): string =>
    String(cases.filter((it) => it.children.some((one) => one.name === kind)).length);
  expect(root.name).toBe("testsuites");
  expect(root.attributes).toMatchObject({
    tests: String(cases.length),
    failures: number("failure"),
    errors: number("error"),
  });
  const skipped = root.children.reduce((sum, it) => sum + Number(it.attributes["skipped"]), 0);
  expect(skipped).toBe(Number(number("skipped")));
  return { root, cases, skipped, text };
};

const reportsOf = (...words: readonly string[]): Ended =>
  shop.check([...words, "--sarif", "out.sarif", "--junit", "out.xml", "--annotations", "--quiet"]);

describe("a wrong guard", () => {
  const line =
    host("")
      .split("\n")
      .findIndex((it) => it.startsWith("never old_data")) + 1;
  const guard =
    host("")
      .split("\n")
      .findIndex((it) => it.includes("case in_order")) + 1;

  test("is pointed to by all reports and the exit code alike", () => {
    expect(reportsOf("good.tw").code).toBe(0);
    expect(sarifOf("out.sarif").results).toEqual([]);
    expect(junitOf("out.xml").root.attributes["failures"]).toBe("0");

    const { code, out } = reportsOf("bad.tw");
    expect(code).toBe(12);
    const [result, ...others] = sarifOf("out.sarif").results;
    expect(others).toEqual([]);
    expect(result).toMatchObject({
      ruleId: "TW1000",
      level: "error",
      partialFingerprints: { "property/v1": "old_data" },
    });
    const place = result?.locations?.[0]?.physicalLocation;
    expect(place).toMatchObject({
      artifactLocation: { uri: "bad.tw", uriBaseId: "%SRCROOT%" },
      region: { startLine: line, startColumn: 7, endColumn: 15 },
    });
    const way = result?.codeFlows?.[0]?.threadFlows[0]?.locations.map((it) => it.location) ?? [];
    expect(way.at(0)?.message.text).toBe("0. initial state");
    expect(way.at(-1)?.physicalLocation.region.startLine).toBe(guard);
    const steps = way.length - 1;
    expect(result?.message.text).toBe(`old_data fails after ${steps} steps (check "as built").`);

    const failed = junitOf("out.xml").cases.filter((it) => it.children.length > 0);
    expect(failed.map((it) => it.attributes["name"])).toEqual(["old_data"]);
    const failure = failed[0]?.children[0];
    expect(failure?.attributes).toEqual({
      message: `violated after ${steps} steps`,
      type: "TW1000",
    });
    expect(failure?.text.split("\n")[0]).toBe(`bad.tw:${line}:7`);
    expect(failure?.text.split("\n").slice(1)).toEqual(way.map((it) => it.message.text));

    const annotations = out.split("\n").filter((it) => it.startsWith("::"));
    expect(annotations).toHaveLength(1);
    expect(annotations[0]).toMatch(
      `::error file=bad.tw,line=${line},col=7,endColumn=15,title=TW1000 old_data::fails after ${steps} steps`,
    );
    expect(annotations[0]?.split("%0A").slice(1)).toEqual(way.map((it) => it.message.text));
  });

  test("is named with its numbers by the lock", () => {
    shop.write("host.tw", files["good.tw"]);
    expect(shop.check(["host.tw", "--lock", "host.lock", "--update-lock"]).code).toBe(0);
    shop.write("host.tw", files["bad.tw"]);
    const { code, out } = shop.check(["host.tw", "--lock", "host.lock"]);
    expect(code).toBe(12);
    expect(out).toContain('host.tw "as built": the specification changed\n');
    expect(out).toMatch(/^ {2}property old_data: holds -> violated after \d+ steps$/m);
    expect(out).toMatch(/^ {2}states: \d+ -> \d+$/m);
    expect(out).toMatch(/^ {2}transitions: \d+ -> \d+$/m);
  });
});

test("what is wrong in a library that stands elsewhere is pointed to where it is asked for", () => {
  const text = 'import "timewait:models/classics/die-hard.tw"\n\ncheck "it" expect holds\n';
  shop.write("own.tw", text);
  const { code, out } = reportsOf("own.tw");
  expect(code).toBe(12);
  const place = sarifOf("out.sarif").results[0]?.locations?.[0]?.physicalLocation;
  expect(place).toMatchObject({
    artifactLocation: { uri: "own.tw" },
    region: { startLine: 3, startColumn: 7 },
  });
  expect(out).toContain("::error file=own.tw,line=3,col=7,");
  expect(junitOf("out.xml").text).toContain(">own.tw:3:7\n0. initial state\n");
});

describe("however a run ends, its reports", () => {
  test.each([
    ["good.tw", 0, []],
    ["bad.tw", 12, ["TW1000"]],
    ["deadlock.tw", 11, ["TW1002"]],
    ["error.tw", 14, ["TW1003"]],
    ["stuck.tw", 13, ["TW1001"]],
    ["dead.tw", 15, ["TW1010"]],
    ["pinned.tw", 15, ["TW1007"]],
    ["wide.tw", 15, ["TW1005"]],
    ["sweep.tw", 15, ["TW1009"]],
    ["broken.tw", 65, ["TW0201"]],
    ["missing.tw", 66, ["TW0190"]],
  ])("are whole: %s", (file, code, rules) => {
    const ended = reportsOf(file);
    expect(ended.code).toBe(code);
    const { results } = sarifOf("out.sarif");
    expect([...new Set(results.map((it) => it.ruleId))]).toEqual(expect.arrayContaining(rules));
    const { cases } = junitOf("out.xml");
    const wrong = cases.filter((it) => it.children.length > 0);
    expect(wrong.length > 0).toBe(code !== 0);
    const annotations = ended.out.split("\n").filter((it) => it.startsWith("::"));
    expect(annotations.length > 0).toBe(code !== 0);
    // Nothing names the machine, and the same run gives the same bytes.
    expect(read("out.sarif")).not.toContain(shop.folder);
    const before = read("out.sarif");
    reportsOf(file);
    expect(read("out.sarif")).toBe(before);
  });

  test("are written of a command line that names nothing", () => {
    expect(reportsOf("good.tw", "--check", "nothing").code).toBe(64);
    expect(sarifOf("out.sarif").results.map((it) => it.ruleId)).toEqual(["TW0590"]);
    expect(junitOf("out.xml").root.attributes["errors"]).toBe("1");
  });

  test("say what was cut by a limit", () => {
    expect(reportsOf("large.tw", "--max-states", "1000").code).toBe(20);
    expect(sarifOf("out.sarif").results).toMatchObject([{ ruleId: "TW0701", level: "warning" }]);
    expect(junitOf("out.xml").root.attributes).toMatchObject({ failures: "0" });
    expect(junitOf("out.xml").skipped).toBeGreaterThan(0);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("are written after %s", async (signal, code) => {
    const words = ["large.tw", "--json-lines", "--sarif", "cut.sarif", "--junit", "cut.xml"];
    const ended = await shop.signalled(words, '"event":"progress"', signal);
    expect(ended.code).toBe(code);
    const lines = ended.out.trimEnd().split("\n");
    const last: unknown = JSON.parse(lines.at(-1) ?? "");
    expect(last).toMatchObject({
      event: "result",
      ended: signal === "SIGINT" ? "interrupted" : "terminated",
    });
    expect(resultProblems(last)).toEqual([]);
    expect(sarifOf("cut.sarif")).toMatchObject({
      invocations: [{ executionSuccessful: false }],
      results: [{ ruleId: "TW0701" }],
    });
    expect(junitOf("cut.xml").root.attributes["failures"]).toBe("0");
    expect(readdirSync(shop.folder).filter((it) => it.endsWith(".tmp"))).toEqual([]);
  });
});

test("SARIF of a run that a limit cut does not look whole", () => {
  const cut = shop.check(["large.tw", "--max-states", "50", "--sarif", "limited.sarif"]);
  expect(cut.code).toBe(20);
  const [invocation] = sarifOf("limited.sarif").invocations;
  expect(invocation).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [
      {
        message: {
          text: expect.stringMatching(/^1 check of \S*large.tw not searched to the end: ".*"\.$/),
        },
      },
    ],
  });
});

describe("what is asked for and cannot be done", () => {
  const words = ["--json-lines", "--sarif", "no.sarif", "--junit", "no.xml", "--quiet"];

  /** How a refused run ends, and what each of its reports says of it. */
  const refused = (...line: readonly string[]) => {
    for (const name of ["no.sarif", "no.xml"]) shop.write(name, "of an earlier run");
    const { code, out } = shop.check([...line, ...words]);
    const told: unknown = JSON.parse(out.trimEnd().split("\n").at(-1) ?? "");
    expect(resultProblems(told)).toEqual([]);
    const { invocations, results } = sarifOf("no.sarif");
    const whole: unknown = JSON.parse(shop.check([...line, "--json"]).out);
    return {
      code,
      told: (told as { readonly ended: string }).ended,
      whole: (whole as { readonly ended: string }).ended,
      isSuccessful: invocations.map((it) => it.executionSuccessful),
      rules: results.map((it) => it.ruleId),
      errors: junitOf("no.xml").root.attributes["errors"],
    };
  };

  const refusal = (rule: string) => ({
    code: 65,
    told: "refused",
    whole: "refused",
    isSuccessful: [false],
    rules: [rule],
    errors: "1",
  });

  test("is in every report: a damaged lock", () => {
    shop.write("damaged.lock", "<<<<<<< ours\n");
    expect(refused("good.tw", "--lock", "damaged.lock")).toEqual(refusal("TW0193"));
  });

  test("is in every report: shards that are missing, and those of other files", () => {
    mkdirSync(join(shop.folder, "none"), { recursive: true });
    expect(refused("merge", "none")).toEqual(refusal("TW0595"));
    shop.write("moved.tw", files["good.tw"]);
    expect(shop.check(["moved.tw", "--shard", "1/1", "--out", "stale"]).code).toBe(0);
    shop.write("moved.tw", files["bad.tw"]);
    expect(refused("merge", "stale")).toEqual(refusal("TW0597"));
  });

  test.each([
    [["--shard", "1/1", "--sarif", "s.sarif"], "--sarif is made of all parts"],
    [["--shard", "1/1", "--json"], "--json is made of all parts"],
    [["--shard", "1/1", "--lock", "l"], "--lock is made of all parts"],
    [["--shard", "1/1", "--coverage-html", "c.html"], "give them --coverage"],
    [["--list", "--junit", "s.xml"], "--list has none"],
  ])("is said of a line that would write nothing: %j", (more, cure) => {
    const { code, err } = shop.check(["good.tw", ...more]);
    expect([code, err]).toEqual([64, expect.stringContaining(cure)]);
    expect(existsSync(join(shop.folder, "s.sarif"))).toBe(false);
  });
});

describe("the JSON document", () => {
  test.each(Object.keys(files).filter((it) => it !== "large.tw"))(
    "is as its schema says, in one piece and in lines: %s",
    (file) => {
      const whole: unknown = JSON.parse(shop.check([file, "--json"]).out);
      expect(resultProblems(whole)).toEqual([]);
      const lines = shop.check([file, "--json-lines"]).out.trimEnd().split("\n");
      const last: unknown = JSON.parse(lines.at(-1) ?? "");
      const timeless = (it: unknown): unknown =>
        JSON.parse(JSON.stringify(it, (key, value: unknown) => (key === "seconds" ? 0 : value)));
      expect(timeless(last)).toEqual({ event: "result", ...(timeless(whole) as object) });
    },
  );

  test("has standard output for itself", () => {
    const { out, err } = shop.check(["bad.tw", "--json", "--annotations"]);
    expect(resultProblems(JSON.parse(out))).toEqual([]);
    expect(err).toContain("::error file=bad.tw");
    const sarif = shop.check(["bad.tw", "--sarif", "-"]);
    expect(sarifProblems(sarif.out)).toEqual([]);
    expect(shop.check(["bad.tw", "--json", "--junit", "-"]).code).toBe(64);
    expect(shop.check(["bad.tw", "--json", "--json-lines"]).code).toBe(64);
    expect(shop.check(["bad.tw", "--sarif", "a", "--junit", "a"]).code).toBe(64);
  });
});

describe("odd characters", () => {
  const odd = "a,b 50% ü#?[x](0).tw";

  test("in the name of a file stand in SARIF as in a URI, in annotations as GitHub wants them", () => {
    shop.write(odd, files["bad.tw"]);
    const { out } = reportsOf(odd);
    const [result] = sarifOf("out.sarif").results;
    expect(result?.locations?.[0]?.physicalLocation.artifactLocation.uri).toBe(
      "a%2Cb%2050%25%20%C3%BC%23%3F%5Bx%5D(0).tw",
    );
    expect(out).toContain("::error file=a%2Cb 50%25 ü#?[x](0).tw,line=");
  });

  test("in SARIF are neither links nor placeholders", () => {
    const title = (text: string): string =>
      `var a : 0..1\nrule turn { a = 1 - a }\nfinal : true\ncheck "${text}" expect violated deadlock\n`;
    shop.write("link.tw", title("[x](0) {y}"));
    shop.write("plain.tw", title("a[0] (1)"));
    reportsOf("link.tw", "plain.tw");
    const texts = sarifOf("out.sarif").results.map((it) => it.message.text);
    expect(texts[0]).toContain('(check "\\[x\\](0) {{y}}")');
    expect(texts[1]).toContain('(check "a[0] (1)")');
    expect(read("out.sarif")).not.toMatch(/[^{]\{[0-9]+\}[^}]/);
  });

  test("stand in JUnit as XML wants them", () => {
    reportsOf("pinned.tw");
    const { root, text } = junitOf("out.xml");
    expect(text).toContain("pinned.tw it&apos;s &lt;all&gt; &amp; more");
    expect(root.children.map((it) => it.attributes["name"])).toContain(
      "pinned.tw it's <all> & more",
    );
    reportsOf("wide.tw");
    expect(junitOf("out.xml").text).toContain('wide.tw 50%, 1:2\u{1F600}"');
  });

  test("stand in annotations as GitHub wants them", () => {
    const { out } = reportsOf("wide.tw");
    const line = out.split("\n").find((it) => it.startsWith("::error")) ?? "";
    const [, properties = "", message = ""] = /^::error (.*?)::(.*)$/.exec(line) ?? [];
    expect(properties.split(",").map((it) => it.split("=")[0])).toEqual([
      "file",
      "line",
      "col",
      "endColumn",
      "title",
    ]);
    expect(message).toContain("50%25, 1:2");
  });
});

describe("on GitHub", () => {
  test("annotations come by themselves, from the root of the checkout, ten of a level at most", () => {
    mkdirSync(join(shop.folder, "sub"), { recursive: true });
    const many = Array.from({ length: 14 }, (_, at) => `check "${at}" expect violated deadlock\n`);
    shop.write("many.tw", `var n : 0..3\nfinal : true\n${many.join("")}`);
    const environment = { GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: join(shop.folder, "..") };
    const { out } = shop.check(["many.tw"], { environment });
    const lines = out.split("\n").filter((it) => it.startsWith("::error"));
    expect(lines).toHaveLength(10);
    expect(lines[0]).toContain(`file=${shop.folder.split("/").at(-1) ?? ""}/many.tw,`);
    expect(shop.check(["many.tw"]).out).not.toContain("::error");
    expect(shop.check(["many.tw", "--no-annotations"], { environment }).out).not.toContain("::");
  });

  test("SARIF, too, names files from the root of the checkout", () => {
    const environment = { GITHUB_WORKSPACE: join(shop.folder, "..") };
    shop.check(["many.tw", "--sarif", "placed.sarif"], { environment });
    expect(read("placed.sarif")).toContain(
      `"uri": "${shop.folder.split("/").at(-1) ?? ""}/many.tw"`,
    );
  });

  test("the step summary gets a table, once more with every run, and never more than 1 MiB", () => {
    const summary = join(shop.folder, "summary.md");
    const environment = { GITHUB_STEP_SUMMARY: summary };
    shop.check(["bad.tw"], { environment });
    const once = read("summary.md");
    expect(once).toMatch(
      /^\| ✗ \| bad\.tw \| as built \| old\\?_data \| violated after \d+ steps \|/m,
    );
    shop.check(["bad.tw"], { environment });
    expect(read("summary.md")).toBe(once + once);
    shop.write("summary.md", "x".repeat(2 ** 20 - 100));
    shop.check(["bad.tw"], { environment });
    expect(read("summary.md").length).toBeLessThanOrEqual(2 ** 20);
  });
});

test("a report that cannot be written is exit 73, and the others are written", () => {
  const words = ["good.tw", "--sarif", "no/such/folder.sarif", "--junit", "other.xml"];
  expect(shop.check(words).code).toBe(73);
  expect(existsSync(join(shop.folder, "other.xml"))).toBe(true);
  expect(shop.check(["good.tw", "--sarif", "good.tw/below.sarif"]).code).toBe(73);
});
