import { endianness } from "node:os";
import { describe, expect, test } from "vitest";
import { rowIn } from "./kernel-table.ts";

const local = { host: "192.0.2.1", port: 8080 };
const peer = { host: "192.0.2.2", port: 40_000 };

/** As the kernel of this machine writes it. */
const hex = ({ host, port }: typeof local): string => {
  const octets = host.split(".").map((it) => Number(it).toString(16).padStart(2, "0"));
  const address = endianness() === "LE" ? octets.toReversed() : octets;
  return `${address.join("")}:${port.toString(16).padStart(4, "0")}`.toUpperCase();
};

const table = (...rows: readonly (readonly [typeof local, typeof local, string, string])[]) =>
  [
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid",
    ...rows.map(
      ([from, to, state, timer], at) =>
        `   ${at}: ${hex(from)} ${hex(to)} ${state} 00000000:00000000 ${timer} 00000000     0`,
    ),
    "",
  ].join("\n");

const other = (place: typeof local) => ({ ...place, host: "127.0.0.1" });

describe("the connection of a stack in the table of its kernel", () => {
  test("is known by addresses and ports", () => {
    const found = rowIn(
      table(
        [local, other(peer), "01", "00:00000000"],
        [other(local), peer, "01", "00:00000000"],
        [local, peer, "06", "03:00001770"],
      ),
      local,
      peer,
    );
    expect(found).toEqual({
      from: local,
      to: peer,
      name: "TIME_WAIT",
      leftMs: 60_000,
      isFullSocket: false,
    });
  });

  test("is none that has the same ports elsewhere", () => {
    const elsewhere = table(
      [other(local), other(peer), "01", "00:00000000"],
      [other(local), { host: "0.0.0.0", port: 0 }, "0A", "00:00000000"],
    );
    expect(rowIn(elsewhere, local, peer)).toBeUndefined();
  });

  test("is a listener where there is nothing else", () => {
    const listening = [local, { host: "0.0.0.0", port: 0 }, "0A", "00:00000000"] as const;
    expect(rowIn(table(listening), local, peer)?.name).toBe("LISTEN");
    const both = table(listening, [local, peer, "05", "02:00000064"]);
    expect(rowIn(both, local, peer)).toMatchObject({
      name: "FIN_WAIT_2",
      leftMs: 1000,
      isFullSocket: true,
    });
  });
});
