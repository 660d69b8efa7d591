// Searches of a run as items of shards: plan -> ids and their digest; what was found -> memory of a run.

import { createHash } from "node:crypto";
import {
  type Asked,
  assignmentsText,
  type Elsewhere,
  finishedText,
  type Plan,
  recalled,
  type ReductionName,
} from "../pipeline.ts";
import type { CheckOptions } from "./command-line.ts";
import { owns, type Shard, type ShardItem, type Shards } from "./shard.ts";

/** What decides which searches there are and what they find; a merge asks for the same. */
export interface CheckRequest {
  readonly inputs: readonly string[];
  readonly check?: readonly string[];
  readonly only: readonly string[];
  readonly set: readonly string[];
  readonly sweepsAlone: boolean;
  readonly minimal: CheckOptions["minimal"];
  readonly maxStates?: number;
  readonly reductions?: readonly ReductionName[];
  /** Do searches count how often everything is taken? */
  readonly isCounting: boolean;
}

export const requestOf = (options: CheckOptions): CheckRequest => {
  const { inputs, check, only, set, sweeps, minimal, maxStates, reductions, coverage } = options;
  return {
    inputs,
    ...(check === undefined ? {} : { check }),
    only,
    set,
    sweepsAlone: sweeps !== undefined,
    minimal,
    isCounting: coverage !== undefined,
    ...(maxStates === undefined ? {} : { maxStates }),
    ...(reductions === undefined ? {} : { reductions }),
  };
};

/** A file of a run, with the digest of its text. */
export interface ShardedPlan {
  readonly plan: Plan;
  readonly digest: string | undefined;
}

const searchesOf = ({ file, obligations }: Plan): readonly (readonly [string, Asked])[] =>
  obligations.flatMap((it): readonly (readonly [string, Asked])[] =>
    it.kind === "check"
      ? [[`${file}: ${it.title}`, it]]
      : it.points.map((point) => {
          return [`${file}: ${it.title}, ${assignmentsText(point.values)}`, point] as const;
        }),
  );

/** The names of all searches, in order; of two alike the second says so. */
export const searchIds = (plans: readonly ShardedPlan[]): ReadonlyMap<Asked, string> => {
  const times = new Map<string, number>();
  return new Map(
    plans
      .flatMap(({ plan }) => searchesOf(plan))
      .filter(([, it]) => it.model.kind === "core")
      .map(([name, it]) => {
        const time = (times.get(name) ?? 0) + 1;
        times.set(name, time);
        return [it, time === 1 ? name : `${name} (${time})`] as const;
      }),
  );
};

/** Names everything on which results depend. */
export const checkPlan = (plans: readonly ShardedPlan[], request: CheckRequest): string => {
  const files = plans.map(({ plan: { file }, digest }) => [file, digest]);
  const whole = JSON.stringify([files, request, [...searchIds(plans).values()]]);
  return `sha256:${createHash("sha256").update(whole).digest("hex")}`;
};

/** The part of a plan whose searches a shard makes. */
export const partOf = (plan: Plan, shard: Shard, ids: ReadonlyMap<Asked, string>): Plan => {
  const order = new Map([...ids.keys()].map((it, at) => [it, at]));
  const isOurs = (it: Asked): boolean => {
    const at = order.get(it);
    return at !== undefined && owns(shard, at);
  };
  return {
    ...plan,
    isWhole: false,
    obligations: plan.obligations.flatMap((it): Plan["obligations"] => {
      if (it.kind === "check") return isOurs(it) ? [it] : [];
      const points = it.points.filter(isOurs);
      return points.length === 0 ? [] : [{ ...it, points }];
    }),
  };
};

/** Keeps what is found, by id. */
export const recorder = (ids: ReadonlyMap<Asked, string>) => {
  const items = new Map<string, unknown>();
  const elsewhere: Elsewhere = {
    recall: () => undefined,
    record: (of, found) => {
      const id = ids.get(of);
      if (id === undefined) throw new Error("impossible: a search without a name");
      // It must be made again.
      if (found.exploration.stopped === "interrupted") return;
      items.set(id, JSON.parse(finishedText(found)));
    },
  };
  return {
    elsewhere,
    items: (): readonly ShardItem[] =>
      [...ids.values()].flatMap((id) => (items.has(id) ? [{ id, result: items.get(id) }] : [])),
  };
};

/** Tells what shards found; what is not of this model is named. */
export const recaller = (ids: ReadonlyMap<Asked, string>, { results }: Shards) => {
  const damaged: string[] = [];
  const elsewhere: Elsewhere = {
    recall: (of, core) => {
      const id = ids.get(of) ?? "";
      const found = recalled(JSON.stringify(results.get(id) ?? null), core);
      if (found === undefined) damaged.push(id);
      return found;
    },
    record: () => undefined,
  };
  return { elsewhere, damaged: (): readonly string[] => damaged };
};
