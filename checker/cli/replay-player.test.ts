// What of a stack is seen in which step: too much, too late, or while something else is asked.

import { describe, expect, test } from "vitest";
import {
  ipPacket,
  type Scenario,
  type ScenarioStep,
  type StackAnswer,
  type StackCommand,
} from "../pipeline.ts";
import { playOnce } from "./replay-player.ts";
import type { Packet, Stack } from "./stack-process.ts";

const binding: Scenario["binding"] = {
  network: 0,
  fields: {},
  modulus: 16,
  stamps: 0,
  hosts: [
    { name: "A", address: [192, 0, 2, 1] },
    { name: "B", address: [192, 0, 2, 2] },
  ],
  calls: {},
  sysctls: [],
  options: [],
  timers: [],
};

const ack = { flags: ["ACK"], seq: 0, ack: 0, length: 0, begins: false } as const;

/** Each closes, so that the stack hears of it. */
const scenario = (...steps: readonly Partial<ScenarioStep>[]): Scenario => ({
  binding,
  host: 0,
  peer: 1,
  switches: {},
  lead: [],
  notes: [],
  steps: steps.map((it, at) => ({
    number: at + 1,
    text: "step",
    move: { kind: "call", call: "close" },
    sent: [],
    ...it,
  })),
});

/** A stack that sends what `hears` says, so many ms after each command. */
const stack = (
  hears: (command: StackCommand["do"], send: (afterMs: number) => void) => void,
): Stack => {
  let waiting: Packet[] = [];
  const bytes = ipPacket(
    binding,
    { from: 0, to: 1, flags: ["ACK"], seq: 5_000_000, ack: 1_000_000, length: 0, window: 100 },
    1,
  );
  const come = (): void => void waiting.push({ at: performance.now(), bytes });
  const done: StackAnswer = { kind: "answer", remarks: [] };
  const tell = (command: StackCommand): Promise<StackAnswer> => {
    hears(command.do, (afterMs) => (afterMs === 0 ? come() : void setTimeout(come, afterMs)));
    return Promise.resolve(done);
  };
  return {
    start: () => Promise.resolve(done),
    tell,
    send: () => undefined,
    packets: () => {
      const taken = waiting;
      waiting = [];
      return taken;
    },
    stop: () => Promise.resolve(),
  };
};

const seenIn = async (step: number, steps: Scenario, played: Stack): Promise<unknown> => {
  const { seen } = await playOnce(steps, played, { isPatient: false, isStopped: () => false });
  return seen.get(step);
};

const one = "ACK seq=0 ack=0";

describe("a stack that answers", () => {
  test("is seen to send as much as is expected, and what it sends a little later", async () => {
    const twice = stack((command, send) => {
      if (command !== "close") return;
      send(0);
      send(20);
    });
    expect(await seenIn(1, scenario({ sent: [ack] }), twice)).toEqual({ sent: [one, one] });
  });

  test("while its state is asked sends that in the same step", async () => {
    const late = stack((command, send) => {
      if (command === "state") send(0);
    });
    expect(await seenIn(1, scenario({}), late)).toEqual({ sent: [one] });
  });

  test("too late answers nothing: it is not taken for an answer to the next step", async () => {
    let asked = 0;
    // The second `state` is that before the second step, which waits to see a timer.
    const idle = stack((command, send) => {
      if (command === "state" && ++asked === 2) send(0);
    });
    const next = { sent: [ack], timer: "timer goes on" } as const;
    expect(await seenIn(2, scenario({}, next), idle)).toEqual({
      sent: [],
      failure: `before this step it sent ${one}`,
    });
  });

  test("in time is equal", async () => {
    const good = stack((command, send) => {
      if (command === "close") send(0);
    });
    const steps = scenario({ sent: [ack] }, { sent: [ack] });
    expect(await seenIn(2, steps, good)).toEqual({ sent: [one] });
  });
});
