// The cache of verdicts and the lock file as users meet them: what is known, what is not, what is damaged.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cacheIn } from "../cli/cache.ts";
import { type Ended, type Workshop, workshop } from "./program.ts";

const counter = `const TOP : 0..9 = 3
const SPARE : 0..9 = 7
var n : 0..9
var spare : 0..9
rule up when n < TOP { n += 1 }
rule back when n == TOP { n = 0 }
rule other when spare < SPARE { spare += 1 }
invariant small : n < 3
invariant fine : n <= 9
check "lower" { TOP = 2, SPARE = 1 } expect holds
check "as feared" expect violated small in 3 steps
`;

let shop: Workshop;

beforeEach(() => {
  shop = workshop({ "a.tw": counter });
});

afterEach(() => {
  shop.close();
});

const cache = (): string => join(shop.folder, "cache");

const check = (...words: readonly string[]): Ended =>
  shop.check(["a.tw", "--cache-dir", "cache", ...words]);

interface Found {
  readonly files: readonly {
    readonly checks: readonly {
      readonly name: string;
      readonly states: number;
      readonly cached?: true;
      readonly properties: readonly { readonly line?: number; readonly verdict: string }[];
    }[];
  }[];
}

const checksOf = ({ out }: Ended) => (JSON.parse(out) as Found).files.flatMap((it) => it.checks);

const found = (...words: readonly string[]) => checksOf(check("--json", ...words));

const known = (...words: readonly string[]): readonly string[] =>
  found(...words)
    .filter((it) => it.cached === true)
    .map((it) => it.name);

const entries = (): readonly string[] =>
  readdirSync(cache(), { recursive: true, encoding: "utf8", withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name))
    .toSorted();

/** Without what is said of where a result comes from. */
const told = ({ out }: Ended): string =>
  out
    .replaceAll(/[;,] (all|\d+ of \d+) from the cache/g, "")
    .replaceAll(", from the cache", "")
    .replaceAll(/\d+\.\d+ s/g, "0 s");

const both = ["lower", "as feared"];

describe("what a cache knows", () => {
  test("is the same verdicts, counts and traces", () => {
    const fresh = check("--trace", "ladder");
    const again = check("--trace", "ladder");
    expect(again.out).toContain("all from the cache");
    expect(told(again)).toBe(told(fresh));
    expect(again.code).toBe(fresh.code);
  });

  test("outlives comments and layout, and lines are those of now", () => {
    const lines = found().map((it) => it.properties[0]?.line);
    shop.write("a.tw", `// New.\n\n${counter.replaceAll("  ", "   ")}// The end.\n`);
    const again = found();
    expect(again.map((it) => it.cached)).toEqual([true, true]);
    expect(again.map((it) => it.properties[0]?.line)).toEqual(lines.map((it) => (it ?? 0) + 2));
    expect(check().out).toContain("all from the cache");
  });

  test("of a whole file is told without the ways, which are shown when they are asked for", () => {
    const fresh = check();
    expect(fresh.out).toContain("small is violated after 3 steps:");
    const again = check();
    expect(again.out).toContain("as before; --trace ladder shows it");
    expect(again.out).not.toContain("small is violated after 3 steps:");
    for (const words of [
      ["--trace", "diff"],
      ["--check", "as feared"],
    ])
      expect(check(...words).out).toContain("small is violated after 3 steps:");
  });

  test("is proved again only where an edited constant matters", () => {
    expect(known()).toEqual([]);
    shop.write("a.tw", counter.replace("TOP : 0..9 = 3", "TOP : 0..9 = 4"));
    expect(known()).toEqual(["lower"]);
    shop.write("a.tw", counter.replace("SPARE : 0..9 = 7", "SPARE : 0..9 = 6"));
    expect(known()).toEqual(["lower"]);
    shop.write("a.tw", counter);
    expect(known()).toEqual(both);
  });

  test.each([
    ["a guard", counter.replace("n < TOP {", "n <= TOP and n < 9 {")],
    ["a property", counter.replace("n <= 9", "n <= 8")],
    ["an initial value", counter.replace("var spare : 0..9", "var spare : 0..9 = 1")],
    ["a range", counter.replace("var spare : 0..9", "var spare : 0..8")],
    ["a fault", counter.replace("rule back", "fault rule back")],
    ["a final", `${counter}final : n == 0\n`],
    ["a bound", `${counter}bound low : spare < 7\n`],
  ])("is not believed after an edit of %s", (_, text) => {
    check();
    shop.write("a.tw", text);
    const now = found();
    expect(now.filter((it) => it.cached === true)).toEqual([]);
    const fresh = checksOf(shop.check(["a.tw", "--json", "--no-cache"]));
    expect(now.map((it) => it.states)).toEqual(fresh.map((it) => it.states));
  });

  test("is judged by what the file expects now", () => {
    check();
    shop.write("a.tw", counter.replace("in 3 steps", "in 4 steps"));
    const { code, out } = check();
    expect(out).toContain("expected 4 steps, found 3");
    expect(code).toBe(15);
    expect(known()).toEqual(both);
  });

  test.each([
    ["--reduce", "all"],
    ["--minimal", "faults"],
    ["--engine", "interpreter"],
    ["--only", "small"],
    ["--set", "TOP=5"],
  ])("is of one way of asking: %s %s", (...words) => {
    check();
    expect(known(...words).filter((it) => it !== "lower" || words[0] !== "--set")).toEqual([]);
  });

  test("never has the place of a search that a limit would cut", () => {
    check();
    const { code, out } = check("--max-states", "4", "--check", "lower");
    const fresh = shop.check(["a.tw", "--no-cache", "--max-states", "4", "--check", "lower"]);
    expect(code).toBe(fresh.code);
    expect(told({ code, out, err: "" })).toBe(told(fresh));
    expect(check("--max-states", "100", "--check", "lower").out).toContain("from the cache");
  });

  test("is never what was cut", () => {
    const cut = check("--max-states", "2", "--check", "lower");
    expect(cut.code).toBe(20);
    expect(known()).toEqual([]);
  });

  test("is nothing for --no-cache, which adds nothing either", () => {
    shop.check(["a.tw", "--no-cache"], { environment: { CHECK_CACHE: cache() } });
    expect(readdirSync(shop.folder)).toEqual(["a.tw"]);
    check();
    expect(shop.check(["a.tw", "--no-cache"]).out).not.toContain("from the cache");
  });

  test("stands where the environment says, or beside the package, or with the user", () => {
    const places = (environment: Readonly<Record<string, string>>): readonly string[] => {
      shop.check(["a.tw"], { environment: { HOME: join(shop.folder, "home"), ...environment } });
      return readdirSync(shop.folder).filter((it) => it !== "a.tw");
    };
    expect(places({ CHECK_CACHE: "off" })).toEqual([]);
    expect(places({ CHECK_CACHE: "here" })).toEqual(["here"]);
    rmSync(join(shop.folder, "here"), { recursive: true });
    expect(places({ CHECK_CACHE: "", XDG_CACHE_HOME: join(shop.folder, "xdg") })).toEqual(["xdg"]);
    rmSync(join(shop.folder, "xdg"), { recursive: true });
    expect(places({ CHECK_CACHE: "" })).toEqual(["home"]);
    rmSync(join(shop.folder, "home"), { recursive: true });
    shop.write("node_modules/x/package.json", "{}");
    expect(places({ CHECK_CACHE: "" })).toEqual(["node_modules"]);
    expect(readdirSync(join(shop.folder, "node_modules/.cache"))).toEqual(["timewait"]);
  });

  test("does not matter where it cannot be written", () => {
    shop.write("cache", "no folder");
    expect(check().code).toBe(0);
    expect(check().code).toBe(0);
  });
});

test("a comment that allows a case to be never taken is no comment to the cache", () => {
  const allowed = "    /// Never taken: nobody sends it.\n";
  const text = `message Segment { round : 0..3 }
network wire carries Segment { capacity 1  full block  reorder any }
var sent : 0..1
rule send_one when sent == 0 { send wire { round: 1 }  sent = 1 }
process receiver {
  var heard : 0..1
  on receive s {
    case good when s.round == 1 { heard = 1 }
${allowed}    case other when s.round == 3 { heard = 0 }
    ignore
  }
}
final : true
`;
  shop.write("a.tw", text);
  expect(check().code).toBe(0);
  expect(check().out).toContain("all from the cache");
  shop.write("a.tw", text.replace(allowed, ""));
  expect(check().code).toBe(15);
  shop.write("a.tw", text);
  expect(check().code).toBe(0);
});

/** An entry with another text under a seal that fits. */
const reseal = (place: string, change: (text: string) => string): void => {
  const content = readFileSync(place, "utf8");
  const [head = ""] = content.split("\n");
  const text = change(content.slice(head.length + 1));
  const sum = createHash("sha256").update(text).digest("hex");
  writeFileSync(place, `${head.split(" ").slice(0, -1).join(" ")} ${sum}\n${text}`);
};

/** What a run says and how it ends, told from what is known or, with `--no-cache`, from the start. */
const answerOf = (words: readonly string[], keeping: readonly string[]) => {
  const ended = shop.check([...words, ...keeping]);
  return [ended.code, told(ended)];
};
const fromCache = (...words: readonly string[]) => answerOf(words, ["--cache-dir", "cache"]);
const searchedAnew = (...words: readonly string[]) => answerOf(words, ["--no-cache"]);

test("a verdict is never given to another property, whatever their order and which are judged", () => {
  const textWith = (...properties: readonly string[]): string =>
    [
      "var n : 0..9",
      "rule up when n < 3 { n += 1 }",
      "rule back when n == 3 { n = 0 }",
      ...properties,
      'check "some" only careful, comes_back expect holds',
      "",
    ].join("\n");
  const careful = "invariant careful : n <= 3";
  const comesBack = "recoverable comes_back : n == 2 can reach n == 0";
  const wrong = "invariant wrong : n < 2";
  const vacuous = "recoverable vacuous : n > 5 can reach n == 0";
  for (const text of [
    textWith(careful, comesBack),
    textWith(careful, comesBack, wrong),
    textWith(wrong, careful, comesBack),
    textWith(careful, wrong, comesBack),
    textWith(vacuous, wrong, careful, comesBack),
    textWith(careful, comesBack, vacuous, wrong),
    // Not judged, and yet of another form: its occasion is watched.
    textWith("invariant x : n < 2", careful, comesBack),
    textWith("invariant x : n > 3 implies n < 2", careful, comesBack),
  ]) {
    shop.write("a.tw", text);
    expect(fromCache("a.tw", "--check", "some")).toEqual(searchedAnew("a.tw", "--check", "some"));
    expect(fromCache("a.tw")).toEqual(searchedAnew("a.tw"));
  }
});

test("a search that ended when all was decided has not the place of a whole one", () => {
  const model = counter.split("\n").slice(0, 9).join("\n");
  shop.write("early.tw", `${model}\ncheck "early" only small expect violated small\n`);
  const whole = `${model}\ncheck "whole" only small expect violated small in 12 states\n`;
  shop.write("whole.tw", whole);
  expect(fromCache("early.tw")).toEqual(searchedAnew("early.tw"));
  expect(fromCache("whole.tw")).toEqual(searchedAnew("whole.tw"));
  shop.write("early.tw", whole);
  expect(fromCache("early.tw")).toEqual(searchedAnew("early.tw"));
});

test("a file that came out as expected is known under the same limits only", () => {
  expect(check().code).toBe(0);
  expect(fromCache("a.tw", "--max-states", "4")).toEqual(searchedAnew("a.tw", "--max-states", "4"));
});

test("a file is another where what it imports stands in another folder", () => {
  const library =
    "var n : 0..3\nrule up when n < 3 { n += 1 }\nrule never when n > 3 { n = 0 }\nfinal : true\n";
  const importing = (path: string): string => `import "${path}"\ncheck "all" expect holds\n`;
  shop.write("lib/it.tw", library);
  shop.write("it.tw", library);
  shop.write("b.tw", importing("lib/it.tw"));
  expect(fromCache("b.tw")).toEqual(searchedAnew("b.tw"));
  shop.write("b.tw", importing("it.tw"));
  expect(fromCache("b.tw")).toEqual(searchedAnew("b.tw"));
});

test("a file is another where it stands beside what it imports", () => {
  const library =
    "var n : 0..3\nrule up when n < 3 { n += 1 }\nrule never when n > 3 { n = 0 }\nfinal : true\n";
  const importing = 'import "../lib/it.tw"\ncheck "all" expect holds\n';
  shop.write("lib/it.tw", library);
  shop.write("own/b.tw", importing);
  expect(fromCache("own/b.tw")).toEqual(searchedAnew("own/b.tw"));
  shop.write("lib/b.tw", importing);
  expect(fromCache("lib/b.tw")).toEqual(searchedAnew("lib/b.tw"));
});

test("what another build of the program wrote is not read", () => {
  const key = "0".repeat(64);
  cacheIn(cache(), "one").keep(key, "text");
  expect(cacheIn(cache(), "one").recall(key)).toBe("text");
  expect(cacheIn(cache(), "other").recall(key)).toBeUndefined();
});

describe("an entry", () => {
  test.each([
    ["cut short", (text: string) => text.slice(0, text.length / 2)],
    ["empty", () => ""],
    ["of other bytes", (text: string) => text.replaceAll("3", "4")],
    ["of another build", (text: string) => text.replace(/^timewait 1 \w+/, "timewait 1 0000")],
    ["of another program", () => "something else\n"],
  ])("that is %s is ignored and replaced", (_, damage) => {
    const fresh = check("--trace", "ladder");
    const whole = entries().map((it) => readFileSync(it, "utf8"));
    for (const it of entries()) writeFileSync(it, damage(readFileSync(it, "utf8")));
    const again = check("--trace", "ladder");
    expect(again.out).not.toContain("from the cache");
    expect(told(again)).toBe(told(fresh));
    const seconds = (text: string): string =>
      text
        .split("\n")
        .slice(1)
        .join("\n")
        .replaceAll(/"(seconds|memoryBytes)":[\d.e-]+/g, "");
    expect(entries().map((it) => seconds(readFileSync(it, "utf8")))).toEqual(whole.map(seconds));
    expect(check("--trace", "ladder").out).toContain("all from the cache");
  });

  test("whose counterexample does not replay is not believed", () => {
    const fresh = check("--trace", "ladder");
    let changed = 0;
    for (const it of entries()) {
      reseal(it, (text) => {
        const other = text.replace(
          /"kind":"violated","steps":3,"path":\{"states":\[/,
          '$&{"words":[5]},',
        );
        changed += other === text ? 0 : 1;
        return other;
      });
    }
    expect(changed).toBeGreaterThan(0);
    const again = check("--trace", "ladder");
    expect(told(again)).toBe(told(fresh));
    expect(again.out).toContain("1 of 2 from the cache");
  });

  test("whose counterexample ends where nothing is violated is not believed", () => {
    const fresh = check("--trace", "ladder");
    for (const it of entries()) {
      reseal(it, (text) =>
        text.replace(
          /("kind":"violated","steps":3,"path":\{"states":\[.*?),\{"words":\[\d+\]\}\]/,
          "$1]",
        ),
      );
    }
    expect(told(check("--trace", "ladder"))).toBe(told(fresh));
  });

  test("is whole though several programs write it at once", () => {
    const script =
      "for i in 1 2 3 4 5 6; do $CHECK a.tw --cache-dir cache --trace ladder > out$i 2>&1 & done; wait; " +
      "cat out1 out2 out3 out4 out5 out6 | grep -c 'as expected$'";
    expect(shop.shell(script).out.trim()).toBe("12");
    expect(check("--trace", "ladder").out).toContain("all from the cache");
    expect(entries().filter((it) => it.endsWith(".tmp"))).toEqual([]);
  });
});
