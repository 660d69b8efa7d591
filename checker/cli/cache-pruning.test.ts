import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { prune } from "./cache-pruning.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "check-prune-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const now = 1_700_000_000_000;

/** A file of 100 bytes that was used so many hours ago. */
const put = (path: string, hours: number): void => {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), "x".repeat(100));
  const at = now / 1000 - hours * 3600;
  utimesSync(join(folder, path), at, at);
};

const entry = (digit: string): string => `a${digit}/${digit.repeat(62)}`;

const left = (): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile())
    .map((it) => it.name)
    .toSorted();

test("entries that were used longest ago go, until a fifth of the limit is free", () => {
  for (const digit of ["1", "2", "3", "4", "5"]) put(entry(digit), Number(digit));
  prune(folder, 400, now);
  expect(left()).toEqual(["1", "2", "3"].map((it) => it.repeat(62)));
});

test("nothing goes below the limit", () => {
  for (const digit of ["1", "2", "3"]) put(entry(digit), 1000);
  prune(folder, 300, now);
  expect(left()).toHaveLength(3);
});

test("half written files go when nobody can be writing them any more", () => {
  put(`${entry("1")}.17.tmp`, 2);
  put(`${entry("2")}.17.tmp`, 0.5);
  prune(folder, 1e9, now);
  expect(left()).toEqual([`${"2".repeat(62)}.17.tmp`]);
});

test("what is no entry stays, whatever its size", () => {
  for (const path of ["a1/notes", "mine/1", "letter", `a1/${"1".repeat(61)}`]) put(path, 1000);
  prune(folder, 1, now);
  expect(left()).toHaveLength(4);
});

test("a folder that is not there is none to prune", () => {
  expect(() => prune(join(folder, "none"), 1, now)).not.toThrow();
});
