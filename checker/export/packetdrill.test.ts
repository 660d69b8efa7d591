// Scripts for packetdrill: the grammar, held to lines that a kernel is known to pass, and what we write held to the grammar.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { scriptMistakes } from "./testing/packetdrill-grammar.ts";

/** Passed on Linux 6.18, with each of the endings. */
const prologue = `--tolerance_usecs=20000
\`sysctl -q net.ipv4.tcp_timestamps=0; sysctl -q net.ipv4.tcp_ecn=0\`
   0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
  +0 setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0
  +0 bind(3, ..., ...) = 0
  +0 listen(3, 1) = 0
  +0 < S 0:0(0) win 32792 <mss 1000>
  +0 > S. 0:0(0) ack 1 <...>
+.01 < . 1:1(0) ack 1 win 257
  +0 accept(3, ..., ...) = 4
  +0 close(4) = 0
  +0 > F. 1:1(0) ack 1
+.01 < F. 1:1(0) ack 2 win 257
  +0 > . 2:2(0) ack 2
`;

const endings = [
  `+.2 < F. 1:1(0) ack 2 win 257        // final ACK lost: FIN again -> same ACK
 +0 > . 2:2(0) ack 2
+.6 < P. 1:101(100) ack 2 win 257    // old data -> ACK only
 +0 > . 2:2(0) ack 2
`,
  `+.2 < S 4000:4000(0) win 32792 <mss 1000>   // larger SEQ: reuse
 +0 > S. 65539:65539(0) ack 4001 <...>
+.01 < . 4001:4001(0) ack 65540 win 257
+.6 < P. 4001:4101(100) ack 2 win 257       // stale, old ACK number -> refused
  * > . 65540:65540(0) ack 4001
`,
  `+.6 < R 2:2(0) win 0                 // tcp_rfc1337=0: RST ends TIME-WAIT
+.1 < F. 1:1(0) ack 2 win 257
 +0 > R 2:2(0)
`,
];

describe("the grammar", () => {
  test("takes what a kernel passed", () => {
    expect(endings.map((it) => scriptMistakes(prologue + it))).toEqual([[], [], []]);
  });

  test.each([
    ["+0 < F. 1:2(0) ack 2 win 257", "LAST is not FIRST + LEN"],
    ["+0 < F 1:1(0) ack 2 win 257", "ACK and its number do not go together"],
    ["+0 < F. 1:1(0) ack 2", "an injected packet without window"],
    ["+0 > . 2:2(0) ack 2 win 5", "a window that nobody can know"],
    ["+0 < X. 1:1(0) ack 2 win 257", "no packet"],
    ["+0 close(4) = 0", "close() on 4, which is closed"],
    ["+0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3", "3 is open already"],
    ["+0 shout(3) = 0", "no system call"],
    ["< F. 1:1(0) ack 2 win 257", "no time"],
    ["--tolerance_usecs=5", "an option that does not come first"],
    ["`true`", "a second command without a time"],
  ])("refuses %s", (line, why) => {
    const mistakes = scriptMistakes(`${prologue}${line}\n`);
    expect(mistakes).toEqual([`15: ${why}: ${line}`]);
  });
});

test("the grammar wants an event, and a connection that is accepted before the listener is closed", () => {
  expect(scriptMistakes("`true`\n")).toEqual(["no event"]);
  const early = prologue
    .replace("  +0 accept(3, ..., ...) = 4\n", "")
    .replace("close(4)", "close(3)");
  expect(scriptMistakes(early)).toEqual([
    "10: close() of a listener whose connection nobody has accepted:   +0 close(3) = 0",
  ]);
});

const kept = join(import.meta.dirname, "../../counterexamples");
const scripts = readdirSync(kept, { withFileTypes: true })
  .filter((it) => it.isDirectory())
  .map((it) => it.name);

/** Without comments, spaces and times: what is done and expected, in order. */
const events = (script: string): readonly string[] =>
  script.split("\n").flatMap((line) => {
    const text = line.replace(/\s*\/\/.*$/, "").trim();
    return text === "" || /^(--|`)/.test(text) ? [] : [text.replace(/^\S+\s+/, "")];
  });

describe("what is written", () => {
  test.each(scripts)("the script of %s is of the grammar", (name) => {
    const script = readFileSync(join(kept, name, "script.pkt"), "utf8");
    expect(scriptMistakes(script)).toEqual([]);
    expect(events(script).length).toBeGreaterThan(2);
  });

  test("listens, takes a connection and closes it in the words of the sample", () => {
    const opening = events(prologue).slice(0, 8);
    const listening = scripts
      .map((name) => events(readFileSync(join(kept, name, "script.pkt"), "utf8")))
      .filter((it) => it.some((event) => event.startsWith("listen(")));
    expect(listening.length).toBeGreaterThan(0);
    for (const script of listening) {
      for (const line of opening.slice(0, 4)) expect(script).toContain(line);
    }
    // An ACK, or a FIN with it, ends the handshake.
    const [taken, closed] = events(prologue).slice(7, 9);
    const whole = listening.filter((it) => it.includes(closed ?? ""));
    expect(whole.length).toBeGreaterThan(0);
    for (const script of whole) {
      for (const line of opening.slice(4, 6)) expect(script).toContain(line);
      expect(script.indexOf(taken ?? "")).toBeGreaterThan(script.indexOf(opening[5] ?? ""));
      expect(script.indexOf(closed ?? "")).toBeGreaterThan(script.indexOf(taken ?? ""));
    }
  });
});
