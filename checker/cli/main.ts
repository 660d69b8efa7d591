// The program: gathers its surroundings, runs one command, ends with an exit code.

import { readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { parseCommandLine } from "./command-line.ts";
import { exitCode, exitCodeOf, type Outcome } from "./exit-codes.ts";
import { makesFiles } from "./made-files.ts";
import { packageFolder } from "./package-folder.ts";
import type { Shell } from "./shell.ts";
import { startWorker } from "./threads.ts";

const versionOf = (folder: string): string => {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
};

/** What the build wrote beside itself. */
const fingerprintOf = (folder: string): string | undefined => {
  try {
    return readFileSync(join(folder, "dist/fingerprint.txt"), "utf8").trim();
  } catch {
    return undefined;
  }
};

/** Without `--memory`, searches leave a third of the machine to everybody else. */
const defaultMemory = (): number => {
  const allowed = process.constrainedMemory();
  const total = totalmem();
  return Math.floor((allowed > 0 && allowed < total ? allowed : total) * (2 / 3));
};

type Signal = Awaited<ReturnType<Shell["pause"]>>;

/** Signals that come so soon after the first are the same one: `timeout` sends each to a process and to its group. */
const sameSignalMs = 200;

/** The first signal asks the search to end, the second ends the program at once. */
const listenForSignals = (): (() => Signal) => {
  let received: Signal;
  let receivedAt = Number.NEGATIVE_INFINITY;
  const on = (signal: NonNullable<Signal>) => () => {
    const now = performance.now();
    if (received === undefined) [received, receivedAt] = [signal, now];
    else if (now - receivedAt > sameSignalMs) process.exit(exitCode[signal]);
  };
  process.on("SIGINT", on("interrupted"));
  process.on("SIGTERM", on("terminated"));
  // The terminal was closed.
  process.on("SIGHUP", on("terminated"));
  return () => received;
};

/** Whether anybody still hears the program, and how it ends where nobody does. */
interface Hearing {
  /** From then on the run is worth finishing for the files that it makes. */
  readonly expectFiles: () => void;
  /** The exit code of a run that came to its end. */
  readonly end: (outcomes: readonly Outcome[]) => void;
}

/**
 * What cannot be written cannot be said either; when only the reader went away, there is nobody to tell. A run
 * that makes files goes on and makes them: reports must not depend on who reads the log.
 */
const listenForLoss = (): Hearing => {
  let [isLost, hasFiles] = [false, false];
  let ended: readonly Outcome[] | undefined;
  const settle = (): void => {
    if (ended === undefined) return;
    process.exitCode = exitCodeOf([...ended, ...(isLost ? (["io"] as const) : [])]);
  };
  const onError = (error: Error & { readonly code?: string }): void => {
    const isFirst = !isLost;
    isLost = true;
    if (isFirst && error.code !== "EPIPE") {
      process.stderr.write(`check: cannot write: ${error.message}\n`);
    }
    if (!hasFiles) process.exit(exitCode.io);
    // The last words may fail when all is done.
    settle();
  };
  process.stdout.on("error", onError);
  process.stderr.on("error", onError);
  return {
    expectFiles: () => {
      hasFiles = true;
    },
    end: (outcomes) => {
      ended = outcomes;
      settle();
    },
  };
};

const internal = (thrown: unknown): void => {
  const what = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  process.stderr.write(
    `\nerror[TW0901]: internal error: ${what}\n` +
      "  = help: this is a defect of `check`, whatever the input; please report it with the\n" +
      "          specification and the command line\n",
  );
  process.exitCode = exitCode.internal;
};

/** So long may the last words take. */
const lingerMs = 1000;

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const run = async (words: readonly string[]): Promise<void> => {
  const hearing = listenForLoss();
  const folder = packageFolder();
  const version = versionOf(folder);
  const line = parseCommandLine(words, version);
  if (E.isLeft(line)) {
    process.stderr.write(`check: ${line.left.message}\n`);
    process.exitCode = exitCode.usage;
    return;
  }
  const command = line.right;
  const fingerprint = fingerprintOf(folder);
  if (command.kind === "print") {
    process.stdout.write(command.text);
    return;
  }
  const signal = listenForSignals();
  const shell: Shell = {
    words,
    environment: process.env,
    folder: process.cwd(),
    packageFolder: folder,
    version,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    out: process.stdout,
    err: process.stderr,
    writeBytes: (bytes) => void process.stdout.write(bytes),
    now: () => performance.now(),
    memoryBytes: defaultMemory(),
    cores: Math.min(availableParallelism(), 64),
    startThread: startWorker,
    pause: () => nextTurn().then(signal),
  };
  if (makesFiles(command, shell.environment)) hearing.expectFiles();
  // The parser, the searches and the reports are loaded for the commands that need them.
  const { commandOf } = await import("./commands.ts");
  const outcomes = await commandOf(command, shell)();
  hearing.end(E.isRight(outcomes) ? outcomes.right : ["internal"]);
  // Whatever still runs must not keep a program that was asked to end.
  if ((await shell.pause()) !== undefined) setTimeout(() => process.exit(), lingerMs).unref();
};

process.on("uncaughtException", (thrown) => {
  internal(thrown);
  process.exit();
});
run(process.argv.slice(2)).catch(internal);
