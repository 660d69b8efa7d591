// What is written never takes the place of what is read.

import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Workshop, workshop } from "./program.ts";

const library =
  "var n : 0..3\nrule up when n < 3 { n += 1 }\nfinal : true\ninvariant low : n < 2\n";

const files = {
  "models/a.tw": 'import "../parts/counter.tw"\ncheck "it" expect violated low\n',
  "parts/counter.tw": library,
  plain: library,
};

let shop: Workshop;

beforeAll(() => {
  shop = workshop(files);
  mkdirSync(join(shop.folder, "out"));
  for (const name of ["link.tw", "link"]) {
    symlinkSync(join("..", "models", "a.tw"), join(shop.folder, "out", name));
  }
  shop.check(["models", "--lock", "models/check.lock", "--update-lock", "--out", "traces"]);
});

afterAll(() => {
  shop.close();
});

const read = (name: string): string => readFileSync(join(shop.folder, name), "utf8");

describe("a report is refused, and the file is as before,", () => {
  test.each([
    ["an input", ["models", "--sarif", "models/a.tw"], "models/a.tw"],
    ["an input by another name", ["models", "--junit", "./models/../models/a.tw"], "models/a.tw"],
    ["an input through a link", ["models", "--coverage-html", "out/link.tw"], "models/a.tw"],
    ["an import", ["models/a.tw", "--sarif", "parts/counter.tw"], "parts/counter.tw"],
    [
      "an import, of a mistaken line",
      ["models/a.tw", "--check", "no", "--junit", "parts/counter.tw"],
      "parts/counter.tw",
    ],
    [
      "the lock",
      ["models", "--lock", "models/check.lock", "--sarif", "models/check.lock"],
      "models/check.lock",
    ],
    [
      "the lock that is written",
      ["models", "--lock", "models/check.lock", "--update-lock", "--sarif", "models/check.lock"],
      "models/check.lock",
    ],
    [
      "another report",
      ["models", "--sarif", "models/a.tw", "--coverage-html", "models/a.tw"],
      "models/a.tw",
    ],
    [
      "a model that is drawn",
      ["graph", "models/a.tw", "--to", "dot", "--output", "models/a.tw"],
      "models/a.tw",
    ],
    [
      "a model that is translated",
      ["translate", "models/a.tw", "--to", "murphi", "--output", "models/a.tw"],
      "models/a.tw",
    ],
    [
      "a trace that is exported",
      ["export", "traces/it-low-1.json", "--to", "mermaid", "--output", "traces/it-low-1.json"],
      "traces/it-low-1.json",
    ],
  ])("where it would be %s", (_, words, file) => {
    const before = read(file);
    const { code, err, out } = shop.check(words);
    expect([code, out]).toEqual([64, ""]);
    expect(err).toMatch(/would overwrite|cannot share/);
    expect(read(file)).toBe(before);
  });
});

describe("a lock is refused, and the file is as before,", () => {
  test.each([
    ["an input", ["models/a.tw", "--lock", "models/a.tw"], "models/a.tw"],
    ["an input by another name", ["models", "--lock", "./models/../models/a.tw"], "models/a.tw"],
    ["an input that has another ending", ["plain", "--lock", "plain"], "plain"],
    ["a link to one", ["models", "--lock", "out/link"], "models/a.tw"],
    ["a library", ["models/a.tw", "--lock", "parts/counter.tw"], "parts/counter.tw"],
  ])("where it would be %s", (_, words, file) => {
    const before = read(file);
    for (const more of [[], ["--update-lock"], ["--update-lock", "--junit", "lock.xml"]]) {
      const { code, err, out } = shop.check([...words, ...more]);
      expect([code, out]).toEqual([64, ""]);
      expect(err).toBe(
        `check: --lock names \`${words[2]}\`, which is a specification and not a lock; name another file\n`,
      );
      expect(read(file)).toBe(before);
    }
  });

  test("where it would be a new file that is named like a specification", () => {
    expect(shop.check(["models", "--lock", "new.tw", "--update-lock"]).code).toBe(64);
    expect(existsSync(join(shop.folder, "new.tw"))).toBe(false);
  });
});

test("a folder is no lock, and nobody is told that it could be written", () => {
  for (const more of [[], ["--update-lock"]]) {
    const { code, err } = shop.check(["models", "--lock", "models", ...more]);
    expect(code).toBe(66);
    expect(err).toContain("error[TW0193]: cannot read `models`: it is a folder");
    expect(err).toContain("name a file in it, as `check.lock`");
    expect(err).not.toContain("--update-lock");
  }
});

test("two reports do not share a file, but for a device", () => {
  const words = ["models", "--sarif", "x.out", "--coverage-html", "./x.out"];
  const { code, err } = shop.check(words);
  expect([code, err]).toEqual([
    64,
    "check: --sarif and --coverage-html cannot share the file `./x.out`\n",
  ]);
  expect(shop.check(["models", "--sarif", "/dev/null", "--coverage-html", "/dev/null"]).code).toBe(
    0,
  );
});

test("a report beside the models is written, again and again", () => {
  for (const _ of [1, 2]) expect(shop.check(["models", "--sarif", "models/a.sarif"]).code).toBe(0);
  expect(read("models/a.sarif")).toContain('"version": "2.1.0"');
});
