import * as E from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { interpreter } from "../interpret/index.ts";
import { coreOf, modulesOfText } from "../test/run-text.ts";
import { traceAlong } from "../trace/index.ts";
import { type Scenario, scenarioOf } from "./scenario.ts";

const model = (whenOpen: string): string => `
enum Host { A, B }
enum Phase { CLOSED, SYN_SENT }
message Segment {
  syn, ack, fin, rst : bool
  seq : mod 8
  ackno : mod 8 when ack
  len : 0..1
}
network wire carries Segment between Host { capacity 2 full block }
process tcp[me: Host] {
  state Phase = CLOSED
  rule connect in CLOSED when me == A {
    send wire { syn, seq: 0 } to B
    -> SYN_SENT
  }
  rule close in SYN_SENT when me == A {
    ${whenOpen}
    -> CLOSED
  }
  on receive s { ignore }
}
final : true
binding tcp {
  segment Segment {
    SEQ = seq  ACKNO = ackno  SYN = syn  ACK = ack  FIN = fin  RST = rst  LEN = len
  }
  hosts { A = 192.0.2.1  B = 192.0.2.2 }
  call connect = connect
  call close = close
}
`;

/** A connects and closes. */
const scenario = (whenOpen: string): Scenario => {
  const text = model(whenOpen);
  const core = coreOf("short.tw", text);
  const { initialSteps, steps } = interpreter(core);
  const way = [0];
  let { result } = initialSteps().steps[0] ?? { result: undefined };
  for (const name of ["tcp[A].connect", "tcp[A].close"]) {
    if (result?.kind !== "state") throw new Error(`no state before ${name}`);
    const next = steps(result.state).steps;
    const at = next.findIndex(({ label }) => core.actions[label.action ?? -1]?.name === name);
    way.push(at);
    result = next[at]?.result;
  }
  const subject = {
    core,
    modules: modulesOfText("short.tw", text),
    about: { parameters: [] },
    trace: traceAlong(core, way),
  };
  const made = scenarioOf(subject, { as: "A", sysctl: [] });
  if (E.isLeft(made)) throw new Error(made.left.kind);
  return made.right;
};

test("a step has what it leads to", () => {
  const { steps, end } = scenario("");
  expect(steps.map((it) => it.state)).toEqual(["SYN_SENT", "CLOSED"]);
  expect(end).toBeUndefined();
});

test("one in which the model fails leads nowhere: nothing is played, or expected, from there on", () => {
  const { steps, end } = scenario('assert false, "never"');
  expect(steps.map((it) => it.state)).toEqual(["SYN_SENT"]);
  expect(end).toEqual({ step: 2, why: expect.stringContaining("the model fails here") });
});
