// Support for tests: workers as the program starts them.

import { Worker } from "node:worker_threads";
import { inject } from "vitest";
import type { Assignment, Mate, Threads, Tuning } from "../../engine/index.ts";

const program = new URL("../../../dist/worker.cjs", import.meta.url);

/** Workers as the program starts them; `onStart` sees each. */
export const threadsOf = (
  count: number,
  onStart: (worker: Worker) => void = () => undefined,
): Threads => {
  const start = (assignment: Assignment): Mate => {
    if (!inject("isBuilt")) throw new Error("the program could not be built");
    let failure: string | undefined;
    const worker = new Worker(program, { workerData: assignment });
    worker.on("error", (error) => {
      failure ??= error.message;
    });
    worker.on("exit", () => {
      failure ??= "it ended";
    });
    onStart(worker);
    return { end: () => worker.terminate(), failure: () => failure };
  };
  return { count, start };
};

/** Grows as often as it can, and gives out little at a time. */
export const restless: Tuning = {
  firstWords: 1 << 13,
  shiftAt: 5_000,
  crewAt: 8_000,
  records: 40,
  isPatient: true,
  sizes: { slice: 32, chunk: 96, steps: 2_000 },
};

export const early: Tuning = { shiftAt: 5_000, crewAt: 8_000, isPatient: true };

export const mebibyte = 2 ** 20;
