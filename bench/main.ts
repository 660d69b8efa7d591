// Measures the checker against SPIN and rumur, interleaved: npm run bench [-- --quick], from the root.
// Exit code: 0 whether targets are met or not, 16 where counts differ, 64 for a wrong command line or results of another
// machine.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import type { Group } from "./contestant.ts";
import { withMeasured } from "./documents.ts";
import { allGroups } from "./groups.ts";
import { machine } from "./machine.ts";
import { memoryBound } from "./memory-bound.ts";
import { type Options, parseOptions, usage } from "./options.ts";
import { report } from "./report.ts";
import { isSameKind, merged, type Results } from "./results.ts";
import { measure } from "./schedule.ts";

const performanceDocument = "docs/performance.md";

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const isWanted =
  ({ quick, groups }: Options) =>
  (it: Group): boolean =>
    (!quick || it.isQuick) &&
    (groups.length === 0 ||
      groups.some((word) => word === it.family || it.id === word || it.id.includes(` ${word}`)));

const narrowed =
  ({ only }: Options) =>
  (it: Group): Group => ({
    ...it,
    contestants: it.contestants.filter(
      ({ name }) => only.length === 0 || only.some((word) => name.includes(word)),
    ),
  });

/** `keep` is called whenever there is more to keep. */
const measured = async (options: Options, keep: (results: Results) => void): Promise<Results> => {
  const workshop = mkdtempSync(join(tmpdir(), "bench-"));
  process.on("exit", () => rmSync(workshop, { recursive: true, force: true }));
  const counted = new Map<string, number>();
  // Before anybody has counted, tables are made for some millions of states.
  const statesOf = (group: string): number => counted.get(group) ?? 4_000_000;
  const groups = allGroups(workshop, statesOf)
    .filter(isWanted(options))
    .map(narrowed(options))
    .filter((it) => it.contestants.length > 0);
  const frame = {
    format: 1,
    machine: machine(),
    memoryBound: memoryBound(2 ** 28, options.quick ? 2 : 8, 4_000_000),
    groups: groups.map(({ id, title }) => ({ id, title })),
  } as const;
  const rows = await measure({
    groups,
    rounds: options.rounds,
    limitSeconds: options.limitSeconds,
    say,
    counted: (group, { states }) => counted.set(group, states),
    progress: (soFar) => keep({ ...frame, rows: soFar }),
  });
  return { ...frame, rows };
};

/** Written by this program, so its form is not looked at again. */
const earlier = (path: string): E.Either<string, Results> =>
  E.tryCatch(
    () => JSON.parse(readFileSync(path, "utf8")) as Results,
    () => `${path}: there are no results of an earlier run`,
  );

/** A run takes long: what is measured is written after every group. */
const results = async (options: Options, before: Results | undefined): Promise<Results> => {
  const { json, show } = options;
  const whole = (now: Results): Results => (before === undefined ? now : merged(before, now));
  const write = (now: Results): void => {
    if (json !== undefined) writeFileSync(json, `${JSON.stringify(whole(now), undefined, 1)}\n`);
  };
  if (before !== undefined && show) return before;
  const now = await measured(options, write);
  return whole(now);
};

const updateDocument = (found: Results): void => {
  const updated = withMeasured(readFileSync(performanceDocument, "utf8"), report(found, "###"));
  if (E.isLeft(updated)) throw new Error(`${performanceDocument}: ${updated.left}`);
  writeFileSync(performanceDocument, updated.right);
};

const main = async (): Promise<number> => {
  const options = parseOptions(process.argv.slice(2));
  if (E.isLeft(options)) {
    process.stderr.write(`${options.left}\n\n${usage}`);
    return 64;
  }
  const { from } = options.right;
  const before = from === undefined ? E.right(undefined) : earlier(from);
  if (E.isLeft(before)) {
    process.stderr.write(`${before.left}\n`);
    return 66;
  }
  const here = machine();
  if (
    before.right !== undefined &&
    !options.right.show &&
    !isSameKind(before.right.machine, here)
  ) {
    const there = before.right.machine.processor;
    process.stderr.write(
      `${from}: measured on another machine (${there}); this is ${here.processor}: measure everything here, or look at the file with --show\n`,
    );
    return 64;
  }
  const found = await results(options.right, before.right);
  if (options.right.updateDocs) updateDocument(found);
  process.stdout.write(`${report(found, "##")}\n`);
  return found.rows.some((it) => it.isEqual === false) ? 16 : 0;
};

// Who reads no further, as `head` does, has what was wanted.
process.stdout.on("error", () => process.exit(74));

process.exitCode = await main();
