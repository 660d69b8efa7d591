import { describe, expect, test } from "vitest";
import { errorsIn, marksIn, tcp, wire } from "./marked-program.ts";

describe("events and properties", () => {
  const rows: readonly (readonly [string, string, string])[] = [
    ["a value in the place of a name", "event e(n: 0..3)\nreachable r : e(«1»)", "TW0419"],
    ["a `when` of a formula", "var x : bool\nreachable r : x when «x»", "TW0419"],
    ["a condition that is no bool", "var n : 0..3\ninvariant i : «n»", "TW0301"],
    ["an argument of another type", "event e(n: 0..3)\nrule r { emit e(«true») }", "TW0301"],
    [
      "instances of a network",
      `${wire} recoverable r : forall s in «wire»: true can reach true`,
      "TW0301",
    ],
  ];
  test.each(rows)("%s is refused", (_, text, code) => {
    expect(errorsIn(text)).toEqual(marksIn(text, code));
  });

  test("binders have the types of the event's parameters", () => {
    expect(
      errorsIn(`${tcp("rule r { emit seen(me, { fin, ack, code: 3, life: 1 }, 4) }")}
      event seen(at: Host, s: Segment, q: mod 16)
      never one : seen(h, s, _) when s.life != 2 and tcp[h].n == 3
      reachable two : seen(h, _, q) when after(q, 3) and tcp[h].state == BUSY
      reachable three : tcp[A].n == 3 and running(tcp[B].t) and left(tcp[B].t) < 3
      recoverable four : forall h in Host: tcp[h].n == 1 can reach tcp[h].n == 0 without faults`),
    ).toEqual([]);
  });
});

describe("bindings", () => {
  const binding = (items: string): string =>
    `${tcp("rule close { }")}\nconst RFC1337 = true\nbinding tcp { ${items} }`;
  const rows: readonly (readonly [string, string, string])[] = [
    ["a message that is none", "segment «Segmet» { SEQ = seq }", "TW0201"],
    ["a field that is none", "segment Segment { SEQ = «sec» }", "TW0204"],
    ["a header that is none", "segment Segment { «SEC» = seq }", "TW0425"],
    ["a field of the wrong type", "segment Segment { SYN = «seq» }", "TW0425"],
    ["a host that is none", "hosts { «C» = 192.0.2.1 }", "TW0201"],
    ["a rule that is none", "call close = «clos»", "TW0425"],
    ["a timer that is none", "timer TIME_WAIT = «tw»", "TW0425"],
    ["a call that nobody makes", "call «clos» = close", "TW0427"],
    ["a role that no timer has", "timer «TIMEWAIT» = t", "TW0427"],
    ["an option that no application has", "«sysctl socket.windov = RFC1337»", "TW0427"],
    ["a constant that is none", "sysctl net.ipv4.tcp_rfc1337 = «RFC1338»", "TW0501"],
  ];
  test.each(rows)("%s is refused", (_, items, code) => {
    const text = binding(items);
    expect(errorsIn(text)).toEqual(marksIn(text, code));
  });

  test("of every kind are accepted", () => {
    expect(
      errorsIn(
        binding(
          "segment Segment { SEQ = seq  FIN = fin }  hosts { A = 192.0.2.1  B = 192.0.2.2 }  call close = close  timer TIME_WAIT = t  sysctl net.ipv4.tcp_rfc1337 = RFC1337",
        ),
      ),
    ).toEqual([]);
  });
});
