// What the figures are measured on.

import { readdirSync, readFileSync } from "node:fs";
import { cpus, release, totalmem, type as systemName } from "node:os";
import { join } from "node:path";
import { memoryBy } from "./process.ts";
import type { Machine } from "./results.ts";
import { toolVersions } from "./rivals.ts";

/** Where Linux describes the caches that the first core can use. */
const caches = "/sys/devices/system/cpu/cpu0/cache";

/** Sizes are told as `2048K`. Undefined where the system does not tell. */
export const largestCacheMiB = (folder = caches): number | undefined => {
  try {
    const sizes = readdirSync(folder)
      .filter((it) => it.startsWith("index"))
      .map((it) => Number.parseInt(readFileSync(join(folder, it, "size"), "utf8"), 10));
    const largest = Math.max(...sizes) / 2 ** 10;
    return largest > 0 ? Math.round(largest) : undefined;
  } catch {
    return undefined;
  }
};

export const machine = (): Machine => {
  const cacheMiB = largestCacheMiB();
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown processor",
    cores: cpus().length,
    ...(cacheMiB === undefined ? {} : { cacheMiB }),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${systemName()} ${release().split("-")[0] ?? ""}`.trim(),
    tools: [`Node ${process.version}`, ...toolVersions()],
    memoryBy,
  };
};
