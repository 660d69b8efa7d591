// The translations of one small model as texts, and what is left out or refused.

import { describe, expect, test } from "vitest";
import type { Core } from "../core/index.ts";
import {
  add,
  choose,
  core,
  deliver,
  duplicate,
  integer,
  invariant,
  is,
  l,
  lose,
  network,
  never,
  recoverable,
  rule,
  send,
  signal,
  tick,
  timer,
  v,
} from "../test/build-core.ts";
import { translate } from "./index.ts";
import type { TranslationTarget } from "./options.ts";

const options = { judging: "stop", heading: ["a small model"] } as const;

/** A network, a timer, a choice, an event and an invariant. */
const small: Core = core({
  variables: [integer("sum", 9), { ...timer("t", 2), high: 2 }],
  networks: [network({ full: "block", lifetime: 1, loss: "any", duplication: "any" })],
  actions: [
    rule("say", is(v(0), 0), [choose(0, 2), send(0, 0, l(0))]),
    deliver([add(0, 1), signal(0, is(v(0), 9))], [1, 2]),
    lose,
    duplicate,
    tick,
  ],
  properties: [invariant("small", is(v(1), 0)), never("nine", 0)],
});

describe("the translation of a small model", () => {
  test.each<[TranslationTarget, string]>([
    ["murphi", "m"],
    ["promela", "pml"],
  ])("to %s is this text", async (target, extension) => {
    const { value, diagnostics } = translate(small, target, options);
    expect(diagnostics).toEqual([]);
    await expect(value).toMatchFileSnapshot(`golden/small.${extension}`);
  });

  test("is the same text each time", () => {
    const texts = [1, 2].map(() => translate(small, "murphi", options).value);
    expect(texts[0]).toBe(texts[1]);
  });
});

describe("what cannot be translated", () => {
  test("a recoverable is left out, and that is said", () => {
    const model = core({
      variables: [integer("x", 1)],
      properties: [recoverable(is(v(0), 1), is(v(0), 0))],
    });
    expect(translate(model, "murphi", options).diagnostics.map((it) => it.code)).toEqual([
      "TW0661",
    ]);
  });

  test("Promela has no room for thousands of labels of one action", () => {
    const model = core({
      variables: [integer("x", 1)],
      actions: [rule("say", is(v(0), 0), [choose(0, 5000)])],
    });
    const { value, diagnostics } = translate(model, "promela", options);
    expect({ value, codes: diagnostics.map((it) => it.code) }).toEqual({
      value: "",
      codes: ["TW0662"],
    });
    expect(translate(model, "murphi", options).diagnostics).toEqual([]);
  });
});

describe("an index into several variables", () => {
  const element = (base: number, stride: number, count: number) =>
    ({ kind: "element", of: "variable", base, stride, count, index: v(0), site: 0 }) as const;
  const read = (base: number, stride: number, count: number) =>
    rule("read", is(element(base, stride, count), 0), []);

  test("is an index into one array; a single element has no stride", () => {
    const model = core({
      variables: ["i", "a", "b", "c", "d"].map((name) => integer(name, 2)),
      actions: [read(1, 2, 2), read(1, 1, 1)],
    });
    const text = translate(model, "murphi", options).value;
    expect(text.match(/v_a: array \[.*|v_a\[\w+( . \d+)?\]/g)).toEqual([
      "v_a: array [0..1] of 0..2;",
      "v_a[0]",
      "v_a[1]",
      "v_a[x4]",
      "v_a[x4 * 0]",
    ]);
  });
});
