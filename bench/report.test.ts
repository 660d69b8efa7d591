// From samples to figures, ratios, verdicts and tables.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { begin, end, withMeasured } from "./documents.ts";
import { filledIn } from "./groups.ts";
import { largestCacheMiB } from "./machine.ts";
import { memoryBound } from "./memory-bound.ts";
import { parseOptions } from "./options.ts";
import { boundLines, report, targetTable } from "./report.ts";
import { isSameKind, merged, type Results, type Row } from "./results.ts";
import { least, median, ratio, spread } from "./statistics.ts";
import { table } from "./table.ts";
import { judge } from "./targets.ts";

const states = 16_740_189;
const transitions = 64_237_789;

const row = (contestant: string, cpu: readonly number[], more: Partial<Row> = {}): Row => ({
  group: "narrow L",
  contestant,
  isOurs: contestant.startsWith("ours"),
  samples: cpu.map((it) => ({ cpuSeconds: it, wallSeconds: it / 2, peakBytes: 2 ** 29 })),
  counts: { states, transitions },
  isEqual: true,
  ...more,
});

const results = (...rows: readonly Row[]): Results => ({
  format: 1,
  machine: {
    processor: "a processor",
    cores: 2,
    cacheMiB: 32,
    memoryGiB: 8,
    system: "Linux 6",
    tools: ["Node v20", "spin 6"],
    memoryBy: "wait4",
  },
  memoryBound: { tableBytes: 2 ** 28, linesPerSecond: 64_237_789 },
  groups: [{ id: "narrow L", title: "Narrow, L" }],
  rows,
});

const found = (measured: Results, measure: string): readonly unknown[] =>
  judge(measured)
    .filter((it) => it.measure.startsWith(measure))
    .map((it) => [it.found, it.isMet]);

describe("statistics", () => {
  test("the median of an odd number is the middle one, of an even number between two", () => {
    expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([])]).toEqual([2, 2.5, undefined]);
  });

  test("a spread goes from the least to the most", () => {
    expect(spread([3, 1, 10])).toEqual({ median: 3, least: 1, most: 10 });
  });

  test("a ratio to nothing is none", () => {
    expect([ratio(6, 2), ratio(6, 0), ratio(undefined, 2)]).toEqual([3, undefined, undefined]);
  });

  test("the least looks past what is missing", () => {
    expect([least([undefined, 4, 2]), least([undefined])]).toEqual([2, undefined]);
  });
});

describe("targets", () => {
  const ours = row("ours, WebAssembly, 1 thread", [4, 5, 3]);

  test("compare our median with the median of the best rival", () => {
    const measured = results(
      ours,
      row("SPIN DFS, -O2", [30, 25, 24]),
      row("SPIN DFS, -O3, lean", [22, 16, 20]),
    );
    expect(found(measured, "states per CPU second, one thread, L, against SPIN")).toEqual([
      ["5 ×", true],
    ]);
  });

  test("are missed by what is just too little", () => {
    const measured = results(ours, row("SPIN DFS, -O2", [19.9]));
    expect(found(measured, "states per CPU second, one thread, L, against SPIN")).toEqual([
      ["4.97 ×", false],
    ]);
  });

  test("take a translation for another contestant", () => {
    const measured = results(ours, row("SPIN DFS, -O2, translated", [40]));
    expect(found(measured, "states per CPU second, one thread, L, against SPIN")).toEqual([
      [undefined, undefined],
    ]);
  });

  test("count who counts something else", () => {
    const measured = results(ours, row("SPIN DFS, -O2", [20], { isEqual: false }));
    expect(found(measured, "contestants whose counts differ")).toEqual([["1", false]]);
  });

  test("take what a trivial file needs from the memory of a search", () => {
    const trivial: Row = {
      ...row("ours, as it comes", [0.2], { group: "trivial" }),
      samples: [{ cpuSeconds: 0.2, wallSeconds: 0.2, peakBytes: 2 ** 29 - 26 * states }],
    };
    expect(found(results(ours, trivial), "memory per state")).toEqual([["26 bytes", true]]);
  });

  test("without a limit are for information", () => {
    const measured = results(
      row("ours, as it comes", [2], { group: "start narrow" }),
      row("spin -a, gcc -O0, pan", [1], { group: "start narrow" }),
    );
    expect(targetTable(measured)).toMatch(/quickest +\| +\| 0\.5 × +\| for information/);
  });

  test("that nobody measured are neither met nor missed", () => {
    expect(targetTable(results()).match(/not measured/g)).toHaveLength(judge(results()).length);
  });
});

describe("the report", () => {
  test("shows medians, spread, ratios, counts and who did not take part", () => {
    const measured = results(
      row("ours, JavaScript, 1 thread", [8, 8.5, 9]),
      row("SPIN DFS, -O2", [17], { isEqual: false }),
      { group: "narrow L", contestant: "rumur", isOurs: false, samples: [], problem: "skipped" },
    );
    const lines = report(measured, "##").split("\n");
    const cells = lines.slice(lines.indexOf("## Narrow, L") + 4).map((line) =>
      line
        .split("|")
        .map((it) => it.trim())
        .slice(1, -1),
    );
    expect(cells.slice(0, 3).map((it) => it.join(" | "))).toEqual([
      "ours, JavaScript, 1 thread | 8.50 (8.00..9.00) | 4.25 (4.00..4.50) | 512 | 32 | 1,969,434 | 1.00 | equal",
      "SPIN DFS, -O2 | 17.00 | 8.50 | 512 | 32 | 984,717 | 2.00 | DIFFERENT: 16,740,189, 64,237,789",
      "rumur |  |  |  |  |  |  | skipped",
    ]);
    expect(lines.at(-1)).toBe("16,740,189 states, 64,237,789 transitions.");
  });

  test("says how far from the memory bound the search is", () => {
    const [, line] = boundLines(results(row("ours, JavaScript, 1 thread", [4])));
    expect(line).toContain("at most 16.7 million states per second");
    expect(line).toContain("reaches 25 % of it");
  });

  test("takes figures of one run into those of another", () => {
    const both = merged(
      results(row("SPIN DFS, -O2", [1]), row("rumur", [2])),
      results(row("ours, JavaScript, 1 thread", [4]), row("SPIN DFS, -O2", [3])),
    );
    expect(both.rows.map((it) => [it.contestant, it.samples[0]?.cpuSeconds])).toEqual([
      ["SPIN DFS, -O2", 3],
      ["rumur", 2],
      ["ours, JavaScript, 1 thread", 4],
    ]);
  });
});

describe("the machine", () => {
  test("is told with its largest cache, where it is known", () => {
    const told = results();
    const { cacheMiB: _, ...unknown } = told.machine;
    const firstLine = (it: Results): string => report(it, "##").split("\n")[0] ?? "";
    expect(firstLine(told)).toMatch(/^a processor, 2 cores, 32 MiB of cache, 8 GiB, Linux 6; /);
    expect(firstLine({ ...told, machine: unknown })).toMatch(/^a processor, 2 cores, 8 GiB, /);
  });

  test("is one of a kind with those of its processor, cores and memory", () => {
    const { machine } = results();
    expect(isSameKind(machine, { ...machine, system: "Linux 7", tools: [] })).toBe(true);
    const others = [{ processor: "another" }, { cores: 4 }, { memoryGiB: 16 }, { cacheMiB: 8 }];
    expect(others.filter((it) => isSameKind(machine, { ...machine, ...it }))).toEqual([]);
    const { cacheMiB: _, ...untold } = machine;
    expect([isSameKind(machine, untold), isSameKind(untold, machine)]).toEqual([true, true]);
  });

  test("the largest cache is found among all of them, and nowhere else", () => {
    const folder = mkdtempSync(join(tmpdir(), "caches-"));
    for (const [name, size] of [
      ["index0", "48K"],
      ["index2", "2048K"],
      ["index3", "266240K"],
    ] as const) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, "size"), `${size}\n`);
    }
    writeFileSync(join(folder, "uevent"), "");
    expect(largestCacheMiB(folder)).toBe(260);
    expect(largestCacheMiB(join(folder, "index0"))).toBeUndefined();
    rmSync(folder, { recursive: true });
  });
});

describe("around it", () => {
  test("a table aligns numbers at the right and words at the left", () => {
    expect(
      table(
        ["who", "how many"],
        [
          ["a", "1,000"],
          ["bcde", "2"],
        ],
      ),
    ).toBe(
      [
        "| who  | how many |",
        "| ---- | -------: |",
        "| a    |    1,000 |",
        "| bcde |        2 |",
      ].join("\n"),
    );
  });

  test("the generated part of a document is replaced, the rest stays", () => {
    expect(withMeasured(`before\n${begin}\nold\n${end}\nafter\n`, "new")).toEqual(
      E.right(`before\n${begin}\n\nnew\n\n${end}\nafter\n`),
    );
  });

  test("a document without such a part stays as it is", () => {
    expect(E.isLeft(withMeasured(`${end}\n${begin}\n`, "new"))).toBe(true);
  });

  test("a template is filled in everywhere", () => {
    const it = { MSL: 2, CAP: 3, SMOD: 4, INC: 2, MAXLOSS: 1, MAXDUP: 0 };
    expect(filledIn("@MSL@ @CAP@ @MSL@ @MAXDUP@", it)).toBe("2 3 2 0");
  });

  test.each([
    [[], { rounds: 3, quick: false }],
    [["--quick"], { rounds: 1, quick: true }],
    [["--quick", "--rounds", "5", "--only", "SPIN"], { rounds: 5, only: ["SPIN"] }],
  ])("the command line %j", (words, options) => {
    expect(parseOptions(words)).toMatchObject(E.right(options));
  });

  test.each([[["--rounds"]], [["--rounds", "0"]], [["--fast"]], [["--show"]]])(
    "is wrong: %j",
    (words) => {
      expect(E.isLeft(parseOptions(words))).toBe(true);
    },
  );

  test("memory takes time: a table beyond the caches has fewer than a billion lines per second", () => {
    const { tableBytes, linesPerSecond } = memoryBound(2 ** 24, 1, 2 ** 20);
    expect(tableBytes).toBe(2 ** 24);
    expect(linesPerSecond).toBeGreaterThan(1e5);
    expect(linesPerSecond).toBeLessThan(2e9);
  });
});
