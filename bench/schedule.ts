// Interleaved rounds: everybody in a group once, then everybody once more.

import * as E from "fp-ts/lib/Either.js";
import type { Contestant, Group, Job } from "./contestant.ts";
import { run } from "./process.ts";
import type { Counts, Row, Sample } from "./results.ts";

export interface Request {
  readonly groups: readonly Group[];
  readonly rounds: number;
  readonly limitSeconds: number;
  readonly say: (line: string) => void;
  /** Called when a contestant has counted. */
  readonly counted: (group: string, counts: Counts) => void;
  /** Called after each group, with all that was measured so far. */
  readonly progress: (rows: readonly Row[]) => void;
}

interface Entry {
  readonly contestant: Contestant;
  job?: E.Either<string, Job>;
  readonly samples: Sample[];
  counts?: Counts;
  problem?: string;
}

const firstLine = (text: string): string => text.trim().split("\n")[0]?.slice(0, 160) ?? "";

/** One process of one contestant. Afterwards the entry has a sample more, or a problem. */
const turn = async (group: Group, entry: Entry, request: Request): Promise<void> => {
  entry.job ??= entry.contestant.prepare();
  if (E.isLeft(entry.job)) {
    entry.problem = entry.job.left;
    return;
  }
  const { command, read, codes = [] } = entry.job.right;
  const ended = await run(command, request.limitSeconds);
  if (E.isLeft(ended)) {
    entry.problem = ended.left;
    return;
  }
  const { sample, code, output, complaints } = ended.right;
  const reading = read(output);
  if (E.isLeft(reading)) {
    const why = firstLine(complaints);
    entry.problem = `${reading.left}, exit code ${code}${why === "" ? "" : `: ${why}`}`;
    return;
  }
  if (code !== 0 && !codes.includes(code)) {
    entry.problem = `exit code ${code}`;
    return;
  }
  entry.samples.push(sample);
  entry.counts = reading.right;
  request.counted(group.id, reading.right);
};

const told = ({ contestant, samples, counts, problem }: Entry): string => {
  const last = samples.at(-1);
  if (problem !== undefined || last === undefined) return `${contestant.name}: ${problem}`;
  const mebibytes = Math.round(last.peakBytes / 2 ** 20);
  return `${contestant.name}: ${last.cpuSeconds} s CPU, ${last.wallSeconds} s, ${mebibytes} MiB, ${counts?.states} states`;
};

/** What everybody has to count: what is known of the model, or what ours counts with reductions off. */
const wantedIn = (group: Group, entries: readonly Entry[]): Counts | undefined =>
  group.counts ??
  entries.find(({ contestant, counts }) => {
    return contestant.isOurs && contestant.counting === undefined && counts !== undefined;
  })?.counts;

const isEqualTo = (
  wanted: Counts | undefined,
  { contestant, counts }: Entry,
): boolean | undefined => {
  if (wanted === undefined || counts === undefined) return undefined;
  if (contestant.counting === "reduced") return undefined;
  const isAsMany = counts.transitions === wanted.transitions;
  return (
    counts.states === wanted.states && (isAsMany || contestant.counting === "fewer transitions")
  );
};

const rowOf = (group: Group, wanted: Counts | undefined, entry: Entry): Row => {
  const { contestant, samples, counts, problem } = entry;
  const isEqual = isEqualTo(wanted, entry);
  return {
    group: group.id,
    contestant: contestant.name,
    isOurs: contestant.isOurs,
    samples,
    ...(counts === undefined ? {} : { counts }),
    ...(isEqual === undefined ? {} : { isEqual }),
    ...(problem === undefined ? {} : { problem }),
  };
};

/** The groups one after the other: those who are compared run within minutes of each other. */
export const measure = async (request: Request): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const group of request.groups) {
    const entries: Entry[] = group.contestants.map((contestant) => ({ contestant, samples: [] }));
    for (let round = 1; round <= request.rounds; round += 1) {
      request.say(`${group.id}, round ${round} of ${request.rounds}`);
      for (const entry of entries) {
        const isOver = entry.problem !== undefined || (entry.contestant.once && round > 1);
        if (isOver) continue;
        await turn(group, entry, request);
        request.say(`  ${told(entry)}`);
      }
    }
    const wanted = wantedIn(group, entries);
    rows.push(...entries.map((it) => rowOf(group, wanted, it)));
    request.progress(rows);
  }
  return rows;
};
