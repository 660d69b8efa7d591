// A run in parts: one shard of its searches, written; all shards, joined to what one run would have found.

import { resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import { type Elsewhere, prove } from "../pipeline.ts";
import type { Diagnostic } from "../source/index.ts";
import { isUndone, type PlannedEntry, planOutcomes, proveShell, type Run } from "./check-run.ts";
import {
  checkPlan,
  type CheckRequest,
  partOf,
  recaller,
  recorder,
  requestOf,
  searchIds,
  type ShardedPlan,
} from "./check-shards.ts";
import type { CheckOptions } from "./command-line.ts";
import { digestOf, type Prepared } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { complete, makerOf, owns, type Shard, type Shards, writeShard } from "./shard.ts";
import { shardsDoNotFit } from "./shard-diagnostics.ts";
import type { Shell } from "./shell.ts";

/** All shards of a run, and where they were found. */
export interface Merged {
  readonly shards: Shards;
  readonly folder: string;
}

const plansOf = (entries: readonly PlannedEntry[]): readonly ShardedPlan[] =>
  entries.map(({ entry, plan }) => ({ plan, digest: digestOf(entry) }));

/** Makes one part of the searches and writes what they found, whatever that is: the merge tells it. */
export const provePart = async (
  entries: readonly PlannedEntry[],
  prepared: Prepared,
  run: Run,
  shard: Shard,
): Promise<readonly Outcome[]> => {
  const { terminal, options, shell } = run;
  const mistakes = [
    ...prepared.unreadable.map((it) => it.outcome),
    ...entries.flatMap(planOutcomes),
  ];
  if (mistakes.length > 0) return mistakes;
  const plans = plansOf(entries);
  const ids = searchIds(plans);
  const { elsewhere, items } = recorder(ids);
  let signal: Awaited<ReturnType<Shell["pause"]>>;
  for (const { plan } of plans) {
    const part = proveShell(plan.file, { ...run, elsewhere }, () => undefined);
    const result = await prove(partOf(plan, shard, ids), part);
    if (isUndone(result)) signal ??= await shell.pause();
  }
  const request = requestOf(options);
  const plan = checkPlan(plans, request);
  const found = items();
  const { index, count } = shard;
  const own = [...ids.values()].filter((_, at) => owns(shard, at)).length;
  const isCut = found.length < own;
  const cut = isCut ? ({ cut: true } as const) : {};
  // No merge takes a part that is not whole, so its run must not look as if it were.
  const ended: Outcome | undefined = signal ?? (isCut ? "incomplete" : undefined);
  const written = writeShard(
    resolve(shell.folder, options.out ?? "."),
    {
      of: "check",
      shard: [index, count],
      plan,
      tool: makerOf(shell),
      request,
      ...cut,
      items: found,
    },
    terminal,
  );
  const made = `shard ${index} of ${count}: ${found.length} of ${ids.size} searches made\n`;
  terminal.result(made);
  return [...written, ...(ended === undefined ? [] : [ended])];
};

/** What a merge tells instead of searching. */
interface Joined {
  readonly elsewhere: Elsewhere;
  /** What was told of a search that its model does not do, when all is told. */
  readonly damaged: () => Diagnostic | undefined;
}

/** The searches of all shards, if they are those of these files. */
export const joined = (
  entries: readonly PlannedEntry[],
  options: CheckOptions,
  { shards, folder }: Merged,
): E.Either<Diagnostic, Joined> => {
  const span = { file: folder, start: 0, end: 0 };
  const plans = plansOf(entries);
  const ids = searchIds(plans);
  const { isCounting } = shards.request as CheckRequest;
  if (!isCounting && options.coverage !== undefined) {
    const why = "they were made without --coverage, so that nothing was counted";
    return E.left(shardsDoNotFit(span, { why }));
  }
  if (shards.plan !== checkPlan(plans, { ...requestOf(options), isCounting })) {
    const why = "the files have changed since, or are others";
    return E.left(shardsDoNotFit(span, { why }));
  }
  const misfit = complete(shards, [...ids.values()], folder);
  if (misfit !== undefined) return E.left(misfit);
  const { elsewhere, damaged } = recaller(ids, shards);
  return E.right({
    elsewhere,
    damaged: () => {
      const [first] = damaged();
      if (first === undefined) return undefined;
      const why = `item \`${first}\` tells of what its model does not do`;
      return shardsDoNotFit(span, { why });
    },
  });
};
