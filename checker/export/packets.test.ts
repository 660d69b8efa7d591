// The packets of a trace: their numbers in 32 bits, and the timestamps that they echo.

import * as E from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { modulesOfText } from "../test/run-text.ts";
import { packetsOf, type TcpHeader } from "./packets.ts";
import { tcpBinding } from "./tcp-binding.ts";
import { tracesOf } from "./testing/subjects.ts";

const file = "talk.tw";

/** A says three things, one after the other; B answers the last. */
const talk = (first: string, second: string): string => `enum Host { A, B }
message Segment { syn, ack, fin, rst : bool  seq : mod 8  ackno : mod 8  len : 0..1  tsval : 0..7 }
network wire carries Segment between Host { capacity 1  full block }
var said : 0..2
var answered : bool
process tcp[me: Host] {
  rule first when me == A and said == 0 { said = 1  send wire { ${first} } to B }
  rule second when me == A and said == 1 { said = 2  send wire { ${second} } to B }
  on receive s {
    case last when me == B and said == 2 {
      answered = true
      send wire { ack, seq: 1, tsval: 6 } to A
    }
    ignore
  }
}
invariant silent : not answered
final : true
binding tcp {
  segment Segment {
    SEQ = seq  ACKNO = ackno  SYN = syn  ACK = ack  FIN = fin  RST = rst  LEN = len  TSVAL = tsval
  }
  hosts { A = 192.0.2.1  B = 192.0.2.2 }
}
`;

const headers = async (first: string, second: string): Promise<readonly TcpHeader[]> => {
  const text = talk(first, second);
  const [made] = await tracesOf(file, text);
  if (made === undefined) throw new Error("B answers");
  const binding = tcpBinding(made.core, modulesOfText(file, text));
  if (E.isLeft(binding)) throw new Error(binding.left.map((it) => it.message).join("; "));
  return packetsOf(made.core, binding.right, made.trace)
    .filter((it) => it.way === "out")
    .map((it) => it.header);
};

test("numbers count from what was sent last, which a RST is not", async () => {
  const seqs = async (first: string) =>
    (await headers(first, "seq: 6")).slice(0, 2).map((it) => it.seq);
  expect(await seqs("seq: 3")).toEqual([10_003, 10_006]);
  expect(await seqs("rst, seq: 3")).toEqual([10_003, 9998]);
});

test("an answer echoes the timestamp of what it answers, which arrives in the same step", async () => {
  const [first, second, answer] = await headers("seq: 0, tsval: 3", "seq: 0, tsval: 5");
  expect([first?.stamp?.echo, second?.stamp?.echo]).toEqual([0, 0]);
  expect((second?.stamp?.value ?? 0) - (first?.stamp?.value ?? 0)).toBe(2);
  expect(answer?.stamp?.echo).toBe(second?.stamp?.value);
});
