// What a run of the bench found, as data: this is also the file that --json writes.

/** One process from start to exit. */
export interface Sample {
  /** User and system. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** The most memory it had in use. */
  readonly peakBytes: number;
}

export interface Counts {
  readonly states: number;
  readonly transitions: number;
}

/** One contestant in one group. */
export interface Row {
  readonly group: string;
  readonly contestant: string;
  readonly isOurs: boolean;
  readonly samples: readonly Sample[];
  readonly counts?: Counts;
  /** Counted what was to be counted; undefined where reductions change what there is to count. */
  readonly isEqual?: boolean;
  /** Why there are no samples, or why those there are do not count. */
  readonly problem?: string;
}

/** What the figures were measured on; nothing here tells one machine from another of its kind. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** The largest cache that a core can use, alone or with others; absent where the system does not tell. */
  readonly cacheMiB?: number;
  readonly memoryGiB: number;
  readonly system: string;
  /** Names and versions of the programs. */
  readonly tools: readonly string[];
  /** How the memory of a process was measured. */
  readonly memoryBy: "wait4" | "polling";
}

/** Whether figures of two machines can stand in one table. */
export const isSameKind = (one: Machine, other: Machine): boolean =>
  one.processor === other.processor &&
  one.cores === other.cores &&
  one.memoryGiB === other.memoryGiB &&
  // The cache decides ratios; a run of long ago did not tell it.
  (one.cacheMiB ?? other.cacheMiB) === (other.cacheMiB ?? one.cacheMiB);

export interface MemoryBound {
  readonly tableBytes: number;
  /** Random cache lines that one thread reads and writes in a second. */
  readonly linesPerSecond: number;
}

export interface GroupName {
  readonly id: string;
  readonly title: string;
}

export interface Results {
  readonly format: 1;
  readonly machine: Machine;
  readonly memoryBound?: MemoryBound;
  readonly groups: readonly GroupName[];
  readonly rows: readonly Row[];
}

/** The later ones in the place of those that are the same, others behind. */
const replaced = <A>(
  earlier: readonly A[],
  later: readonly A[],
  isSame: (one: A, other: A) => boolean,
): readonly A[] => [
  ...earlier.map((it) => later.find((other) => isSame(it, other)) ?? it),
  ...later.filter((it) => !earlier.some((other) => isSame(it, other))),
];

/** What disturbs can only make it smaller. */
const larger = (
  one: MemoryBound | undefined,
  other: MemoryBound | undefined,
): MemoryBound | undefined =>
  (one?.linesPerSecond ?? 0) > (other?.linesPerSecond ?? 0) ? one : other;

/** Rows that were measured later take the place of earlier ones; the rest stays. */
export const merged = (earlier: Results, later: Results): Results => {
  const bound = larger(earlier.memoryBound, later.memoryBound);
  return {
    ...later,
    ...(bound === undefined ? {} : { memoryBound: bound }),
    groups: replaced(earlier.groups, later.groups, (a, b) => a.id === b.id),
    rows: replaced(
      earlier.rows,
      later.rows,
      (a, b) => a.group === b.group && a.contestant === b.contestant,
    ),
  };
};
