// `check merge DIR`: the files of all shards of a run -> the report of the whole run.

import * as E from "fp-ts/lib/Either.js";
import * as TE from "fp-ts/lib/TaskEither.js";
import type { MutantOutcome } from "../mutate/index.ts";
import type { MutationFacts } from "../report/index.ts";
import type { Diagnostic } from "../source/index.ts";
import { checkCommand } from "./check-command.ts";
import type { CheckRequest } from "./check-shards.ts";
import { allWithFaults } from "./check-line.ts";
import { lockMisfit } from "./keeping-line.ts";
import type { MergeLine } from "./merge-line.ts";
import type { Refusal } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import {
  idsOf,
  mutationPlan,
  type MutateRequest,
  openLine,
  reportMutation,
} from "./mutate-command.ts";
import type { MutateLine } from "./mutate-line.ts";
import { complete, makerOf, readShards, type Shards } from "./shard.ts";
import { shardsDoNotFit } from "./shard-diagnostics.ts";
import type { Shell } from "./shell.ts";
import type { Terminal } from "./terminal.ts";

type Effect = TE.TaskEither<Refusal, readonly Outcome[]>;

/** Options of the line that are for other shards than these, or do not go with what these were asked. */
const unfit = ({ given, options }: MergeLine, { of, request }: Shards): string | undefined => {
  if (of === "mutate") {
    const foreign = given.find((it) => !mutantWords.has(it));
    return foreign && `${foreign} is for shards of checks, and these are of mutants`;
  }
  if (given.includes("--min-score")) {
    return "--min-score is for shards of mutants, and these are of checks";
  }
  const { sweepsAlone, set, only, minimal, reductions } = request as CheckRequest;
  if (given.includes("--svg") && !sweepsAlone) {
    return "--svg is for shards of `check sweep`, and these are of checks too";
  }
  if (options.all > 1 && minimal === "faults") return allWithFaults;
  if (options.keeping?.lock === undefined) return undefined;
  const misfit = lockMisfit({ set, only, minimal, reduce: reductions ?? [] });
  return misfit && `the shards were asked for something else: ${misfit}`;
};

/** What the report of mutants knows. */
const mutantWords: ReadonlySet<string> = new Set(["--json", "--quiet", "--color", "--min-score"]);

const refuse = (diagnostic: Diagnostic): E.Either<Refusal, never> =>
  E.left({ outcome: "specification", diagnostics: [diagnostic], texts: new Map() });

const mergeChecks = (shards: Shards, line: MergeLine, shell: Shell, terminal: Terminal): Effect => {
  // The digest of the plan has this request in it.
  const { sweepsAlone, ...asked } = shards.request as CheckRequest;
  const { sweeps: _, ...look } = line.options;
  const sweeps = sweepsAlone ? { sweeps: line.options.sweeps ?? {} } : {};
  return checkCommand(
    shell,
    terminal,
    { ...look, ...asked, ...sweeps, keeping: { ...look.keeping, cache: false } },
    { shards, folder: line.folder },
  );
};

const mergeMutants = (
  shards: Shards,
  { folder, options, minScore }: MergeLine,
  shell: Shell,
  terminal: Terminal,
): E.Either<Refusal, readonly Outcome[]> => {
  const request = shards.request as MutateRequest;
  const { json, quiet, color } = options;
  const line: MutateLine = {
    kind: "mutate",
    ...request,
    minScore,
    out: ".",
    list: false,
    json,
    quiet,
    color,
  };
  const run = openLine(line, shell, terminal);
  if (E.isLeft(run)) return E.right(run.left);
  const { opened } = run.right;
  const span = { file: folder, start: 0, end: 0 };
  if (mutationPlan(opened, request) !== shards.plan) {
    return refuse(shardsDoNotFit(span, { why: "the files have changed since, or are others" }));
  }
  const ids = idsOf(opened);
  const misfit = complete(shards, ids, folder);
  if (misfit !== undefined) return refuse(misfit);
  const outcomes = new Map(ids.map((id, at) => [at, shards.results.get(id) as MutantOutcome]));
  return E.right(reportMutation(run.right, shards.facts as MutationFacts, outcomes));
};

export const mergeCommand = (shell: Shell, terminal: Terminal, line: MergeLine): Effect => {
  const found = readShards(shell.folder, line.folder, makerOf(shell));
  if (E.isLeft(found)) {
    const { outcome, diagnostic } = found.left;
    return TE.left({ outcome, diagnostics: [diagnostic], texts: new Map() });
  }
  const shards = found.right;
  const misfit = unfit(line, shards);
  if (misfit !== undefined) {
    terminal.remark(`check: ${misfit}\n`);
    return TE.right(["usage"]);
  }
  return shards.of === "check"
    ? mergeChecks(shards, line, shell, terminal)
    : TE.fromEither(mergeMutants(shards, line, shell, terminal));
};
