// Which answer of a thread belongs to which job.

import { EventEmitter } from "node:events";
import type { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import type { Answer, Order, Reply } from "./mutation-bench.ts";
import { handOf } from "./mutation-pool.ts";

const invalid = (why: string): Answer => ({ kind: "outcome", outcome: { kind: "invalid", why } });

/** A thread that answers when it is told to. */
const thread = () => {
  const orders: Order[] = [];
  const events = new EventEmitter();
  const worker = Object.assign(events, { postMessage: (it: Order) => orders.push(it) });
  const reply = (at: number, why: string): void => {
    const it: Reply = { number: orders[at]?.number ?? 0, answer: invalid(why) };
    events.emit("message", it);
  };
  // It does all that a hand asks of a worker.
  const hand = handOf(worker as unknown as Worker);
  return { hand, reply, fail: (it: Error) => events.emit("error", it) };
};

test("an answer is of the job that it was given for, though another was given since", async () => {
  const { hand, reply } = thread();
  const answers = [0, 1].map((mutant) => hand({ kind: "try", mutant }));
  reply(0, "the first");
  reply(1, "the second");
  expect(await Promise.all(answers)).toEqual([invalid("the first"), invalid("the second")]);
});

test("a thread that fails leaves no job without an answer", async () => {
  const { hand, fail } = thread();
  const answers = [0, 1].map((mutant) => hand({ kind: "try", mutant }));
  fail(new Error("out of memory"));
  const ends = await Promise.allSettled([...answers, hand({ kind: "try", mutant: 2 })]);
  expect(ends.map((it) => it.status)).toEqual(["rejected", "rejected", "rejected"]);
});
