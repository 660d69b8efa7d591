// Which switches a kernel under test takes, and where: nothing of the machine is changed.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kernelLaunch, missingForLinux, namespaceHere } from "./kernel-launch.ts";
import { namespaceMistake, switchesOf, switchMistake } from "./kernel-switches.ts";

describe("a namespace", () => {
  test("is one of its own if it is known not to be the one outside", () => {
    expect(namespaceMistake("net:[2]", "net:[1]")).toBeUndefined();
    expect(namespaceMistake("net:[1]", "net:[1]")).toBe("this is no namespace of its own");
  });

  test.each([undefined, "", 1, "net:1"])("is not touched when the one outside is %j", (outside) => {
    expect(namespaceMistake("net:[2]", outside)).toBe(
      "nobody says which namespace must not be touched",
    );
  });
});

describe("a switch", () => {
  test("of net.ipv4 with a number is set", () => {
    const asked = { "net.ipv4.tcp_rfc1337": "1", "net.ipv4.ip_local_port_range": "1024 2000" };
    expect(switchMistake(asked)).toBeUndefined();
    expect(switchMistake(undefined)).toBeUndefined();
  });

  test("that is asked for is set so, and all others so that answers are plain", () => {
    const asked = { "net.ipv4.tcp_timestamps": "1", "net.ipv4.tcp_rfc1337": "1" };
    expect(switchesOf(asked)).toMatchObject({ ...asked, "net.ipv4.tcp_sack": "0" });
    expect(switchesOf({})).toMatchObject({ "net.ipv4.tcp_timestamps": "0" });
  });

  test.each(["kernel.printk_devkmsg", "vm.swappiness", "net.core.wmem_max", "net.ipv4x.a", ""])(
    "%j is refused",
    (key) => {
      expect(switchMistake({ "net.ipv4.tcp_rfc1337": "1", [key]: "1" })).toBe(
        `\`${key}\` is not set: it is no switch of net.ipv4, and may be one of the whole machine`,
      );
    },
  );

  test.each([
    { "net.ipv4./../../kernel/panic": "1" },
    { "net.ipv4..tcp": "1" },
    { "net.ipv4.tcp_rfc1337": "on" },
    { "net.ipv4.tcp_rfc1337": 1 },
    ["net.ipv4.tcp_rfc1337"],
  ])("of another form is refused: %j", (asked) => {
    expect(switchMistake(asked)).toMatch(/is not (set|a list)/);
  });
});

const lacking = missingForLinux(process.env["PATH"] ?? "");

describe.skipIf(lacking.length > 0)("the kernel under test", () => {
  /** What it answers to `start`, in a namespace of its own whatever is asked. */
  const answer = (more: object): unknown => {
    const { command, words } = kernelLaunch({
      packageFolder: join(import.meta.dirname, "../.."),
      folder: ".",
      environment: process.env,
    });
    const told = { do: "start", local: "192.0.2.1:1", peer: "192.0.2.2:2", ...more };
    const input = `${JSON.stringify(told)}\n`;
    return JSON.parse(
      spawnSync(command, words, { input, encoding: "utf8", timeout: 30_000 }).stdout,
    );
  };

  test("refuses to begin where nobody names the namespace outside", () => {
    expect(answer({})).toEqual({
      ok: false,
      why: "nobody says which namespace must not be touched",
    });
  });

  test("refuses switches of the machine, before anything is set", () => {
    const sysctl = { "kernel.no_such_switch": "1" };
    expect(answer({ outside: namespaceHere(), sysctl })).toEqual({
      ok: false,
      why: "`kernel.no_such_switch` is not set: it is no switch of net.ipv4, and may be one of the whole machine",
    });
  });

  test("says of a switch that it does not see that it may be one of the whole machine", () => {
    const switches = { "net.ipv4.tcp_max_orphans": "77" };
    expect(answer({ outside: namespaceHere(), sysctl: switches })).toEqual({
      ok: false,
      why: "net.ipv4.tcp_max_orphans cannot be set for a run: this kernel has no such switch, or has it once for the whole machine",
    });
  });
});
