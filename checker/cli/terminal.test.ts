import { describe, expect, test } from "vitest";
import { type Stream, terminal, type TerminalOptions } from "./terminal.ts";

/** Two streams that keep in one list what is written, and a clock that is moved by hand. */
const scene = (more: Partial<TerminalOptions> = {}, err: Partial<Stream> = { isTTY: true }) => {
  const written: string[] = [];
  const clock = { now: 0 };
  const options: TerminalOptions = {
    color: "auto",
    quiet: false,
    environment: {},
    now: () => clock.now,
    ...more,
  };
  const stream = (name: string): Stream => ({ write: (text) => written.push(`${name}${text}`) });
  const display = terminal(stream("1 "), { ...stream("2 "), columns: 80, ...err }, options);
  return { written, clock, display };
};

describe("progress on a terminal", () => {
  test("is redrawn at most five times a second", () => {
    const { written, clock, display } = scene();
    for (let k = 0; k < 100; k += 1) {
      clock.now = k * 10;
      display.progress(() => "line");
    }
    expect(written).toEqual(Array.from({ length: 5 }, () => "2 \r\u001b[Kline"));
  });

  test("is gone before anything else is written", () => {
    const { written, display } = scene();
    display.progress(() => "line");
    display.result("result\n");
    display.remark("remark\n");
    expect(written.slice(1)).toEqual(["2 \r\u001b[K", "1 result\n", "2 remark\n"]);
  });

  test("fits into the columns of the terminal", () => {
    const { display } = scene();
    let room = 0;
    display.progress((columns) => {
      room = columns;
      return "";
    });
    expect(room).toBe(79);
  });

  test("does not exist with --quiet", () => {
    const { written, display } = scene({ quiet: true });
    display.progress(() => "line");
    expect(written).toEqual([]);
  });
});

describe("progress elsewhere", () => {
  test.each<[string, Partial<TerminalOptions>, Partial<Stream>]>([
    ["a pipe", {}, {}],
    ["a terminal of continuous integration", { environment: { CI: "true" } }, { isTTY: true }],
  ])("in %s is one plain line every 30 s, none before", (_, more, err) => {
    const { written, clock, display } = scene(more, err);
    for (let second = 0; second < 100; second += 1) {
      clock.now = second * 1000;
      display.progress(() => `at ${second}`);
    }
    display.result("result\n");
    expect(written).toEqual(["2 at 30\n", "2 at 60\n", "2 at 90\n", "1 result\n"]);
  });
});

test("colour is decided for each stream apart", () => {
  const { display } = scene();
  expect(display.resultLook.paint("good", "x")).toBe("x");
  expect(display.remarkLook.paint("good", "x")).toBe("\u001b[32mx\u001b[39m");
});
