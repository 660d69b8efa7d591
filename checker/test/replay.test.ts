// `check replay` as users meet it: files, streams, exit codes.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { missingForLinux } from "../cli/kernel-launch.ts";
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

/** Of the program last started, a signal when it has started six of them; at most a minute is waited, then 15 s for their end. */
const signalled = (sleep: string, signal: string): string => {
  const name = sleep.split(" ")[1] ?? "";
  return `check=$!
      for wait in $(seq 600); do
        count=$(grep -alsz "^${name}" /proc/[0-9]*/cmdline | wc -l)
        if [ "$count" -ge 6 ]; then break; fi
        sleep 0.1
      done
      kill -${signal} $check
      wait $check
      echo "$count started, $?"
      for wait in $(seq 150); do
        if ! grep -qalsz "^${name}" /proc/[0-9]*/cmdline; then break; fi
        sleep 0.1
      done`;
};

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

  test("tells apart two choices that have one name, and takes no field for a control state", () => {
    shop.write(
      "alike.tw",
      [
        "enum Phase { NEW, OLD }",
        "record Part { state : Phase }",
        "var part : Part",
        "var n : 0..9",
        "rule take when n == 0 {",
        "  part.state = OLD",
        "  choose x in 0..3 { n += x }",
        "  choose x in 1..4 { n += x }",
        "}",
        "final : true",
        "invariant small : n < 7",
        "",
      ].join("\n"),
    );
    expect(shop.check(["alike.tw", "--out", "alike"]).code).toBe(12);
    const { code, out } = shop.check(["replay", "alike/alike-small-1.json", "--on", "model"]);
    expect([code, out]).toEqual([0, expect.stringContaining("take(x = 3, x (2) = 4)")]);
  });

  test("a file that is no trace is 65, one that is missing 66, words that are wrong 64", () => {
    shop.write("no-trace.json", "{}");
    expect(shop.check(["replay", "no-trace.json", "--on", "model"]).code).toBe(65);
    expect(shop.check(["replay", "nowhere.json", "--on", "model"]).code).toBe(66);
    expect(shop.check(["replay", trace]).code).toBe(64);
    expect(shop.check(["replay", trace, "--on", "mars"]).code).toBe(64);
    expect(shop.check(["replay", trace, "--on", "external:"]).code).toBe(64);
  });

  test("words about a TCP under test are none about a model", () => {
    for (const words of [["--as", "A"], ["--sysctl", "tcp_rfc1337=1"], ["--wait"]]) {
      const { code, err } = shop.check(["replay", trace, "--on", "model", ...words]);
      expect([code, err]).toEqual([64, expect.stringContaining("is for a TCP under test")]);
    }
  });

  test("the trace file itself is untouched", () => {
    const before = readFileSync(join(shop.folder, trace), "utf8");
    shop.check(["replay", trace, "--on", "model"]);
    expect(readFileSync(join(shop.folder, trace), "utf8")).toBe(before);
  });
});

const root = join(import.meta.dirname, "../..");
const kept = (name: string): string => join(root, "counterexamples", name, "trace.json");
const model = ["--model", join(root, "spec/timewait.tw")];

const models = join(root, "models/linux-6.tw");

const processesWith = (words: string): readonly string[] =>
  readdirSync("/proc")
    .filter((it) => /^\d+$/.test(it))
    .flatMap((it) => {
      try {
        const text = readFileSync(`/proc/${it}/cmdline`, "utf8").replaceAll("\0", " ");
        return text.includes(words) ? [text] : [];
      } catch {
        return [];
      }
    });

describe("--on external", () => {
  const small = `external:${process.execPath} ${join(import.meta.dirname, "small-tcp.mjs")}`;
  const replayed = (on: string, ...more: readonly string[]) =>
    shop.check(["replay", kept("last-ack-lost"), ...model, "--on", on, ...more]);

  test("a TCP that does what the trace says is equal", () => {
    const { code, out } = replayed(small);
    expect(out).toContain("trace.json on small, which is B, 3 runs\n");
    expect(out).toContain("equal: SYN ACK seq=0 ack=1; SYN_RCVD");
    expect([code, out]).toEqual([0, expect.stringMatching(/equal in all \d+ steps.*\n$/)]);
  });

  test("one that does something else parts in that step", () => {
    const { code, out } = replayed(`${small} --eager`);
    expect(code).toBe(16);
    expect(out).toContain("expected: silence; CLOSED\n        observed: RST seq=2; CLOSED\n");
  });

  test.each(["--parrot", "--echo"])("an answer is none of its clock's: %s", (how) => {
    const { code, out } = replayed(`${small} ${how}`);
    expect([code, out]).toEqual([
      16,
      expect.stringMatching(/expected: silence; CLOSED\n +observed: ACK FIN/),
    ]);
  });

  test("one that cannot do what its application should is told so", () => {
    const { code, out } = replayed(small, "--as", "A");
    expect([code, out]).toEqual([16, expect.stringContaining("connect is too much for me")]);
  });

  test("one that is not led to the beginning differs, as in `check conform`", () => {
    shop.check([models, "--check", "I3 the table*", "--out", "led"]);
    const line = ["replay", "led/i3-the-table-of-time-waits-is-full-p1-1.json", "--model", models];
    const { code, out } = shop.check([...line, "--on", small, "--as", "A"]);
    expect([code, out]).toEqual([16, expect.stringContaining("cannot be led to the beginning")]);
  });

  test("where one run of three does not start, they do not agree", () => {
    shop.write("once.sh", "mkdir once 2>/dev/null && exit 3; exec $1 $2");
    const { code, out } = replayed(small.replace("external:", "external:sh once.sh "));
    expect([code, out]).toEqual([16, expect.stringMatching(/^ +unstable$/m)]);
  });

  test("one that does not start, or talks of something else, is 69", () => {
    expect(replayed(`${small} --mute`)).toMatchObject({ code: 69, out: "" });
    const { code, err } = replayed("external:echo hello; cat");
    expect([code, err]).toEqual([69, expect.stringContaining("not of the protocol: hello")]);
  });

  test("a host that the model does not have is a mistake of the command line's", () => {
    expect(replayed(small, "--as", "C").code).toBe(64);
  });

  test.each([
    ["one that does not end by itself", "sleep 4711"],
    ["one whose leader has ended", "sleep 4711 & exit 0"],
    ["one in a session of its own", "setsid sleep 4711"],
    ["one that lets go of everything", "setsid sleep 4711 >&- 2>&- <&- &"],
  ])("leaves no process behind, not even %s", (_, command) => {
    const marked = command.replace("4711", `4711${process.pid}`);
    const begin = performance.now();
    expect(replayed(`external:echo hello; ${marked}`).code).toBe(69);
    expect(processesWith(`sleep 4711${process.pid}`)).toEqual([]);
    expect(performance.now() - begin).toBeLessThan(20_000);
  });

  test.each([
    ["HUP", 143],
    ["INT", 130],
    ["TERM", 143],
    ["KILL", 137],
  ])(
    "is gone after SIG%s",
    (signal, code) => {
      const sleep = `sleep 4712${process.pid}`;
      const words = ["replay", kept("last-ack-lost"), ...model, "--on"];
      const { out } = shop.shell(`
      $CHECK ${words.join(" ")} "external:${sleep} & setsid ${sleep} & sleep 4713 & exit 0" &
      ${signalled(sleep, signal)}`);
      expect(out).toBe(`6 started, ${code}\n`);
      expect(processesWith(sleep)).toEqual([]);
    },
    30_000,
  );

  test("without file descriptors there is no stack, which is 69", () => {
    const on = `external:${process.execPath} ${join(import.meta.dirname, "small-tcp.mjs")}`;
    for (const descriptors of [24, 28]) {
      const { code, err } = shop.shell(
        `ulimit -n ${descriptors}; $CHECK replay ${kept("last-ack-lost")} ${model.join(" ")} --on "${on}"`,
      );
      expect(err).not.toContain("TW0901");
      expect(code).toBe(69);
    }
  });

  test("a trace of a model without a binding is refused", () => {
    shop.write("unbound.tw", twoLives.replace(/^binding[^]*?^\}\n/m, ""));
    shop.check(["unbound.tw", "--out", "unbound"]);
    const line = ["replay", "unbound/an-old-goodbye-stale-fin-1.json", "--on", small];
    expect(shop.check(line).code).toBe(65);
  });
});

const missing = missingForLinux(process.env["PATH"] ?? "");
const needs = missing.length === 0 ? "" : ` (skipped, for it needs ${missing.join(", ")})`;

describe("check conform", () => {
  const small = `external:${process.execPath} ${join(import.meta.dirname, "small-tcp.mjs")}`;

  test("a trace, a model without binding, and one without such checks are told apart, with the cure", () => {
    const conform = (file: string) => shop.check(["conform", file, "--on", small]);
    const asTrace = conform(trace);
    expect([asTrace.code, asTrace.out]).toEqual([65, ""]);
    expect(asTrace.err).toContain("error[TW0592]: this is a trace, and not a model");
    expect(asTrace.err).toContain("play it with `check replay TRACE --on WHAT`");
    expect(asTrace.err).toContain("or name its model, `two-lives.tw`");

    shop.write("unbound.tw", twoLives.replace(/^binding[^]*?^\}\n/m, ""));
    const unbound = conform("unbound.tw");
    expect([unbound.code, unbound.err]).toEqual([65, expect.stringContaining("error[TW0530]")]);
    shop.write("broken.tw", twoLives.replace("final : true", "final : )"));
    const broken = conform("broken.tw");
    expect([broken.code, broken.err]).toEqual([65, expect.stringContaining("error[TW01")]);

    const without = conform("two-lives.tw");
    expect([without.code, without.out]).toEqual([64, ""]);
    expect(without.err).toContain("no check or sweep is called `conform*`");
    expect(without.err).toContain("or add such a check");
  });

  test("configurations whose assumption is false are listed, and are 10 where nothing is left", () => {
    const text = readFileSync(models, "utf8");
    const few = `${text}\nassume not (RFC1337 and FOUND == FULL), "never both"
sweep "few" {
  FOUND in Listener, RFC1337 = true, LISTENER = [h in Host: FOUND], BEGIN = IN_TIME_WAIT,
  CLOSED_ANSWERS = [h in Host: h == A], CONNECTS = [h in Host: false], LOSSES = 0, DUPLICATES = 0
} only not_ended
check "none" { RFC1337 = true, FOUND = FULL } expect holds\n`;
    shop.write("few.tw", few);
    const asked = (title: string) =>
      shop.check(["conform", "few.tw", "--on", small, "--check", title]);
    const some = asked("few");
    expect(some.err).toContain("looking for the shortest traces in 3 configurations");
    expect(some.out).toContain(
      'not asked:\n  few with FOUND = FULL: the assumption "never both" is false\n',
    );
    expect(some.code).toBe(16);
    const none = asked("none");
    expect([none.code, none.err]).toEqual([
      10,
      expect.stringContaining('not asked: none: the assumption "never both" is false'),
    ]);
  }, 120_000);

  test.each([
    ["HUP", 143],
    ["INT", 130],
    ["TERM", 143],
  ])(
    "stacks that run are gone after SIG%s",
    (signal, code) => {
      const sleep = `sleep 4714${process.pid}`;
      const { out } = shop.shell(`
      $CHECK conform ${models} --check "conform: TIME_WAIT, what*" --jobs 3 --quiet \\
        --on "external:${sleep} & setsid ${sleep} & exit 0" &
      ${signalled(sleep, signal)}`);
      expect(out).toBe(`6 started, ${code}\n`);
      expect(processesWith(sleep)).toEqual([]);
    },
    120_000,
  );

  test("a signal while traces are looked for ends it, too", () => {
    const { out, err } = shop.shell(`
      $CHECK conform ${models} --on "external:exit 3" 2>err &
      check=$!
      for wait in $(seq 600); do
        if grep -q "looking for" err; then break; fi
        sleep 0.1
      done
      kill -INT $check
      wait $check
      echo "$?"
      cat err >&2`);
    expect(out).toBe("130\n");
    expect(err).not.toContain("runs of each");
  }, 120_000);

  test("what is missing, or mistaken, is said", () => {
    expect(shop.check(["conform", models]).code).toBe(64);
    expect(shop.check(["conform", models, "--on", "model"]).code).toBe(64);
    expect(shop.check(["conform", models, "--on", small, "--as", "C"]).code).toBe(64);
    expect(shop.check(["conform", models, "--on", small, "--check", "nothing*"]).code).toBe(64);
    expect(shop.check(["conform", "nowhere.tw", "--on", small]).code).toBe(66);
    expect(shop.check(["conform", ".", "--on", small]).code).toBe(64);
    const { code, err } = shop.shell(`PATH=/nowhere $CHECK conform ${models} --on linux`);
    expect([code, err]).toEqual([69, expect.stringContaining("conform on linux needs `socat`")]);
  });

  test("a TCP that cannot close first is not led to the beginning of any case", () => {
    const line = ["conform", models, "--on", small, "--check", "conform: TIME_WAIT, what*"];
    const { code, out } = shop.check(line);
    expect(code).toBe(16);
    expect(out).toContain("it cannot be led to the beginning");
    expect(out).toMatch(/\d+ scenarios.*, 3 runs each, in \d+ s: 0 equal, \d+ disagreements\n$/);
  }, 120_000);

  test("a TCP that does not start is 69", () => {
    const line = [
      "conform",
      models,
      "--on",
      `${small} --mute`,
      "--check",
      "conform: TIME_WAIT, what*",
    ];
    const { code, err } = shop.check(line);
    expect([code, err]).toEqual([69, expect.stringContaining("the stack cannot be used")]);
  }, 60_000);
});

test.runIf(process.platform === "linux")("what a replay on linux needs is named, exit 69", () => {
  const { code, err } = shop.shell(
    `PATH=/nowhere $CHECK replay ${kept("old-data")} ${model.join(" ")} --on linux`,
  );
  expect(code).toBe(69);
  expect(err).toContain("check: a replay on linux needs `socat`, of the package socat\n");
  expect(err).toContain("needs `unshare`, of the package util-linux\n");
});

describe.skipIf(missing.length > 0)(`--on linux${needs}`, () => {
  const replayed = (name: string, ...more: readonly string[]) =>
    shop.check(["replay", kept(name), ...model, "--on", "linux", ...more]);

  test("the kernel is assassinated as the trace says", () => {
    const { code, out } = replayed("assassination", "--as", "B");
    expect([code, out]).toEqual([0, expect.stringMatching(/equal in all \d+ steps.*\n$/)]);
    expect(out).toMatch(/deliver wire .* RST .*A -> B\n +equal: silence; CLOSED\n/);
  });

  test("with tcp_rfc1337 it refuses", () => {
    const { code, out } = replayed("assassination", "--as", "B", "--sysctl", "tcp_rfc1337=1");
    expect(code).toBe(16);
    expect(out).toContain("expected: silence; CLOSED\n        observed: silence; TIME_WAIT\n");
    expect(out).toMatch(/differs in step \d+, after \d+ equal steps\n$/);
  });

  test("without TIME_WAIT the kernel takes old data for new", () => {
    const { code, out } = replayed("old-data", "--as", "B");
    expect([code, out]).toEqual([0, expect.stringMatching(/equal in all \d+ steps.*\n$/)]);
    expect(out).toMatch(/expire tw\n +equal: silence; CLOSED\n/);
  });

  test(
    "what the kernel cannot do ends the replay, which is incomplete",
    { timeout: 30_000 },
    () => {
      const { code, out } = replayed("reboot", "--as", "A");
      expect(code).toBe(20);
      expect(out).toContain(
        "not replayed from step 2 on: nothing makes the stack do tcp[A].reboot",
      );
    },
  );

  test("with a full table the kernel has no TIME_WAIT, and takes an old FIN for a new one", () => {
    shop.check([models, "--check", "I3 the table*", "--out", "full"]);
    const line = ["replay", "full/i3-the-table-of-time-waits-is-full-p1-1.json"];
    const { code, out } = shop.check([...line, "--model", models, "--on", "linux", "--as", "A"]);
    expect([code, out]).toEqual([0, expect.stringMatching(/equal in all \d+ steps.*\n$/)]);
    expect(out).toContain("net.ipv4.tcp_max_tw_buckets = 0\n");
    expect(out).toMatch(/deliver wire .* FIN .*B -> A\n +equal: ACK seq=2 ack=2; CLOSED\n/);
    expect(out).toMatch(/deliver wire .* FIN .*life=1.*\n +equal: ACK .*; CLOSE_WAIT\n/);
  });

  test("the kernel does what the model says; cases that a sweep does not cover are said, exit 20", () => {
    const line = ["conform", models, "--on", "linux", "--check", "conform: TIME_WAIT, what*"];
    const { code, out } = shop.check(line);
    // A case that nothing was compared for is none in which they agree.
    expect([code, out]).toEqual([20, expect.stringMatching(/equal, no disagreement\n$/)]);
    expect(out).toMatch(/TIME_WAIT\..*t3_nothing_in_order +\d+ equal\n/);
    expect(out).toMatch(/TIME_WAIT\..*t4_new_connection +\d+ equal\n/);
    // With tcp_rfc1337 = 0 nothing ignores a RST in order.
    expect(out).toMatch(/not covered:\n(.*\n)* +TIME_WAIT\..*t2_rst_ignored: nothing leads there/);
  }, 120_000);

  test("a kernel that does something else is told apart, with the step", () => {
    // The timer is not set anew, and RST does not end TIME_WAIT: neither is so.
    const text = readFileSync(models, "utf8");
    const mute = text.replace(
      /(case t3_nothing_in_order[^{]*\{[^}]*)start tw\(TIME_WAIT_LEN\)/,
      "$1",
    );
    expect(mute).not.toBe(text);
    shop.write("mutant.tw", mute);
    const line = ["conform", "mutant.tw", "--on", "linux", "--check", "conform: TIME_WAIT, what*"];
    const { code, out } = shop.check(line);
    expect(code).toBe(16);
    expect(out).toContain("timer goes on\n        observed: silence; TIME_WAIT; timer restarted\n");
  }, 120_000);

  test("a switch that the kernel does not have is a mistake of the command line's", () => {
    const { code, out, err } = replayed("assassination", "--sysctl", "tcp_rfc1338=1");
    expect([code, out]).toEqual([64, ""]);
    expect(err).toContain("error[TW0593]: this kernel has no switch `net.ipv4.tcp_rfc1338`");
    expect(err).toMatch(/<command line>:1:\d+\n[^]*did you mean `tcp_rfc1337`\?/);
  });

  test("a value that the kernel does not take is said, with the switch", () => {
    const { code, err } = replayed("assassination", "--sysctl", "tcp_rfc1337=77777777777");
    expect([code, err]).toEqual([
      69,
      expect.stringContaining("the kernel refuses `net.ipv4.tcp_rfc1337 = 77777777777`"),
    ]);
  });

  test("switches of the machine stay as they were", () => {
    const read = (): string => readFileSync("/proc/sys/net/ipv4/tcp_rfc1337", "utf8");
    const before = read();
    replayed("assassination", "--sysctl", `tcp_rfc1337=${before.trim() === "0" ? 1 : 0}`);
    expect(read()).toBe(before);
  });

  test("a signal, or a crash, leaves nothing behind", { timeout: 60_000 }, () => {
    const line = `$CHECK replay ${kept("assassination")} ${model.join(" ")} --on linux`;
    // Its own descendants, of which the last is `socat`; the machine takes a moment to clear away what has ended.
    const ended = (signal: string) => {
      const { code, out } = shop.shell(`
        ${line} >/dev/null &
        check=$!
        below() { for id in $(pgrep -P "$1"); do echo "$id"; below "$id"; done; }
        for wait in $(seq 200); do
          all=$(below $check)
          if ps -o comm= -p "$(echo $all | tr ' ' ,)" 2>/dev/null | grep -q socat; then break; fi
          sleep 0.05
        done
        kill -${signal} $check
        wait $check
        code=$?
        echo "$all" | wc -w
        left() { for id in $all; do if [ -d "/proc/$id" ]; then echo "left: $id"; fi; done; }
        for wait in $(seq 150); do
          if [ -z "$(left)" ]; then break; fi
          sleep 0.1
        done
        left
        exit $code`);
      const [count = "", ...left] = out.trim().split("\n");
      return { code, left, isStarted: Number(count) >= 3 };
    };
    expect(ended("TERM")).toEqual({ code: 143, left: [], isStarted: true });
    expect(ended("HUP")).toEqual({ code: 143, left: [], isStarted: true });
    expect(ended("KILL")).toEqual({ code: 137, left: [], isStarted: true });
  });
});
