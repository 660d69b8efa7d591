import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Run } from "../report/index.ts";
import { quietOptions } from "./planned-model.ts";
import { reporter } from "./run-reports.ts";
import type { Shell } from "./shell.ts";
import { library } from "./sources.ts";
import { terminal } from "./terminal.ts";

const folder = mkdtempSync(join(tmpdir(), "check-reports-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("a report that cannot be made keeps no other from being written", () => {
  const out = { write: () => true, isTTY: false };
  const shell = {
    folder,
    packageFolder: folder,
    environment: {},
    out,
    err: out,
  } as unknown as Shell;
  const display = terminal(shell.out, shell.err, {
    color: "never",
    quiet: true,
    environment: {},
    now: () => 0,
  });
  const options = { ...quietOptions("a.tw", []), reports: { sarif: "a.sarif", junit: "a.xml" } };
  let asked = 0;
  const run: Run = {
    tool: "check 0",
    ended: "finished",
    get files() {
      asked += 1;
      if (asked === 1) throw new Error("broken");
      return [];
    },
  };
  const { write } = reporter(shell, display, options, library(shell));
  expect(() => write(run)).toThrow("broken");
  expect(readFileSync(join(folder, "a.xml"), "utf8")).toContain("<testsuites");
  expect(asked).toBeGreaterThan(1);
});
