// `check --watch` as somebody who edits meets it: saves, renames, broken texts, imports, the end.

import { type ChildProcess, spawn } from "node:child_process";
import { renameSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { type Workshop, workshop } from "./program.ts";

const launcher = join(import.meta.dirname, "../../bin/check.js");

const model = (limit: number): string =>
  `import "top.tw"\nvar n : 0..9\nrule up when n < TOP { n += 1 }\nrule back when n == TOP { n = 0 }\ninvariant small : n < ${limit}\n`;

interface Watched {
  /** Waits until the text stands in what was said since the last wait. */
  readonly says: (text: string) => Promise<void>;
  readonly end: () => Promise<number | null>;
}

let shop: Workshop | undefined;
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill("SIGKILL");
  shop?.close();
});

const start = (files: Readonly<Record<string, string>>, words: readonly string[]): Watched => {
  const place = workshop(files);
  shop = place;
  const { PATH, HOME } = process.env;
  const started = spawn(process.execPath, [launcher, ...words, "--watch"], {
    cwd: place.folder,
    env: { PATH, HOME, CHECK_CACHE: "off" },
  });
  child = started;
  let said = "";
  let wake = (): void => undefined;
  const hear = (chunk: Buffer): void => {
    said += chunk.toString();
    wake();
  };
  started.stdout.on("data", hear);
  started.stderr.on("data", hear);
  const ended = new Promise<number | null>((resolve) => {
    started.on("close", resolve);
  });
  return {
    says: async (text) => {
      while (!said.includes(text)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      said = said.slice(said.indexOf(text) + text.length);
    },
    end: () => {
      started.kill("SIGINT");
      return ended;
    },
  };
};

const waiting = "watching 2 files; Ctrl-C ends it";

test("checks again when a file is saved, renamed into place, broken, mended, or imported", async () => {
  const files = { "m.tw": model(9), "top.tw": "const TOP = 3\n" };
  const { says, end } = start(files, ["m.tw"]);
  await says("all properties: holds, as expected");
  await says(waiting);

  shop?.write("m.tw", model(3));
  await says("m.tw was saved");
  await says("not as expected");
  await says(waiting);

  shop?.write("m.tw~", "rule half when ");
  renameSync(join(shop?.folder ?? "", "m.tw~"), join(shop?.folder ?? "", "m.tw"));
  await says("error[TW");
  await says("watching");

  shop?.write("m.tw", model(9));
  await says("all properties: holds, as expected");
  await says(waiting);

  shop?.write("top.tw", "const TOP = 9\n");
  await says("top.tw was saved");
  await says("not as expected");
  await says(waiting);
  expect(await end()).toBe(130);
}, 60_000);

test("a save ends a search that goes on, and begins it again", async () => {
  const endless =
    "var a, b, c, d : 0..999\nrule a { a = (a + 1) % 1000 }\nrule b { b = (b + 1) % 1000 }\n" +
    "rule c { c = (c + 1) % 1000 }\nrule d { d = (d + 1) % 1000 }\n";
  const { says, end } = start({ "m.tw": `${endless}invariant fine : a >= 0\n` }, ["m.tw"]);
  await says("m.tw\n");
  shop?.write("m.tw", "var n : 0..1\nfinal : true\n");
  await says("m.tw was saved");
  await says("all properties: holds, as expected");
  expect(await end()).toBe(130);
}, 60_000);

test("a file that is not there is waited for", async () => {
  const { says, end } = start({}, ["later.tw"]);
  await says("later.tw");
  await says("watching 1 file");
  shop?.write("later.tw", "var n : 0..1\nfinal : true\n");
  await says("all properties: holds, as expected");
  expect(await end()).toBe(130);
}, 60_000);

test("standard input cannot be watched", () => {
  shop = workshop({});
  const { code, err } = shop.check(["-", "--watch"]);
  expect([code, err]).toEqual([64, "check: --watch cannot watch standard input: name a file\n"]);
});
