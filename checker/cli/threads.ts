// Starts the other threads of a search as workers of this process.

import { Worker } from "node:worker_threads";
import type { StartMate } from "../engine/index.ts";

/** Beside the bundled program. */
const program = new URL("./worker.cjs", import.meta.url);

/** A worker that does not keep the process alive. */
export const startWorker: StartMate = (assignment) => {
  let failure: string | undefined;
  let isEnded = false;
  const worker = new Worker(program, { workerData: assignment });
  worker.unref();
  worker.on("error", (error) => {
    failure ??= error.message;
  });
  worker.on("exit", (code) => {
    if (!isEnded) failure ??= `it exited with ${code}`;
  });
  return {
    end: () => {
      isEnded = true;
      return worker.terminate();
    },
    failure: () => failure,
  };
};
