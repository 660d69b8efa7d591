// Runs the built program in a folder of its own, for tests of what users and scripts see.

import { type SpawnSyncReturns, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { inject } from "vitest";

const launcher = join(import.meta.dirname, "../../bin/check.js");

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface Options {
  readonly input?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Workshop {
  readonly folder: string;
  readonly write: (name: string, text: string | Uint8Array) => void;
  readonly check: (words: readonly string[], options?: Options) => Ended;
  /** As a shell command line, in which `$CHECK` is the program. */
  readonly shell: (script: string) => Ended;
  /** Starts the program, sends it a signal when `when` stands in its output, and waits for its end. */
  readonly signalled: (
    words: readonly string[],
    when: string,
    signal: NodeJS.Signals,
  ) => Promise<Ended>;
  readonly close: () => void;
}

/** Nothing of the surroundings decides about colour or progress, and nothing is known from before. */
const plainEnvironment = (): NodeJS.ProcessEnv => {
  const { PATH, HOME } = process.env;
  return { PATH, HOME, CHECK: `${process.execPath} ${launcher}`, CHECK_CACHE: "off" };
};

const ended = ({ status, stdout, stderr }: SpawnSyncReturns<string>): Ended => ({
  code: status,
  out: stdout,
  err: stderr,
});

/** A temporary folder with files in it, in which the program runs. */
export const workshop = (files: Readonly<Record<string, string | Uint8Array>>): Workshop => {
  if (!inject("isBuilt")) throw new Error("the program could not be built");
  const folder = mkdtempSync(join(tmpdir(), "check-"));
  const write = (name: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {
    folder,
    write,
    check: (words, { input = "", environment = {} } = {}) =>
      ended(
        spawnSync(process.execPath, [launcher, ...words], {
          cwd: folder,
          encoding: "utf8",
          input,
          env: { ...plainEnvironment(), ...environment },
          maxBuffer: 2 ** 28,
        }),
      ),
    shell: (script) =>
      ended(
        spawnSync("bash", ["-c", script], {
          cwd: folder,
          encoding: "utf8",
          env: plainEnvironment(),
        }),
      ),
    signalled: (words, when, signal) =>
      new Promise((resolve) => {
        const child = spawn(process.execPath, [launcher, ...words], {
          cwd: folder,
          env: plainEnvironment(),
        });
        let out = "";
        let err = "";
        let isSent = false;
        child.stdout.setEncoding("utf8").on("data", (text: string) => {
          out += text;
          if (isSent || !out.includes(when)) return;
          isSent = true;
          child.kill(signal);
        });
        child.stderr.setEncoding("utf8").on("data", (text: string) => {
          err += text;
        });
        child.on("close", (code) => resolve({ code, out, err }));
      }),
    close: () => rmSync(folder, { recursive: true }),
  };
};
