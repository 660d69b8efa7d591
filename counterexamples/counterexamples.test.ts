// Every kept counterexample is what the checker finds today, byte for byte, and has its story.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";

const here = import.meta.dirname;
const root = join(here, "..");

const names = readdirSync(here, { withFileTypes: true })
  .filter((it) => it.isDirectory())
  .map((it) => it.name)
  .toSorted();

test("searching again finds the same traces, and makes the same drawings and captures of them", () => {
  expect(inject("isBuilt")).toBe(true);
  const words = [join(root, "bin/check.js"), "refresh", "counterexamples", "--check"];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: root,
    encoding: "utf8",
  });
  expect([stdout, stderr, status]).toEqual([
    names.map((it) => `${it}: unchanged\n`).join(""),
    "",
    0,
  ]);
});

test.each(names)(
  "%s has a story, a trace, a drawing, a capture and a script, and is in the table",
  (name) => {
    for (const file of ["story.md", "trace.json", "ladder.svg", "capture.pcapng", "script.pkt"]) {
      expect(existsSync(join(here, name, file))).toBe(true);
    }
    expect(readFileSync(join(here, "README.md"), "utf8")).toContain(`[${name}](${name}/story.md)`);
  },
);
