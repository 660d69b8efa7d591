// What a command is given: words, surroundings, signals and streams, as one value.

import type { StartMate } from "../engine/index.ts";
import type { ColourFacts } from "./colour.ts";
import type { Stream } from "./terminal.ts";

export interface Shell {
  readonly words: readonly string[];
  readonly environment: ColourFacts["environment"];
  /** The current folder. */
  readonly folder: string;
  /** Where the package is installed: imports that begin with `timewait:` are read from there. */
  readonly packageFolder: string;
  readonly version: string;
  /** Names this build of the program; undefined: nobody knows which one it is. */
  readonly fingerprint?: string;
  readonly out: Stream;
  readonly err: Stream;
  /** To standard output, as it is. */
  readonly writeBytes: (bytes: Uint8Array) => void;
  /** Milliseconds from any beginning. */
  readonly now: () => number;
  /** Bytes that searches may use when the user names no limit. */
  readonly memoryBytes: number;
  /** How many threads can run at once. */
  readonly cores: number;
  readonly startThread: StartMate;
  /** Hears of every file before it is read, by its place. */
  readonly onRead?: (path: string) => void;
  /** Lets the system deliver signals, then tells which one has come. */
  readonly pause: () => Promise<"interrupted" | "terminated" | undefined>;
}
