// The program of a thread that tries mutants: jobs come and answers go as messages.

import { parentPort, workerData } from "node:worker_threads";
import * as E from "fp-ts/lib/Either.js";
import {
  mutationBench,
  type Order,
  openSubject,
  type Reply,
  type Subject,
} from "./mutation-bench.ts";

// What `mutation-pool.ts` hands over is a subject; threads share no types.
const subject = workerData as Subject;
const opened = openSubject(subject);
if (E.isLeft(opened)) throw new Error("the file changed while it was tried");
const answer = mutationBench(subject, opened.right);
parentPort?.on("message", ({ number, job }: Order) => {
  void answer(job).then((it) => {
    const reply: Reply = { number, answer: it };
    parentPort?.postMessage(reply);
  });
});
