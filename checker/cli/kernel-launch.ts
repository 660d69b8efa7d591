// The kernel of this machine as a TCP under test, from outside: what that needs, and how its namespace is started.

import { spawnSync } from "node:child_process";
import { accessSync, constants, readdirSync, readlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Shell } from "./shell.ts";
import type { Launch } from "./stack-process.ts";

const tools: readonly (readonly [string, string])[] = [
  ["unshare", "util-linux"],
  ["socat", "socat"],
  ["ip", "iproute2"],
  ["ss", "iproute2"],
];

const tun = "/dev/net/tun";

const can = (path: string, mode: number): boolean => {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
};

const isRoot = (): boolean => process.getuid?.() === 0;

/** A PID namespace, too: when its first process is gone, everything in it is. */
const unshare = (): readonly string[] => [
  "--net",
  ...(isRoot() ? [] : ["--map-root-user"]),
  "--pid",
  "--fork",
  "--kill-child",
];

/** What is missing, each with what brings it; empty: nothing. */
export const missingForLinux = (path: string): readonly string[] => {
  if (process.platform !== "linux") return [`a Linux kernel: this is ${process.platform}`];
  const folders = path.split(delimiter);
  const missing = tools
    .filter(([name]) => !folders.some((it) => it !== "" && can(join(it, name), constants.X_OK)))
    .map(([name, packaged]) => `\`${name}\`, of the package ${packaged}`);
  if (missing.length > 0) return missing;
  if (!can(tun, constants.F_OK)) return [`${tun}, of the kernel module tun: modprobe tun`];
  if (!can(tun, constants.R_OK | constants.W_OK)) {
    return [`${tun} to be open to you: run as root, or let its mode be 0666`];
  }
  const tried = spawnSync("unshare", [...unshare(), "true"], { stdio: "ignore" });
  return tried.status === 0
    ? []
    : ["a network namespace, which the kernel refuses: run as root, or allow user namespaces"];
};

/** Switches of IPv4 that this kernel has, without `net.ipv4.`; none where nobody can tell. */
export const kernelSwitches = (): readonly string[] => {
  try {
    return readdirSync("/proc/sys/net/ipv4");
  } catch {
    return [];
  }
};

/** Of the namespace that must not be touched. */
export const namespaceHere = (): string => readlinkSync("/proc/self/ns/net");

export const kernelLaunch = ({
  packageFolder,
  folder,
  environment,
}: Pick<Shell, "packageFolder" | "folder" | "environment">): Launch => ({
  command: "unshare",
  words: [...unshare(), process.execPath, join(packageFolder, "dist/kernel-stack.js")],
  folder,
  environment,
  overUdp: false,
});
