// Runs what `docs/what-if.md` tells its reader to run, with the built program, and holds the page to what comes out.

import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { readRepository, repository } from "./run-text.ts";

const page = readRepository("docs/what-if.md");

interface Ended {
  readonly code: number;
  readonly out: string;
}

const run = (words: readonly string[], folder: string): Promise<Ended> => {
  if (!inject("isBuilt")) throw new Error("the program could not be built");
  const launcher = join(repository, "bin/check.js");
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [launcher, ...words, "--color=never", "--no-cache"],
      { cwd: folder },
      (_, out) => resolve({ code: child.exitCode ?? -1, out }),
    );
  });
};

/** The words of a command as a shell takes them. */
const wordsOf = (command: string): readonly string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");

/** Without what is another each time, and without the list of constants, which is long. */
const lasting = (out: string): string =>
  out
    .replaceAll(/\d+(?:\.\d+)? s\b/g, "0.01 s")
    .replaceAll(/^ {2}constants {3}.*(?:\n {14}.*)*/gm, "  constants   …")
    .trim();

/** Each command of the page, with what the page says comes out. */
const told = [
  ...page.matchAll(/```sh\nnpx check ([^\n]+)\n```\n\n```text\n([\s\S]*?)\n```\n/g),
].map(([all, command = "", out = ""]) => ({ all, command, out }));

/** The files that the page has the reader write. */
const written = [...page.matchAll(/as `([\w-]+\.tw)`[\s\S]*?```tw\n([\s\S]*?)```/g)].map(
  ([, name = "", text = ""]) => ({ name, text }),
);

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "what-if-"));
  for (const { name, text } of written) writeFileSync(join(folder, name), text);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("docs/what-if.md", () => {
  test("has a file to write, which begins inside a connection by its own `init`", () => {
    expect(page.match(/```tw/g)?.length).toBe(written.length);
    expect(written.map(({ name }) => name)).toEqual(["late-fin.tw"]);
    const text = written[0]?.text ?? "";
    expect(text).toContain('import "timewait:models/linux-6.tw"');
    expect(text).toMatch(/init \{[\s\S]*state = TIME_WAIT[\s\S]*send wire \{[\s\S]*\} from B to A/);
  });

  test("says what comes out, and how it ends", async () => {
    const ended: { readonly command: string; readonly code: number; readonly out: string }[] = [];
    for (const { command } of told) {
      const words = wordsOf(command);
      const isWritten = written.some(({ name }) => words.includes(name));
      const { code, out } = await run(words, isWritten ? folder : repository);
      ended.push({ command, code, out: lasting(out) });
    }
    expect(ended.map(({ command, code }) => `${command.split(" ", 1)[0] ?? ""}: ${code}`)).toEqual([
      "late-fin.tw: 0",
      "models/linux-6.tw: 12",
    ]);
    const now = told.reduce(
      (text, { all, out }, at) =>
        text.replace(all, () => all.replace(out, () => ended[at]?.out ?? "")),
      page,
    );
    await expect(now).toMatchFileSnapshot("../../docs/what-if.md");
  }, 60_000);

  test.each(["README.md", "models/README.md"])("is linked from %s", (file) => {
    expect(readRepository(file)).toContain("what-if.md)");
  });
});
