// `--shard 2/4` and `--shard auto/4`: words and environment -> shard.

import { InvalidArgumentError } from "commander";
import type { Shard } from "./shard.ts";

/** More than anybody has machines. */
const mostShards = 100_000;

/** What the word says; which shard "auto" is, the environment tells. */
export interface ShardWord {
  readonly index: number | "auto";
  readonly count: number;
}

export const shardWord = (text: string): ShardWord => {
  const [, first, last] = /^(auto|[1-9][0-9]*)\/([1-9][0-9]*)$/.exec(text) ?? [];
  const count = Number(last);
  if (first === undefined || count > mostShards) {
    throw new InvalidArgumentError("write I/N, such as 2/4, or auto/N.");
  }
  if (first === "auto") return { index: "auto", count };
  if (Number(first) > count)
    throw new InvalidArgumentError(`there is no shard ${first} of ${count}.`);
  return { index: Number(first), count };
};

type Environment = Readonly<Record<string, string | undefined>>;

/** Kubernetes counts from 0; so do Slurm's arrays as `docs/scale.md` writes them. */
const indexNames = ["JOB_COMPLETION_INDEX", "SLURM_ARRAY_TASK_ID"] as const;

/** The shard that is meant, or what is missing. */
export const shardOf = ({ index, count }: ShardWord, environment: Environment): Shard | string => {
  if (index !== "auto") return { index, count };
  const name = indexNames.find((it) => (environment[it] ?? "") !== "");
  if (name === undefined) {
    return `--shard auto/${count} needs ${indexNames.join(" or ")} in the environment`;
  }
  const text = environment[name] ?? "";
  const base = environment["SLURM_ARRAY_TASK_MIN"] ?? "0";
  const offset = name === "SLURM_ARRAY_TASK_ID" && /^[0-9]+$/.test(base) ? Number(base) : 0;
  const position = /^[0-9]+$/.test(text) ? Number(text) - offset : -1;
  return position >= 0 && position < count
    ? { index: position + 1, count }
    : `--shard auto/${count}: ${name} is ${text}, which is none of ${count} shards`;
};
