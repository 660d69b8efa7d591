// Scenarios on stacks that are started for them: all runs of each, some at a time, until they end or a signal comes.

import * as E from "fp-ts/lib/Either.js";
import { expectationsOf, judge, type Judged, type Scenario } from "../pipeline.ts";
import { kernelLaunch, missingForLinux, namespaceHere } from "./kernel-launch.ts";
import type { ReplayTarget } from "./replay-line.ts";
import { type Playing, playOnce, type Run } from "./replay-player.ts";
import type { Shell } from "./shell.ts";
import { launch, type Launch } from "./stack-process.ts";

/** So many runs of a scenario must agree. */
export const runs = 3;

export type Signal = Awaited<ReturnType<Shell["pause"]>>;

export interface Stacks {
  readonly launch: Launch;
  readonly playing: Omit<Playing, "isStopped">;
}

/** How stacks are started; left: what is missing, each with what brings it. */
export const stacksFor = (
  shell: Shell,
  on: Exclude<ReplayTarget, { readonly kind: "model" }>,
  isPatient: boolean,
): E.Either<readonly string[], Stacks> => {
  const { folder, environment } = shell;
  if (on.kind === "external") {
    const words = ["-c", on.command];
    const how: Launch = { command: "sh", words, folder, environment, overUdp: true };
    return E.right({ launch: how, playing: { isPatient } });
  }
  const missing = missingForLinux(environment["PATH"] ?? "");
  return missing.length > 0
    ? E.left(missing)
    : E.right({
        launch: kernelLaunch(shell),
        playing: { isPatient, outside: namespaceHere() },
      });
};

/** A stack that never started says nothing about anything: why it did not. */
export const brokenStack = (played: readonly Run[]): string | undefined =>
  played.every((it) => it.failure?.kind === "not started") ? played[0]?.failure?.why : undefined;

/** Compares runs with what is expected. A run that did not come to the beginning failed in the first step. */
export const judgedRuns = (scenario: Scenario, played: readonly Run[]): Judged => {
  const expectations = expectationsOf(scenario);
  const first = expectations.find((it) => it.isReplayed)?.number ?? 0;
  const seen = played.map(({ seen: steps, failure }) =>
    failure === undefined ? steps : new Map([[first, { sent: [], failure: failure.why }]]),
  );
  return judge(expectations, seen);
};

/**
 * Plays each scenario `runs` times, each run with a stack of its own. After a signal the runs end by
 * themselves, unless a stack does not answer any more: then what is there so far is the answer.
 */
export const playScenarios = async (
  shell: Shell,
  scenarios: readonly Scenario[],
  { launch: how, playing }: Stacks,
  {
    jobs,
    onPlayed = () => undefined,
  }: { readonly jobs: number; readonly onPlayed?: (count: number) => void },
): Promise<{ readonly played: readonly (readonly Run[])[]; readonly signal: Signal }> => {
  let signal: Signal;
  let isOver = false;
  const watch = async (): Promise<void> => {
    while (!isOver && signal === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      signal = await shell.pause();
    }
  };
  const isStopped = (): boolean => signal !== undefined;
  const played: Run[][] = scenarios.map(() => []);
  const tasks = scenarios.flatMap((scenario, at) =>
    Array.from({ length: runs }, () => ({ scenario, at })),
  );
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let task = tasks[next]; task !== undefined && !isStopped(); task = tasks[next]) {
      next += 1;
      const run = await playOnce(task.scenario, await launch(how), { ...playing, isStopped });
      played[task.at]?.push(run);
      done += 1;
      onPlayed(done);
    }
  };
  const all = Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, work));
  const stopped = watch().then(
    () => new Promise<undefined>((end) => setTimeout(end, 1000, undefined)),
  );
  await Promise.race([all, stopped]);
  isOver = true;
  return { played, signal };
};
