// The package as users get it: what is in it, and that it works in a folder of theirs, without a network.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
let scratch = "";
let packed: readonly string[] = [];

const npm = (folder: string, command: string, ...words: readonly string[]): string =>
  execFileSync(command, words, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, npm_config_update_notifier: "false", FORCE_COLOR: "0" },
  });

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "package-"));
  // Scripts would build again what the tests were built from.
  const words = ["pack", "--json", "--ignore-scripts", "--pack-destination", scratch];
  const answer = npm(root, "npm", ...words);
  const [{ files }] = JSON.parse(answer) as [{ files: readonly { path: string }[] }];
  packed = files.map((it) => it.path);
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

describe("the package", () => {
  test("holds the program, the specification, the models, and neither sources nor tests", () => {
    expect(new Set(packed.map((it) => it.split("/")[0]))).toEqual(
      new Set(["LICENSE", "README.md", "bin", "dist", "models", "package.json", "spec"]),
    );
    for (const it of [
      "bin/check.js",
      "dist/check.js",
      "dist/worker.cjs",
      "dist/LICENSES.txt",
      "spec/timewait.tw",
    ])
      expect(packed).toContain(it);
    const unwanted = packed.filter((it) => /\.(ts|test\.\w+|map|tmp)$/.test(it));
    expect(unwanted).toEqual(["bin/library.d.ts"]);
  });

  test("checks a user's file in an empty folder, and packaged models by import", () => {
    const folder = join(scratch, "user");
    mkdirSync(folder);
    const tarball = readdirSync(scratch).find((it) => it.endsWith(".tgz")) ?? "";
    npm(folder, "npm", "install", "--offline", "--no-audit", "--no-fund", join("..", tarball));
    writeFileSync(join(folder, "mine.tw"), "var lit : bool\nrule flip { lit = not lit }\n");
    writeFileSync(
      join(folder, "import.tw"),
      'import "timewait:models/classics/die-hard.tw"\ncheck "again" only measured expect holds\n',
    );
    expect(npm(folder, "npx", "--offline", "check", "mine.tw")).toContain(
      "✓ all properties: holds, as expected",
    );
    expect(npm(folder, "npx", "--offline", "check", "import.tw")).toContain("again: holds");
    const used = "import { rehearse } from '@timewait/check'; console.log(typeof rehearse)";
    expect(npm(folder, "node", "--input-type=module", "-e", used)).toBe("function\n");
    expect(npm(folder, "npx", "--offline", "timewait", "--version")).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

test("in the project's own folder `npx check` is this program", () => {
  expect(npm(root, "npx", "--offline", "check", "--list", "models/classics/die-hard.tw")).toContain(
    "models/classics/die-hard.tw\n",
  );
});
