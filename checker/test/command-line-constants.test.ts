// `--set` on lines with one file and with several: which names are wrong, and what is kept of them in traces.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Workshop, workshop } from "./program.ts";

let shop: Workshop;

beforeAll(() => {
  shop = workshop({
    "plain.tw": "var n : bool\nrule turn { n = not n }\ninvariant dark : not n\n",
    "room.tw": "const ROOM : 1..4 = 1\nvar n : 0..4\nrule turn { n = (n + 1) % (ROOM + 1) }\n",
    "top.tw":
      "const TOP : 1..4 = 1\nvar n : 0..4\nrule turn { n = (n + 1) % (TOP + 1) }\ninvariant zero : n == 0\n",
    "damaged.tw": "cons ROOM = 2\nvar n : 0..4\nrule turn { n = 0 }\n",
  });
});

afterAll(() => {
  shop.close();
});

describe("a constant that no file has", () => {
  test.each([
    ["a file without constants", ["plain.tw", "--set", "ROOM=2"]],
    ["a file with another one", ["top.tw", "--set", "ROOM=2"]],
    ["several files", ["plain.tw", "top.tw", "--set", "ROOM=2"]],
    ["a list", ["plain.tw", "--list", "--set", "ROOM=2"]],
    ["a list of several files", ["top.tw", "plain.tw", "--list", "--set", "ROOM=2"]],
    ["random walks", ["simulate", "plain.tw", "--set", "ROOM=2"]],
    ["a translation", ["translate", "plain.tw", "--to", "murphi", "--set", "ROOM=2"]],
    ["mutants", ["mutate", "plain.tw", "--set", "ROOM=2"]],
  ])("is refused with %s, and said once", (_, words) => {
    const { code, out, err } = shop.check(words);
    expect({ code, out }).toEqual({ code: 64, out: "" });
    expect(err.match(/^.*TW.*$/gm)).toEqual(["error[TW0501]: there is no constant `ROOM`"]);
  });

  test("may be a variable of one, which is said", () => {
    const { code, err } = shop.check(["plain.tw", "room.tw", "--set", "n=1"]);
    expect(code).toBe(64);
    expect(err).toContain("error[TW0501]: `n` is a variable, not a constant");
  });

  test("is not what a file is told whose text is damaged: it may be there", () => {
    const { code, err } = shop.check(["damaged.tw", "--set", "ROOM=2"]);
    expect(code).toBe(65);
    expect(err).not.toContain("TW0501");
  });
});

test("a file that cannot be read may have a constant that no other has: it is what is told", () => {
  const { code, err } = shop.check(["plain.tw", "missing.tw", "--set", "ROOM=2"]);
  expect(code).toBe(66);
  expect(err.match(/TW\d+/g)).toEqual(["TW0190"]);
});

describe("a constant of one file of several", () => {
  const line = ["plain.tw", "room.tw", "top.tw", "--set", "ROOM=2"];

  test("is changed there, and the others are as they stand", () => {
    const { out, err } = shop.check(line);
    expect(err).toBe("");
    expect(out.match(/^ +constants .*$/gm)).toEqual([
      "  constants   ROOM = 2 (command line)",
      "  constants   TOP = 1",
    ]);
    expect(shop.check(["--list", ...line])).toMatchObject({ code: 0, err: "" });
  });

  test("is not a part of traces of the others, which can be read alone", () => {
    shop.check([...line, "--set", "TOP=3", "--out", "traces"]);
    const folder = join(shop.folder, "traces");
    const names = readdirSync(folder).filter((it) => !it.endsWith(".itf.json"));
    const sets = names.map((it) => {
      const kept = JSON.parse(readFileSync(join(folder, it), "utf8")) as {
        readonly source: string;
        readonly set?: readonly string[];
      };
      return [kept.source, kept.set ?? []];
    });
    expect(sets).toEqual([
      ["plain.tw", []],
      ["top.tw", ["TOP=3"]],
    ]);
    for (const it of names) {
      expect(shop.check(["export", `traces/${it}`, "--to", "json"]).code).toBe(0);
    }
  });
});
