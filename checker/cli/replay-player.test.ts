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
import { plainBinding } from "../export/testing/plain-binding.ts";

const binding = plainBinding;

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

/** A stack that answers commands with `tells`, and sends the packets that it is given, so many ms after each. */
const telling = (
  tells: (
    command: StackCommand["do"],
    send: (afterMs: number, bytes: Uint8Array) => void,
  ) => Partial<StackAnswer>,
): Stack => {
  let waiting: Packet[] = [];
  const send = (afterMs: number, bytes: Uint8Array): void =>
    void setTimeout(() => waiting.push({ at: performance.now(), bytes }), afterMs);
  const done: StackAnswer = { kind: "answer", remarks: [] };
  return {
    ...stack(() => undefined),
    tell: (command) => Promise.resolve({ ...done, ...tells(command.do, send) }),
    packets: () => {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
};

const segment = (flags: readonly ("ACK" | "FIN" | "RST")[]): Uint8Array =>
  ipPacket(
    binding,
    { from: 0, to: 1, flags, seq: 5_000_000, ack: 1_000_000, length: 0, window: 100 },
    1,
  );

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

describe("a stack that is asked for its state", () => {
  const timed = { timer: "timer goes on" } as const;

  /** What it tells, one answer after the other, the last one for ever. */
  const saying = (...answers: readonly Partial<StackAnswer>[]): Stack => {
    let asked = 0;
    return telling((command) => {
      if (command !== "state") return {};
      asked += 1;
      return answers[Math.min(asked, answers.length) - 1] ?? {};
    });
  };

  test("and has told it once must tell it again", async () => {
    const forgetful = saying({ state: "CLOSED" }, {});
    expect(await seenIn(2, scenario({}, {}), forgetful)).toEqual({
      sent: [],
      state: "no state is told",
    });
    expect(await seenIn(2, scenario({}, {}), saying({}))).toEqual({ sent: [] });
  });

  test.each([
    [1000, 1000, "timer goes on"],
    [1000, 1150, "timer goes on"],
    [1000, 1600, "timer restarted"],
    [60_000, 1000, "timer ends sooner"],
    [1000, undefined, "no timer is told"],
    [undefined, 1000, "no timer is told"],
  ])("its timer that ended at %s ends at %s: %s", async (before, after, timer) => {
    const at = (endsMs: number | undefined) => (endsMs === undefined ? {} : { endsMs });
    const seen = await seenIn(1, scenario(timed), saying(at(before), at(after)));
    expect(seen).toEqual({ sent: [], timer });
  });

  test("and tells of no timer is not compared in that", async () => {
    expect(await seenIn(1, scenario(timed), saying({}))).toEqual({ sent: [] });
  });

  test("and does not tell it at all did not do the step", async () => {
    const seen = await seenIn(1, scenario(timed), saying({ why: "no" }));
    expect(seen).toEqual({ sent: [], failure: "no" });
  });
});

describe("a stack that refuses to connect, as expected,", () => {
  const refusal = "address not available";
  const steps = scenario({ move: { kind: "call", call: "connect" }, refusal, state: "TIME_WAIT" });
  const refusing = (why: string, sends: boolean, state: string): Stack =>
    telling((command, send) => {
      if (command === "state") return { state };
      if (sends) send(10, segment(["ACK"]));
      return { why };
    });

  test("sends nothing, and stays where it is", async () => {
    const seen = await seenIn(1, steps, refusing(refusal, false, "TIME_WAIT"));
    expect(seen).toEqual({ sent: [], refusal, state: "TIME_WAIT" });
  });

  test("is seen to send, and to go elsewhere", async () => {
    const seen = await seenIn(1, steps, refusing(refusal, true, "CLOSED"));
    expect(seen).toEqual({ sent: [one], refusal, state: "CLOSED" });
  });

  test("fails where it gives another reason", async () => {
    const seen = await seenIn(1, steps, refusing("out of order", false, "TIME_WAIT"));
    expect(seen).toEqual({ sent: [], failure: "out of order" });
  });
});

describe("what a stack sends", () => {
  test("after its last answer is waited for as long as silence takes", async () => {
    const late = telling((command, send) => {
      if (command !== "close") return {};
      send(0, segment(["ACK"]));
      send(150, segment(["RST"]));
      return {};
    });
    const seen = await seenIn(1, scenario({ sent: [ack] }), late);
    expect(seen).toEqual({ sent: [one, "RST seq=0"] });
  });

  test("beside its connection is told, and is not silence", async () => {
    const spoilt = segment(["RST"]).map((it, at) => (at === 36 ? it ^ 1 : it));
    const broken = telling((command, send) => {
      if (command === "close") send(0, spoilt);
      return {};
    });
    expect(await seenIn(1, scenario({}), broken)).toEqual({
      sent: [],
      failure: "it sent a segment with a wrong TCP checksum",
    });
  });

  test("again by its own clock is not taken for the answer that is missing", async () => {
    const fin = { ...ack, flags: ["ACK", "FIN"] } as const;
    let closes = 0;
    const deaf = telling((command, send) => {
      if (command !== "close") return {};
      closes += 1;
      send(closes === 1 ? 0 : 300, segment(["ACK", "FIN"]));
      return {};
    });
    expect(await seenIn(2, scenario({ sent: [fin] }, { sent: [fin] }), deaf)).toEqual({
      sent: ["ACK FIN seq=0 ack=0"],
      doubt: expect.stringContaining("by its own clock"),
    });
  });

  test("without end is listened to for a while only", async () => {
    let isOver = false;
    const chatty = telling((command, send) => {
      const again = (): void => {
        send(0, segment(["ACK"]));
        if (!isOver) setTimeout(again, 2);
      };
      if (command === "close") again();
      return {};
    });
    const seen = await seenIn(1, scenario({ sent: [ack] }), chatty);
    isOver = true;
    expect(seen).toMatchObject({ sent: expect.arrayContaining([one, one]) });
  });

  test("again and again by its own clock is listened to for a while only, too", async () => {
    let isOver = false;
    const stubborn = telling((command, send) => {
      const again = (): void => {
        send(0, segment(["ACK", "FIN"]));
        if (!isOver) setTimeout(again, 120);
      };
      if (command === "close") again();
      return {};
    });
    const fin = { ...ack, flags: ["ACK", "FIN"] } as const;
    const seen = await seenIn(1, scenario({ sent: [fin] }), stubborn);
    isOver = true;
    expect(seen).toEqual({ sent: ["ACK FIN seq=0 ack=0"] });
  }, 15_000);
});
