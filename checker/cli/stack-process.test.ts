// What stacks may not do while they are talked with; each is a line of a shell or of Node.

import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { launch, type Launch } from "./stack-process.ts";

const start = { do: "start", local: "192.0.2.1:1", peer: "192.0.2.2:2", sysctl: {} } as const;

const shellOf = (line: string, overUdp = false): Launch => ({
  command: "sh",
  words: ["-c", line],
  folder: tmpdir(),
  environment: process.env,
  overUdp,
});

const talk = async (how: Launch): Promise<readonly (string | undefined)[]> => {
  const stack = await launch(how);
  const whys: (string | undefined)[] = [(await stack.start(start)).why];
  await new Promise((resolve) => setTimeout(resolve, 400));
  whys.push((await stack.tell({ do: "state" })).why);
  await stack.stop();
  return whys;
};

test("a stack that answers what it was asked is heard", async () => {
  const line = `while read it; do echo '{"ok":true}'; done`;
  expect(await talk(shellOf(line))).toEqual([undefined, undefined]);
});

test("an answer that nobody waits for ends the talk", async () => {
  const line = `while read it; do echo '{"ok":true}'; echo '{"ok":true}'; done`;
  expect(await talk(shellOf(line))).toEqual([
    undefined,
    'the stack answered what it was not asked: {"ok":true}',
  ]);
});

test("an answer of another type ends it, too", async () => {
  const line = `while read it; do echo '{"ok":true,"state":7}'; done`;
  const why = expect.stringContaining("not of the protocol");
  expect(await talk(shellOf(line))).toEqual([why, why]);
});

/** Sends two datagrams, from one socket or from two. */
const sender = (sockets: number): string => `${process.execPath} -e '
  const { createSocket } = require("node:dgram");
  const all = Array.from({ length: ${sockets} }, () => createSocket("udp4"));
  require("node:readline").createInterface({ input: process.stdin }).on("line", (line) => {
    const [host, port] = (JSON.parse(line).wire ?? "").split(":");
    if (port) for (const at of [0, 1]) all[at % ${sockets}].send("hello", Number(port), host);
    console.log(JSON.stringify({ ok: true }));
  });
'`;

test("packets come from one socket: of others nobody knows whose they are", async () => {
  expect(await talk(shellOf(sender(1), true))).toEqual([undefined, undefined]);
  expect(await talk(shellOf(sender(2), true))).toEqual([
    undefined,
    expect.stringContaining("packets come from two sockets"),
  ]);
});
