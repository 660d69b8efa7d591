// What people read: the same traces as ladder, diff and in full.

import { describe, expect, it } from "vitest";
import type { Core } from "../core/index.ts";
import {
  branch,
  core,
  deliver,
  integer,
  is,
  k,
  l,
  network,
  rule,
  send,
  set,
  v,
} from "../test/build-core.ts";
import { diff } from "./diff.ts";
import { full } from "./full.ts";
import { goodbye, walk } from "../test/goodbye.ts";
import { ladder } from "./ladder.ts";
import type { Look } from "./paint.ts";
import { traceOf } from "./trace-of.ts";
import type { Trace } from "./trace.ts";

const plain = (columns: number): Look => ({ columns, paint: (_, text) => text });

const late = traceOf(
  goodbye,
  walk(goodbye, ["tcp[A].close", "duplicate wire", "tick", "deliver wire@1", "deliver wire@0"], {
    kind: "event",
    event: 0,
  }),
);

const lost = traceOf(
  goodbye,
  walk(goodbye, [
    "tcp[B].close",
    "tcp[A].close",
    "lose wire",
    "shake",
    "deliver wire",
    "deliver wire",
    "tick",
    "tick",
    "tcp[B].expire tw",
  ]),
);

const wrong = traceOf(goodbye, walk(goodbye, ["tcp[A].close"], { kind: "error", site: 2 }));

/** Three relays, X to Z past Y and back, on a wire for one segment. */
const relay: Core = (() => {
  const names = ["X", "Y", "Z"];
  const addresses = { kind: "enum", members: names, low: 0, high: 2 } as const;
  const owned = (process: string) =>
    names.map((name) => {
      const owner = `${process}[${name}]`;
      const display = { kind: "enum", members: ["IDLE", "BUSY"] } as const;
      return integer(`${owner}.state`, 1, { owner, display, origin: { kind: "state" } });
    });
  return core({
    variables: [...owned("relay"), ...owned("app")],
    networks: [network({ capacity: 1, full: "drop", addresses })],
    actions: [
      rule("relay[X].send", is(v(0), 0), [
        set(0, 1),
        set(5, 1),
        send(0, 2, 0, 7),
        send(0, 1, 0, 8),
      ]),
      rule("relay[Z].answer", is(v(2), 1), [set(2, 0), send(0, 0, 2, 9)]),
      deliver([branch(is(l(0), 2), [set(2, 1)], [set(0, 0)])], [0, 1, 2]),
    ],
  });
})();

const pages: readonly (readonly [string, Core, Trace])[] = [
  ["a late copy", goodbye, late],
  ["a lost segment", goodbye, lost],
  ["a model error", goodbye, wrong],
  [
    "three hosts",
    relay,
    traceOf(
      relay,
      walk(relay, ["relay[X].send", "deliver wire", "relay[Z].answer", "deliver wire"]),
    ),
  ],
];

const slug = (text: string): string => text.replaceAll(" ", "-");

describe.each(pages)("%s", (title, model, trace) => {
  it.each([60, 80, 100])("as a ladder of %d columns", async (columns) => {
    const lines = ladder(model, trace, plain(columns));
    expect(lines.every((line) => line.length <= columns)).toBe(true);
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(
      `golden/${slug(title)}.ladder-${columns}.txt`,
    );
  });
  it("as a diff", async () => {
    const lines = diff(model, trace, plain(80));
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`golden/${slug(title)}.diff.txt`);
  });
  it("in full", async () => {
    const lines = full(model, trace, plain(80));
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`golden/${slug(title)}.full.txt`);
  });
});

describe("renderings", () => {
  it("are the same for the same path, every time", () => {
    const again = traceOf(goodbye, walk(goodbye, ["tcp[A].close"], { kind: "error", site: 2 }));
    expect(again).toEqual(wrong);
    expect(ladder(goodbye, again, plain(80))).toEqual(ladder(goodbye, wrong, plain(80)));
  });

  it("colour by role, and change nothing else", () => {
    const roles = new Set<string>();
    const painted = (text: string): string => `«${text}»`;
    const look: Look = {
      columns: 80,
      paint: (role, text) => {
        roles.add(role);
        return painted(text);
      },
    };
    for (const render of [ladder, diff, full]) {
      const bare = render(goodbye, late, look).map((it) => it.replaceAll(/[«»]/g, ""));
      expect(bare.map((it) => it.trimEnd())).toEqual(render(goodbye, late, plain(80)));
    }
    expect([...roles].toSorted()).toEqual([
      "change",
      "dim",
      "fault",
      "name",
      "segment",
      "violation",
    ]);
  });

  it("leave out what has only one possible value", () => {
    const one = goodbye.networks.map((it) => ({
      ...it,
      fields: it.fields.map((field) =>
        field.name === "life" ? { ...field, low: 1, high: 1 } : field,
      ),
    }));
    const model = {
      ...goodbye,
      networks: one,
      variables: [...goodbye.variables, integer("always", -2, { low: -2, initial: -2 })],
    };
    const trace = traceOf(model, walk(model, ["tcp[A].close", "deliver wire"]));
    const text = [ladder, diff].flatMap((render) => render(model, trace, plain(100))).join("\n");
    expect(text).toContain("FIN seq=");
    expect(text).not.toMatch(/life|always/);
    const before = ladder(goodbye, traceOf(goodbye, walk(goodbye, ["tcp[A].close"])), plain(100));
    expect(before.join("\n")).toContain("life=1");
  });

  it("a ladder that does not fit into the columns is a diff within them", () => {
    const lines = ladder(goodbye, late, plain(49));
    expect(lines).toEqual(diff(goodbye, late, plain(49)));
    expect(lines.filter((it) => it.length > 49)).toEqual([]);
    expect(lines.map((it) => it.trim()).join(" ")).toBe(
      diff(goodbye, late, plain(1000))
        .map((it) => it.trim())
        .join(" "),
    );
    expect(ladder(goodbye, late, plain(50))[0]).toMatch(/^ +A +B$/);
  });

  it("a space stands between a segment and the choices of its delivery", () => {
    const choose = {
      kind: "choose",
      local: 3,
      low: 0,
      high: 1,
      name: "first",
      display: { kind: "int" },
    } as const;
    const model = {
      ...relay,
      actions: relay.actions.map((it) =>
        it.kind === "deliver" ? deliver([choose, set(0, l(3))], [0, 1, 2]) : it,
      ),
    };
    const trace = traceOf(model, walk(model, ["relay[X].send", "deliver wire"]));
    expect(ladder(model, trace, plain(120)).join("\n")).toContain("#1 x=7 (first = 0)");
  });

  it("a core without hosts has its ladder as a diff", () => {
    const model = core({ variables: [integer("a", 9)], actions: [rule("up", k(1), [set(0, 1)])] });
    const trace = traceOf(model, walk(model, ["up"]));
    expect(ladder(model, trace, plain(80))).toEqual(["0. initial state", "1. up", "   a: 0 -> 1"]);
  });

  it("so has one with more hosts than fit beside each other", () => {
    const addresses = { kind: "int", low: 0, high: 9 } as const;
    const model = core({ networks: [network({ addresses })], actions: [rule("up", k(1), [])] });
    const trace = traceOf(model, walk(model, ["up"]));
    expect(ladder(model, trace, plain(80))).toEqual(["0. initial state", "1. up"]);
  });
});
