// What is written is there whole, and what is no regular file stays what it is.

import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeWhole } from "./write-whole.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "check-write-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const done = E.right(undefined);

test("a new file and an old one, whose mode stays", () => {
  expect(writeWhole(at("a"), "one")).toEqual(done);
  chmodSync(at("a"), 0o750);
  expect(writeWhole(at("a"), "two")).toEqual(done);
  expect(readFileSync(at("a"), "utf8")).toBe("two");
  expect(statSync(at("a")).mode & 0o777).toBe(0o750);
  expect(readdirSync(folder)).toEqual(["a"]);
});

test("a link stays a link, and what it leads to is written", () => {
  mkdirSync(at("far"));
  writeFileSync(at("far/file"), "old");
  symlinkSync("far/file", at("link"));
  symlinkSync("far/new", at("dangling"));
  expect(writeWhole(at("link"), "new")).toEqual(done);
  expect(writeWhole(at("dangling"), "new")).toEqual(done);
  for (const link of ["link", "dangling"]) expect(lstatSync(at(link)).isSymbolicLink()).toBe(true);
  expect(readFileSync(at("far/file"), "utf8")).toBe("new");
  expect(readFileSync(at("far/new"), "utf8")).toBe("new");
});

test.skipIf(spawnSync("mkfifo", ["--version"]).status !== 0)(
  "a pipe stays a pipe, and its reader gets the text",
  () => {
    spawnSync("mkfifo", [at("pipe")]);
    const reader = openSync(at("pipe"), constants.O_RDWR);
    expect(writeWhole(at("pipe"), "text")).toEqual(done);
    const text = Buffer.alloc(4);
    readSync(reader, text);
    closeSync(reader);
    expect(text.toString()).toBe("text");
    expect(lstatSync(at("pipe")).isFIFO()).toBe(true);
  },
);

test.skipIf(!existsSync("/dev/full"))("a device says itself that it is full, and stays", () => {
  expect(writeWhole("/dev/full", "text")).toEqual(E.left("there is no room left"));
  expect(lstatSync("/dev/full").isCharacterDevice()).toBe(true);
});

test("says why it cannot be written, and leaves nothing behind", () => {
  writeFileSync(at("file"), "");
  mkdirSync(at("folder"));
  expect(writeWhole(at("no/where"), "text")).toEqual(E.left("there is no such folder"));
  expect(writeWhole(at("file/in"), "text")).toEqual(
    E.left("what stands above it is a file, not a folder"),
  );
  expect(writeWhole(at("folder"), "text")).toEqual(E.left("it is a folder"));
  expect(readdirSync(folder).toSorted()).toEqual(["file", "folder"]);
});
