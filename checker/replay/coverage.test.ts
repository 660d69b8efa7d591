// What a stack is asked: each thing that can follow in its resting states, and what is left when nothing leads there.

import * as E from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { tcpBinding } from "../export/index.ts";
import { coreOf, modulesOfText } from "../test/run-text.ts";
import { coverageOf } from "./coverage.ts";

const file = "rest.tw";

/** A rests; a FIN sets the timer of TIME_WAIT anew or, if it is late, does not. */
const rest = `enum Host { A, B }
enum Phase { CLOSED, SYN_SENT, FIN_WAIT_2, TIME_WAIT }
/// Makes the states many.
const MANY : 0..40000 = 0
message Segment { syn, ack, fin, rst : bool  seq : mod 8  ackno : mod 8 when ack  len : 0..1 }
network wire carries Segment between Host { capacity 1  full block }
var many : 0..40000
process tcp[me: Host] {
  state Phase = CLOSED
  timer tw, other
  var closes : 0..1 = 1
  rule count when me == B and many < MANY { many += 1 }
  rule close in CLOSED when me == A and closes > 0 {
    closes -= 1
    start other(2)
    -> FIN_WAIT_2
  }
  rule say in CLOSED when me == B {
    choose late in bool { send wire { fin, ack, rst: late, seq: 0, ackno: 0 } to A }
  }
  rule again in TIME_WAIT when me == A { send wire { syn, seq: 4 } to B  -> SYN_SENT }
  rule refused in TIME_WAIT when me == A { }
  rule in_the_way in SYN_SENT when me == A and closes > 0 { }
  on receive s in FIN_WAIT_2 {
    case fin when s.fin and not s.rst { start tw(2) -> TIME_WAIT }
    ignore
  }
  on receive s in TIME_WAIT {
    case fin_again when s.fin and not s.rst { if closes == 0 { either { start tw(2) } or { } } }
    case never_taken when s.len == 1 { }
    ignore
  }
  on receive s in CLOSED | SYN_SENT { ignore }
  on expire tw { -> CLOSED }
  on expire other { }
}
final : true
binding tcp {
  segment Segment {
    SEQ = seq  ACKNO = ackno  SYN = syn  ACK = ack  FIN = fin  RST = rst  LEN = len
  }
  hosts { A = 192.0.2.1  B = 192.0.2.2 }
  call close = close
  call connect = again
  call connect = refused
  call connect = in_the_way
  timer TIME_WAIT = tw
}
`;

const covered = (text = rest, host = 0) => {
  const core = coreOf(file, text);
  const binding = tcpBinding(core, modulesOfText(file, text));
  if (E.isLeft(binding)) throw new Error(binding.left.map((it) => it.message).join("; "));
  return coverageOf(core, binding.right, host);
};

const counts = (names: readonly string[]): Readonly<Record<string, number>> => {
  const found: Record<string, number> = {};
  for (const name of names) found[name] = (found[name] ?? 0) + 1;
  return found;
};

describe("goals", () => {
  test("are cases, expiries and connects of resting states, one for each thing that can follow", () => {
    expect(counts(covered().goals.map((it) => it.name))).toEqual({
      "FIN_WAIT_2.fin": 1,
      "FIN_WAIT_2.ignore": 1,
      // The timer is set anew, or goes on.
      "TIME_WAIT.fin_again": 2,
      "TIME_WAIT.ignore": 1,
      "expire tw in TIME_WAIT": 1,
      "again in TIME_WAIT": 1,
      "refused in TIME_WAIT": 1,
    });
  });

  test("have the shortest traces", () => {
    const { goals } = covered();
    const lengths = goals.map(({ trace }) => trace.steps.length);
    expect(lengths).toEqual(lengths.toSorted((one, other) => one - other));
    const connect = goals.find((it) => it.name === "again in TIME_WAIT");
    expect(connect?.trace.steps.map((it) => it.action)).toEqual([
      expect.stringMatching(/^tcp\[[AB]\]\.(close|say)$/),
      expect.stringMatching(/^tcp\[[AB]\]\.(close|say)$/),
      "deliver wire",
      "tcp[A].again",
    ]);
  });

  test("are those of the host", () => {
    expect(covered(rest, 1).goals).toEqual([]);
  });
});

describe("what there is to ask", () => {
  test("is each case, each expiry where the timer runs, and each rule that is bound to connect", () => {
    expect(covered().cases.toSorted()).toEqual(
      [
        "FIN_WAIT_2.fin",
        "FIN_WAIT_2.ignore",
        "TIME_WAIT.fin_again",
        "TIME_WAIT.never_taken",
        "TIME_WAIT.ignore",
        "expire tw in TIME_WAIT",
        "again",
        "refused",
        "in_the_way",
      ].toSorted(),
    );
  });

  test("is more where the timer runs in FIN_WAIT_2, too", () => {
    const text = rest.replace("start other(2)", "start tw(2)");
    expect(covered(text).cases).toContain("expire tw in FIN_WAIT_2");
  });

  test("is cut where there are more states than are looked at, which is told", () => {
    expect(covered().isCut).toBe(false);
    expect(covered(rest.replace("MANY : 0..40000 = 0", "MANY : 0..40000 = 40000")).isCut).toBe(
      true,
    );
  });
});
