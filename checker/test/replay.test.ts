// `check replay` as users meet it: files, streams, exit codes.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Workshop, workshop } from "./program.ts";
import { twoLives } from "./two-lives.ts";

let shop: Workshop;

const trace = "traces/an-old-goodbye-stale-fin-1.json";

beforeAll(() => {
  shop = workshop({ "two-lives.tw": twoLives });
  shop.check(["two-lives.tw", "--out", "traces"]);
});

afterAll(() => {
  shop.close();
});

describe("--on model", () => {
  test("is equal in every step and at the end", () => {
    const { code, out } = shop.check(["replay", trace, "--on", "model"]);
    expect(code).toBe(0);
    expect(out).toContain("tcp[A].state = OPEN");
    expect(out).toContain("stale_fin is violated");
    expect(out).toMatch(/equal in all \d+ steps that were compared\n$/);
  });

  test("plays a text that has changed since, and is equal where that does not matter", () => {
    shop.write("commented.tw", twoLives.replace("rule connect", "// Hello.\n  rule connect"));
    const line = ["replay", trace, "--on", "model", "--model", "commented.tw"];
    expect(shop.check(line).code).toBe(0);
  });

  test("parts from a model without the step, and says where", () => {
    shop.write("mute.tw", twoLives.replace("lives_left > 0", "lives_left > 1"));
    const line = ["replay", trace, "--on", "model", "--model", "mute.tw"];
    const { code, out } = shop.check(line);
    expect(code).toBe(16);
    expect(out).toContain("observed: the model has no such step here");
    expect(out).toMatch(/differs in step \d+, after \d+ equal steps\n$/);
  });

  test("parts at the end where nothing fails any more", () => {
    const text = twoLives.replace(
      /never stale_fin\b.*/,
      "never stale_fin : taken(_, s) when s.seq == 7",
    );
    expect(text).not.toBe(twoLives);
    shop.write("kind.tw", text);
    const { code, out } = shop.check(["replay", trace, "--on", "model", "--model", "kind.tw"]);
    expect([code, out]).toEqual([16, expect.stringContaining("observed: nothing fails any more")]);
  });

  test("a file that is no trace is 65, one that is missing 66, words that are wrong 64", () => {
    shop.write("no-trace.json", "{}");
    expect(shop.check(["replay", "no-trace.json", "--on", "model"]).code).toBe(65);
    expect(shop.check(["replay", "nowhere.json", "--on", "model"]).code).toBe(66);
    expect(shop.check(["replay", trace]).code).toBe(64);
    expect(shop.check(["replay", trace, "--on", "mars"]).code).toBe(64);
    expect(shop.check(["replay", trace, "--on", "external:"]).code).toBe(64);
  });

  test("the trace file itself is untouched", () => {
    const before = readFileSync(join(shop.folder, trace), "utf8");
    shop.check(["replay", trace, "--on", "model"]);
    expect(readFileSync(join(shop.folder, trace), "utf8")).toBe(before);
  });
});
