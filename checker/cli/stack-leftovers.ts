// What a stack has started: a mark in the environment of all its processes -> none of them is left, not even of those in other groups.

import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { Socket } from "node:net";

const variable = "TIMEWAIT_STACK";

let ownName: string | undefined;
/** Names this program among all that run; made when it starts a stack, since most runs start none. */
const program = (): string => (ownName ??= randomUUID());

/** Of the environment of one stack, and of all that it starts. */
export interface Mark {
  readonly environment: Readonly<Record<string, string>>;
}

let marks = 0;

export const newMark = (): Mark => {
  marks += 1;
  return { environment: { [variable]: `${program()}.${marks}.` } };
};

const environmentOf = (id: string): string => {
  try {
    return readFileSync(`/proc/${id}/environ`, "utf8");
  } catch {
    // It ended, or is somebody else's.
    return "";
  }
};

const processes = (): readonly string[] => {
  try {
    return readdirSync("/proc").filter((it) => /^\d+$/.test(it));
  } catch {
    return [];
  }
};

const end = (id: number): void => {
  try {
    process.kill(id, "SIGKILL");
  } catch {
    // It ended meanwhile.
  }
};

/** What may be started while others are ended is met in the next round. */
const mostRounds = 10;

/** Ends every process with the mark. Without /proc none is found, and only the process group is ended. */
export const endMarked = ({ environment }: Mark): void => {
  const text = `${variable}=${environment[variable] ?? ""}`;
  for (let round = 0; round < mostRounds; round += 1) {
    const found = processes().filter((it) => environmentOf(it).includes(text));
    if (found.length === 0) return;
    for (const it of found) end(Number(it));
  }
};

/** Waits for the end of this program, however it ends, then looks for what it has left. */
const keeper = `
cat >/dev/null
for round in 1 2 3; do
  for file in $(grep -ls "$1" /proc/[0-9]*/environ); do
    id=\${file#/proc/}
    kill -9 "\${id%/environ}"
  done
done
`;

let isKept = false;

/** From now on, all marked processes end with this program, even if that is killed. */
export const keepClean = (): void => {
  if (isKept || process.platform !== "linux") return;
  isKept = true;
  const words = ["-c", keeper, "sh", `${variable}=${program()}`];
  const child = spawn("sh", words, { detached: true, stdio: ["pipe", "ignore", "ignore"] });
  child.on("error", () => undefined);
  child.unref();
  if (child.stdin instanceof Socket) child.stdin.unref();
};
