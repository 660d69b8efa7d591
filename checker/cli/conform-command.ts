// `check conform FILE --on WHAT`: a model -> the shortest traces into its cases, played on a TCP; what was covered, where they part.

import * as E from "fp-ts/lib/Either.js";
import type * as TE from "fp-ts/lib/TaskEither.js";
import { type Conformance, conformText, conformVerdict, renderDiagnostics } from "../pipeline.ts";
import type { ConformLine } from "./conform-line.ts";
import {
  asksNothing,
  type Configuration,
  configurationsOf,
  plannedModels,
  type Refused,
} from "./conform-models.ts";
import { againIfNeeded, moreOften } from "./conform-again.ts";
import { resultOf } from "./conform-result.ts";
import { distinct, wishesOf, wishing } from "./conform-wishes.ts";
import type { Outcome } from "./exit-codes.ts";
import type { Shell } from "./shell.ts";
import { library } from "./sources.ts";
import { brokenStack, playScenarios, runs, stacksFor } from "./stack-runs.ts";
import type { Terminal } from "./terminal.ts";

type Outcomes = readonly Outcome[];

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? "" : "s"}`;

/** A minute is fixed in the kernel, and nobody waits for it here. */
const endedByKernel =
  "small sockets removed with `ss --kill`, which says nothing of the kernel's timer";

const skippedTexts = (configurations: readonly Configuration[]): readonly string[] =>
  configurations.flatMap(({ title, model }) =>
    model.kind === "core" ? [] : [`${title}: the assumption "${model.why}" is false`],
  );

const conformed = async (
  shell: Shell,
  terminal: Terminal,
  line: ConformLine,
): Promise<Outcomes> => {
  const begin = shell.now();
  const texts = library(shell);
  const refused = ({ outcome, diagnostics, text }: Refused): Outcomes => {
    terminal.remark(renderDiagnostics(diagnostics, texts.texts, terminal.remarkLook));
    if (text !== undefined) terminal.remark(`check: ${text}\n`);
    return [outcome];
  };
  const found = plannedModels(line, shell.folder, texts);
  if (E.isLeft(found)) return refused(found.left);
  const stacks = stacksFor(shell, line.on, false);
  if (E.isLeft(stacks)) {
    for (const it of stacks.left)
      terminal.remark(`check: conform on ${line.on.kind} needs ${it}\n`);
    return ["unavailable"];
  }
  const { plan, modules } = found.right;
  const configurations = configurationsOf(plan);
  if (!line.quiet) {
    terminal.remark(
      `check: looking for the shortest traces in ${counted(configurations.length, "configuration")} first; this may take minutes\n`,
    );
  }
  const wishes = wishing(configurations, modules, line);
  const wished = await wishesOf(shell, terminal, configurations, wishes);
  if (E.isLeft(wished)) return refused(wished.left);
  const { asked: all, cases, host, isCut } = wished.right;
  const skipped = skippedTexts(configurations);
  const assumed: Outcomes = asksNothing(plan) ? ["assumption"] : [];
  const asked = distinct(all);
  if (asked.length === 0) {
    for (const it of skipped) terminal.remark(`check: not asked: ${it}\n`);
    terminal.remark(`check: ${line.file} has no case of TIME_WAIT or FIN_WAIT_2 to play\n`);
    return ["incomplete", ...assumed];
  }
  const { jobs = 4 * shell.cores } = line;
  const playable = asked.map((it) => it.scenario).filter((it) => it.end === undefined);
  if (!line.quiet) {
    terminal.remark(`check: ${counted(playable.length, "scenario")}, ${runs} runs of each\n`);
  }
  const { played, signal } = await playScenarios(shell, playable, stacks.right, {
    jobs,
    onPlayed: (count) =>
      terminal.progress((columns) =>
        `${count} of ${playable.length * runs} runs`.slice(0, columns),
      ),
  });
  if (signal !== undefined) return [signal];
  const broken = brokenStack(played.flat());
  if (broken !== undefined) {
    terminal.remark(`check: the stack cannot be used: ${broken}\n`);
    return ["unavailable"];
  }
  const runsOf = new Map(playable.map((it, at) => [it, played[at] ?? []]));
  const first = asked.map((it) => resultOf(it, runsOf.get(it.scenario) ?? []));
  // One run at a time, with nothing beside it.
  const { results, again } = await againIfNeeded(asked, first, async (scenarios) => {
    const alone = await playScenarios(shell, scenarios, stacks.right, { jobs: 1 });
    return alone.played;
  });
  const late = await shell.pause();
  if (late !== undefined) return [late];
  const stack = played.flat().find((it) => it.name !== undefined)?.name;
  const conformance: Conformance = {
    file: line.file,
    on: `${stack ?? (line.on.kind === "external" ? line.on.command : "linux")}, which is ${host}`,
    cases,
    isCut,
    skipped,
    results,
    scenarios: playable.length,
    runs,
    seconds: (shell.now() - begin) / 1000,
    alike: all.length - asked.length,
    ...(line.on.kind === "linux" ? { endedBy: endedByKernel } : {}),
    remarks: [
      ...new Set(played.flat().flatMap((it) => it.remarks)),
      ...(again === 0
        ? []
        : [
            `${again} of them were unstable at first, and were played ${moreOften * runs} times more`,
          ]),
    ],
  };
  terminal.result(conformText(conformance));
  const verdict = conformVerdict(conformance);
  return verdict === "equal" ? assumed : [verdict, ...assumed];
};

export const runConform =
  (shell: Shell, terminal: Terminal, line: ConformLine): TE.TaskEither<never, Outcomes> =>
  async () =>
    E.right(await conformed(shell, terminal, line));
