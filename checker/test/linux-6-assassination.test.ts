// Incident I9 as a user runs it: the expectation decides about the exit code.

import { afterAll, describe, expect, test } from "vitest";
import { workshop } from "./program.ts";
import { readRepository } from "./run-text.ts";

const title = "I9 RST assassination, tcp_rfc1337 = 0";
const text = readRepository("models/linux-6.tw");
const at = text.indexOf(`check "${title}"`);
const hopeful = text.slice(0, at) + text.slice(at).replace("expect violated p1", "expect holds");

const place = workshop({ "linux-6.tw": text, "hopeful.tw": hopeful });

afterAll(() => {
  place.close();
});

describe("TIME_WAIT assassination in models/linux-6.tw", () => {
  test("is expected: exit code 0", () => {
    const { code, out } = place.check(["linux-6.tw", "--check", "I9*"]);
    expect({ code, said: out.includes(`${title}: p1 violated after`) }).toEqual({
      code: 0,
      said: true,
    });
  });

  test("fails where it is expected to hold: exit code 12", () => {
    expect(hopeful).not.toBe(text);
    const { code, out } = place.check(["hopeful.tw", "--check", title]);
    expect({ code, said: out.includes(`${title}: not as expected (expect holds)`) }).toEqual({
      code: 12,
      said: true,
    });
  });
});
