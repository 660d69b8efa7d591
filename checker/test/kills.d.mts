// What a test may know of `kills.mjs`.

export interface Kills {
  readonly times: number;
  readonly killed: number;
  /** Runs that were faster than their killer. */
  readonly ended: number;
  /** What was damaged, or another verdict than before. */
  readonly wrong: readonly string[];
}

export const kills: (times: number, seed?: number) => Promise<Kills>;
