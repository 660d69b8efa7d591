// How npm makes a package of a checkout: with the program in it, or not at all.

import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
let checkout = "";

/** A checkout in which nothing is installed. */
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "checkout-"));
  for (const it of ["bin", "package.json"]) {
    cpSync(join(root, it), join(checkout, it), { recursive: true });
  }
  for (const it of ["checker", "models", "spec"]) symlinkSync(join(root, it), join(checkout, it));
});

afterEach(() => {
  rmSync(checkout, { recursive: true });
});

/** `prepare`, as npm runs it. */
const prepare = (environment: Readonly<Record<string, string>>) => {
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/build.js", "--prepare"], {
    cwd: checkout,
    encoding: "utf8",
    env: { PATH, HOME, ...environment },
  });
  return { status, stdout, stderr, isBuilt: existsSync(join(checkout, "dist/check.js")) };
};

const nothingInstalled = "build: rolldown is not installed; run `npm ci` first\n";

describe("`prepare` where nothing is installed", () => {
  test("fails, so that no package without the program comes of it", () => {
    expect(prepare({ npm_command: "install" })).toEqual({
      status: 70,
      stdout: "",
      stderr: nothingInstalled,
      isBuilt: false,
    });
  });

  test("does not keep `npx check` in a fresh checkout from saying what to do", () => {
    expect(prepare({ npm_command: "exec" })).toMatchObject({ status: 0, isBuilt: false });
  });

  test("brings what the build needs when npm installs globally, and builds", () => {
    // In place of npm, which would fetch the same packages.
    const npm = join(checkout, "npm.cjs");
    writeFileSync(
      npm,
      `require("node:fs").symlinkSync(${JSON.stringify(join(root, "node_modules"))}, "node_modules");
       console.log(process.argv.slice(2).join(" "), process.env.npm_config_global);`,
    );
    const made = prepare({
      npm_command: "install",
      npm_config_global: "true",
      npm_config_prefix: "/nowhere",
      npm_execpath: npm,
    });
    expect(made).toMatchObject({ status: 0, stdout: "", isBuilt: true });
    expect(made.stderr).toBe("ci --include=dev --ignore-scripts --no-audit --no-fund undefined\n");
  });

  test("fails where npm cannot bring it", () => {
    const npm = join(checkout, "npm.cjs");
    writeFileSync(npm, "process.exitCode = 1;\n");
    const environment = { npm_config_global: "true", npm_execpath: npm };
    expect(prepare(environment)).toMatchObject({ status: 70, stderr: nothingInstalled });
  });
});
