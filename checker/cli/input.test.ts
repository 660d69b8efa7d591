import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expandInputs, readText, shownPath } from "./input.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "input-"));
  for (const it of ["b", "b/c", "node_modules", ".git", "empty"]) mkdirSync(join(folder, it));
  for (const it of [
    "z.tw",
    "a.tw",
    "b/c/d.tw",
    "b/x.tw",
    "b/y.txt",
    "node_modules/n.tw",
    ".git/g.tw",
  ])
    writeFileSync(join(folder, it), "var x : bool\n");
  writeFileSync(join(folder, "latin.tw"), Buffer.from([0x2f, 0x2f, 0x20, 0xe9, 0x0a]));
  writeFileSync(join(folder, "large.txt"), Buffer.alloc(5 * 2 ** 20, 0x20));
  symlinkSync("loop", join(folder, "loop"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const paths = (...words: readonly string[]): readonly string[] =>
  expandInputs(words, folder).inputs.map((it) => it.path);

const problem = (name: string): string => {
  const text = readText(join(folder, name), name);
  return E.isLeft(text) ? text.left.reason : "";
};

describe("inputs", () => {
  test("a folder stands for its .tw files in order of name, without hidden and installed ones", () => {
    expect(paths(".")).toEqual(["a.tw", "b/c/d.tw", "b/x.tw", "latin.tw", "z.tw"]);
  });

  test("every file counts once", () => {
    expect(paths("z.tw", "b", "z.tw", "b/x.tw")).toEqual(["z.tw", "b/c/d.tw", "b/x.tw"]);
  });

  test("what is missing and what is empty is said", () => {
    const { inputs, problems } = expandInputs(["none.tw", "empty", "a.tw"], folder);
    expect(inputs).toEqual([{ path: "a.tw", isNamed: true }]);
    expect(problems.map((it) => it.message)).toEqual([
      "cannot read `none.tw`: there is no such file",
      "there is no .tw file in `empty`",
    ]);
  });

  test.each([
    ["./a.tw", "a.tw"],
    ["././b/a.tw", "b/a.tw"],
    ["/home/x/a.tw", "a.tw"],
    ["/home/xyz/a.tw", "/home/xyz/a.tw"],
    ["../a.tw", "../a.tw"],
    [".", "."],
  ])("%s is shown as %s", (path, shown) => {
    expect(shownPath(path, "/home/x")).toBe(shown);
  });

  test("a backslash separates folders where the system says so, and is a letter elsewhere", () => {
    expect(shownPath(".\\b\\a.tw", "C:\\x", "\\")).toBe("b/a.tw");
    expect(shownPath("C:\\x\\a.tw", "C:\\x", "\\")).toBe("a.tw");
    expect(shownPath("w\\x.tw", "/home/x", "/")).toBe("w\\x.tw");
    writeFileSync(join(folder, "w\\x.tw"), "var x : bool\n");
    expect(paths("w\\x.tw")).toEqual(["w\\x.tw"]);
  });
});

describe("texts", () => {
  test.each([
    ["none.tw", "there is no such file"],
    ["a.tw/b.tw", "there is no such file"],
    ["b", "it is a folder, not a file"],
    ["loop", "it is a link that leads back to itself"],
    ["latin.tw", "the file is not UTF-8: byte 0xe9 at offset 3"],
    ["large.txt", "it has 5.0 MB, more than 4.0 MB"],
  ])("%s: %s", (name, reason) => {
    expect(problem(name)).toBe(reason);
  });

  test("a device is refused, since it may never end", () => {
    const text = readText("/dev/zero", "zero");
    expect(E.isLeft(text) && text.left.reason).toBe("it is a device, not a file");
  });
});
