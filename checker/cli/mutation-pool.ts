// Several threads that answer jobs about mutants: jobs in order -> answers as they come.

import { Worker } from "node:worker_threads";
import type { Answer, Job, Order, Reply, Subject } from "./mutation-bench.ts";

/** Beside the bundled program. */
const program = new URL("./mutation-worker.js", import.meta.url);

/** Has one job after the other done; fails when its thread does. */
type Hand = (job: Job) => Promise<Answer>;

export interface Pool {
  /** Gives every job to the next free thread; `onAnswer` hears them in any order. Stops between jobs when asked to. */
  readonly run: (
    jobs: readonly Job[],
    onAnswer: (job: number, answer: Answer) => void,
    isOver: () => Promise<boolean>,
  ) => Promise<void>;
  /** Gives the same job to every thread. */
  readonly tellAll: (job: Job) => Promise<void>;
  readonly end: () => void;
}

interface Waiting {
  readonly resolve: (it: Answer) => void;
  readonly reject: (it: Error) => void;
}

/** The hand of a thread, which may be given jobs before it has answered. */
export const handOf = (worker: Pick<Worker, "on" | "postMessage">): Hand => {
  let failure: Error | undefined;
  let count = 0;
  const waiting = new Map<number, Waiting>();
  const fail = (error: Error): void => {
    failure ??= error;
    for (const it of waiting.values()) it.reject(failure);
    waiting.clear();
  };
  worker.on("message", ({ number, answer }: Reply) => {
    waiting.get(number)?.resolve(answer);
    waiting.delete(number);
  });
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`a thread exited with ${code}`)));
  return (job) =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) {
        reject(failure);
        return;
      }
      count += 1;
      waiting.set(count, { resolve, reject });
      const order: Order = { number: count, job };
      worker.postMessage(order);
    });
};

const pollMs = 100;

/** Answers "over" once somebody wants the end, so that nobody waits for a long search then. */
const watch = (isOver: () => Promise<boolean>) => {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<"over">((resolve) => {
    timer = setInterval(() => {
      void isOver().then((it) => {
        if (it) resolve("over");
      });
    }, pollMs);
  });
  return { over, close: () => clearInterval(timer) };
};

export const startPool = (subject: Subject, threads: number): Pool => {
  const workers = Array.from(
    { length: threads },
    () => new Worker(program, { workerData: subject }),
  );
  const hands = workers.map(handOf);
  return {
    tellAll: async (job) => {
      await Promise.all(hands.map((hand) => hand(job)));
    },
    run: async (jobs, onAnswer, isOver) => {
      const { over, close } = watch(isOver);
      let next = 0;
      let isEnded = false;
      const work = async (hand: Hand): Promise<void> => {
        while (next < jobs.length && !isEnded) {
          const at = next;
          next += 1;
          const job = jobs[at];
          if (job === undefined) return;
          const answer = await hand(job);
          if (!isEnded) onAnswer(at, answer);
        }
      };
      const all = Promise.all(hands.map(work));
      const ended = await Promise.race([all.then(() => "done" as const), over]);
      isEnded = ended === "over";
      // A job that is under way is given up together with its thread.
      if (isEnded) all.catch(() => undefined);
      close();
    },
    end: () => {
      for (const it of workers) void it.terminate();
    },
  };
};
