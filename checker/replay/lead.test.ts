import { expect, test } from "vitest";
import { leadInto } from "./lead.ts";
import { countedText } from "./numbers.ts";

const numbers = {
  sendNext: 4,
  receiveNext: 2,
  asClient: false,
  synIsStamped: false,
  connect: { kind: "call", call: "connect" },
  close: { kind: "call", call: "close" },
} as const;

const ways = (state: string, more: object = {}): readonly string[] | undefined =>
  leadInto(state, { ...numbers, ...more })?.map(({ move, sent, state: reached }) => {
    const what =
      move?.kind === "arrival" ? countedText(move.segment) : move?.kind === "call" ? move.call : "";
    return [what, ...sent.map((it) => countedText(it)), reached].join(" > ");
  });

test("an active close leads into TIME_WAIT, and the numbers end where the trace begins", () => {
  expect(ways("TIME_WAIT")).toEqual([
    "listen > LISTEN",
    "SYN seq=0 > SYN ACK seq=2 ack=1 > SYN_RCVD",
    "ACK seq=1 ack=3 > ESTABLISHED",
    "close > ACK FIN seq=3 ack=1 > FIN_WAIT_1",
    "ACK seq=1 ack=4 > FIN_WAIT_2",
    "ACK FIN seq=1 ack=4 > ACK seq=4 ack=2 > TIME_WAIT",
  ]);
});

test.each([
  ["FIN_WAIT_2", "ACK seq=2 ack=4 > FIN_WAIT_2"],
  ["ESTABLISHED", "ACK seq=2 ack=4 > ESTABLISHED"],
  ["CLOSE_WAIT", "ACK FIN seq=1 ack=4 > ACK seq=4 ack=2 > CLOSE_WAIT"],
])("the way into %s ends with %j", (state, last) => {
  expect(ways(state)?.at(-1)).toBe(last);
});

test("nothing leads into states that pass by themselves", () => {
  expect(["SYN_SENT", "CLOSING", "LAST_ACK"].map((it) => ways(it))).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

test("a host that connects is led there from its own SYN, with timestamps where the trace has them", () => {
  expect(ways("FIN_WAIT_2", { asClient: true, synIsStamped: true, stamp: 3 })).toEqual([
    "connect > SYN seq=2 timestamp > SYN_SENT",
    "SYN ACK seq=1 ack=3 > ACK seq=3 ack=2 tsecr=3 > ESTABLISHED",
    "close > ACK FIN seq=3 ack=2 tsecr=3 > FIN_WAIT_1",
    "ACK seq=2 ack=4 > FIN_WAIT_2",
  ]);
});
