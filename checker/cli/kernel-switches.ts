// The switches of a kernel under test: asked for by a replay -> set in a network namespace, and nowhere else.

import { existsSync, writeFileSync } from "node:fs";
import { isMembers } from "../source/index.ts";

export type Switches = Readonly<Record<string, string>>;

/** So that answers are those that the case gives, at once and without options. */
const plainTcp: Switches = {
  "net.ipv4.tcp_timestamps": "0",
  "net.ipv4.tcp_sack": "0",
  "net.ipv4.tcp_window_scaling": "0",
  "net.ipv4.tcp_ecn": "0",
  "net.ipv4.tcp_syncookies": "0",
  "net.ipv4.tcp_invalid_ratelimit": "0",
  "net.ipv4.tcp_rto_min_us": "3000000",
  "net.ipv6.conf.all.disable_ipv6": "1",
  "net.ipv6.conf.default.disable_ipv6": "1",
};

/** All that a run is under: what is asked for decides. */
export const switchesOf = (asked: Switches): Switches => ({ ...plainTcp, ...asked });

export const isSwitches = (it: unknown): it is Switches =>
  isMembers(it) && Object.values(it).every((value) => typeof value === "string");

/**
 * Why nothing may be set here: `here` is the network namespace of this process, `outside` that of who started it.
 * undefined: they are known to be two.
 */
export const namespaceMistake = (here: string, outside: unknown): string | undefined => {
  if (typeof outside !== "string" || !/^net:\[\d+\]$/.test(outside)) {
    return "nobody says which namespace must not be touched";
  }
  return here === outside ? "this is no namespace of its own" : undefined;
};

/** Why these switches are not set; only those of `net.ipv4` exist once per network namespace. */
export const switchMistake = (asked: unknown): string | undefined => {
  if (asked === undefined) return undefined;
  if (!isSwitches(asked)) return "`sysctl` is not a list of switches with their values";
  const [name, value] =
    Object.entries(asked).find(
      ([key, text]) => !/^net\.ipv4(\.[a-z0-9_]+)+$/.test(key) || !/^[-0-9 \t]+$/.test(text),
    ) ?? [];
  if (name === undefined) return undefined;
  return name.startsWith("net.ipv4.")
    ? `\`${name} = ${value}\` is not set: no name of a switch, or no number`
    : `\`${name}\` is not set: it is no switch of net.ipv4, and may be one of the whole machine`;
};

const pathOf = (key: string): string => `/proc/sys/${key.replaceAll(".", "/")}`;

const set = (key: string, value: string): void => {
  try {
    writeFileSync(pathOf(key), value);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Error(`the kernel refuses \`${key} = ${value}\`: ${why}`, { cause: thrown });
  }
};

/** Some switches of net.ipv4 are those of the whole machine, and no namespace shows them: `tcp_max_orphans`, `tcp_mem`. */
const absentSwitch = (key: string): string =>
  `${key} cannot be set for a run: this kernel has no such switch, or has it once for the whole machine`;

/**
 * Sets them, and those that make things plain; to be called inside a namespace of its own, with what `switchMistake`
 * has nothing against. Of the switches that only make things plain, an older kernel may lack some, which are told.
 */
export const setSwitches = (asked: Switches): readonly string[] => {
  const lacking: string[] = [];
  for (const [key, value] of Object.entries(switchesOf(asked))) {
    if (existsSync(pathOf(key))) set(key, value);
    else if (Object.hasOwn(asked, key)) throw new Error(absentSwitch(key));
    else if (!key.startsWith("net.ipv6")) lacking.push(`this kernel has no switch ${key}`);
  }
  return lacking;
};
