// Captures: the bytes of pcapng, IPv4 and TCP, read back by code that shares nothing with what wrote them.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { beforeAll, describe, expect, it } from "vitest";
import { modulesOfText } from "../test/run-text.ts";
import { twoLives } from "../test/two-lives.ts";
import { captureBytes } from "./pcapng.ts";
import { twoLivesTrace } from "./testing/subjects.ts";

let bytes: Uint8Array = new Uint8Array();

const captureOf = async (title: "an old goodbye" | "a lost hello", text = twoLives) => {
  const { core, about, trace } = await twoLivesTrace(title);
  return captureBytes(core, modulesOfText("two-lives.tw", text), about, trace);
};

const right = (made: Awaited<ReturnType<typeof captureOf>>): Uint8Array => {
  if (E.isLeft(made)) throw new Error(made.left.map((it) => it.message).join("; "));
  return made.right;
};

beforeAll(async () => {
  bytes = right(await captureOf("an old goodbye"));
});

interface Block {
  readonly type: number;
  readonly body: DataView;
}

const blocksOf = (all: Uint8Array): readonly Block[] => {
  const view = new DataView(all.buffer, all.byteOffset, all.length);
  const blocks: Block[] = [];
  for (let at = 0; at < all.length;) {
    const length = view.getUint32(at + 4, true);
    expect(length % 4).toBe(0);
    expect(view.getUint32(at + length - 4, true)).toBe(length);
    blocks.push({
      type: view.getUint32(at, true),
      body: new DataView(all.buffer, all.byteOffset + at + 8, length - 12),
    });
    at += length;
  }
  return blocks;
};

const optionsOf = (body: DataView, begin: number): ReadonlyMap<number, string> => {
  const options = new Map<number, string>();
  for (let at = begin; at < body.byteLength;) {
    const [code, length] = [body.getUint16(at, true), body.getUint16(at + 2, true)];
    const content = new Uint8Array(body.buffer, body.byteOffset + at + 4, length);
    if (code !== 0) options.set(code, new TextDecoder().decode(content));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  return options;
};

const packetsOf = (all: Uint8Array) =>
  blocksOf(all)
    .filter((it) => it.type === 6)
    .map(({ body }) => {
      const length = body.getUint32(12, true);
      return {
        interface: body.getUint32(0, true),
        time: BigInt(body.getUint32(4, true)) * 2n ** 32n + BigInt(body.getUint32(8, true)),
        ip: new DataView(body.buffer, body.byteOffset + 20, length),
        comment: optionsOf(body, 20 + Math.ceil(length / 4) * 4).get(1),
      };
    });

/** All 16-bit words with end-around carry: 0xffff over anything that holds its own checksum. */
const ones = (words: readonly number[]): number =>
  words.reduce((sum, it) => {
    const next = sum + it;
    return next > 0xffff ? next - 0xffff : next;
  }, 0);

const wordsOf = (view: DataView, from: number, to: number): readonly number[] =>
  Array.from({ length: Math.ceil((to - from) / 2) }, (_, at) => {
    const place = from + 2 * at;
    return view.getUint8(place) * 256 + (place + 1 < to ? view.getUint8(place + 1) : 0);
  });

describe("a capture", () => {
  it("begins with a section and has an interface for each direction of each host", () => {
    const blocks = blocksOf(bytes);
    expect(blocks.map((it) => it.type).filter((type) => type !== 6)).toEqual([
      0x0a0d0d0a, 1, 1, 1, 1,
    ]);
    const names = blocks
      .filter((it) => it.type === 1)
      .map(({ body }) => [body.getUint16(0, true), optionsOf(body, 8).get(2)]);
    expect(names).toEqual([
      [101, "A sends"],
      [101, "A receives"],
      [101, "B sends"],
      [101, "B receives"],
    ]);
  });

  it("has right checksums everywhere", async () => {
    for (const one of [bytes, right(await captureOf("a lost hello"))]) {
      const packets = packetsOf(one);
      expect(packets.length).toBeGreaterThan(4);
      for (const { ip } of packets) {
        expect(ip.getUint16(2)).toBe(ip.byteLength);
        expect(ones(wordsOf(ip, 0, 20))).toBe(0xffff);
        const length = ip.byteLength - 20;
        expect(ones([...wordsOf(ip, 12, 20), 6, length, ...wordsOf(ip, 20, ip.byteLength)])).toBe(
          0xffff,
        );
      }
    }
  });

  it("tells each packet, where it is seen and when", () => {
    expect(
      packetsOf(bytes).map(({ interface: at, time, ip, comment }) => [
        ["A sends", "A receives", "B sends", "B receives"][at],
        Number(time - 1_000_000_000n) / 1_000_000,
        ip.getUint32(24),
        comment,
      ]),
    ).toMatchInlineSnapshot(`
      [
        [
          "A sends",
          1,
          10000,
          "step 1: tcp[A].connect: send #1 SYN",
        ],
        [
          "B receives",
          2,
          10000,
          "step 2: deliver #1 SYN, case tcp[B].CLOSED.hello",
        ],
        [
          "A sends",
          3,
          10001,
          "step 3: tcp[A].close: send #2 ACK FIN 1 octet",
        ],
        [
          "B receives",
          5,
          10001,
          "step 5: deliver #2 ACK FIN 1 octet, case tcp[B].OPEN.goodbye",
        ],
        [
          "A sends",
          6,
          10000,
          "step 6: tcp[A].connect: send #3 SYN",
        ],
        [
          "B receives",
          7,
          10000,
          "step 7: deliver #3 SYN, case tcp[B].CLOSED.hello",
        ],
        [
          "B receives",
          8,
          10001,
          "step 8: deliver #2' ACK FIN 1 octet, copy, stale, case tcp[B].OPEN.goodbye, violates stale_fin",
        ],
      ]
    `);
  });

  it("shows a lost packet at its sender only", async () => {
    const lost = packetsOf(right(await captureOf("a lost hello"))).filter(
      ({ ip }) => ip.getUint16(4) === 1,
    );
    expect(lost.map(({ interface: at, comment }) => [at, comment])).toEqual([
      [0, "step 1: tcp[A].connect: send #1 SYN, lost"],
    ]);
  });

  it("of a model that is not bound to TCP is refused", async () => {
    const reasons = await Promise.all(
      ["segment Segment {[^}]*}", "RST = rst", "A = 192.0.2.1 ", "binding tcp [^]*"].map(
        async (gone) => {
          const made = await captureOf("an old goodbye", twoLives.replace(new RegExp(gone), ""));
          return E.isLeft(made) ? made.left.map((it) => `${it.code} ${it.message}`) : ["none"];
        },
      ),
    );
    expect(reasons.flat()).toEqual(
      [
        "no `segment` is bound",
        "nothing is bound to RST",
        "not every host has an IPv4 address",
        "no `segment` is bound",
      ].map((it) => `TW0530 there is no telling what this model is in a real TCP: ${it}`),
    );
  });
});

const tshark = spawnSync("tshark", ["--version"], { encoding: "utf8" });

describe.skipIf(tshark.status !== 0)("tshark (skipped where it is not installed)", () => {
  it("reads every packet and finds no wrong checksum", () => {
    const folder = mkdtempSync(join(tmpdir(), "capture-"));
    const path = join(folder, "x.pcapng");
    writeFileSync(path, bytes);
    const words = ["-r", path, "-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"];
    const fields = ["ip.checksum.status", "tcp.checksum.status", "frame.comment"];
    const { stdout } = spawnSync(
      "tshark",
      [...words, "-T", "fields", ...fields.flatMap((it) => ["-e", it])],
      { encoding: "utf8" },
    );
    rmSync(folder, { recursive: true });
    const expected = packetsOf(bytes).map(({ comment }) => ["1", "1", comment].join("\t"));
    expect(stdout.trimEnd().split("\n")).toEqual(expected);
  });
});
