// `check conform FILE --on WHAT`: a model -> the shortest traces into its cases, played on a TCP; what was covered, where they part.

import * as E from "fp-ts/lib/Either.js";
import type * as TE from "fp-ts/lib/TaskEither.js";
import {
  type CaseResult,
  type Conformance,
  conformText,
  conformVerdict,
  coverageOf,
  type Modules,
  optionValue,
  plan,
  type Plan,
  type PlannedCheck,
  type Provenance,
  renderDiagnostics,
  type Scenario,
  scenarioOf,
  tcpBinding,
  unknownHost,
} from "../pipeline.ts";
import { type Diagnostic, isError } from "../source/index.ts";
import type { ConformLine } from "./conform-line.ts";
import { prepare } from "./entries.ts";
import type { Outcome } from "./exit-codes.ts";
import { quietOptions } from "./planned-model.ts";
import type { Run } from "./replay-player.ts";
import type { Shell } from "./shell.ts";
import { library } from "./sources.ts";
import {
  brokenStack,
  judgedRuns,
  playScenarios,
  runs,
  type Stacks,
  stacksFor,
} from "./stack-runs.ts";
import type { Terminal } from "./terminal.ts";

type Outcomes = readonly Outcome[];

interface Refused {
  readonly outcome: Outcome;
  readonly diagnostics: readonly Diagnostic[];
  readonly text?: string;
}

/** What is to be played, and for which goal. */
interface Asked {
  readonly name: string;
  readonly under: CaseResult["under"];
  readonly scenario: Scenario;
}

interface Wishes {
  readonly asked: readonly Asked[];
  readonly cases: readonly string[];
  readonly host: string;
  /** There is more of the models than was looked at. */
  readonly isCut: boolean;
}

const refuse = (
  outcome: Outcome,
  ...diagnostics: readonly Diagnostic[]
): E.Either<Refused, never> => E.left({ outcome, diagnostics });

interface Configuration {
  readonly about: Pick<Provenance, "parameters">;
  readonly model: PlannedCheck["model"];
}

const configurationsOf = ({ obligations }: Plan): readonly Configuration[] =>
  obligations.flatMap((it): readonly Configuration[] =>
    it.kind === "check"
      ? [{ about: { parameters: it.parameters }, model: it.model }]
      : it.points.map(({ parameters, model }) => ({ about: { parameters: parameters() }, model })),
  );

/** Kernel switches and what the application does, in short names: what the goals of a configuration are under. */
const switchesOf = (
  { binding, host, switches }: Scenario,
  about: Configuration["about"],
): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...Object.entries(switches).map(([key, value]) => [key.replace(/^net\.ipv4\./, ""), value]),
    ...binding.options.map(({ key }) => [key, optionValue(binding, about, key, host) ?? ""]),
  ]);

/** Of all goals, those under no switch that another has in the same way. */
const wishesOf = (
  configurations: readonly Configuration[],
  modules: Modules,
  { as }: ConformLine,
): E.Either<Refused, Wishes> => {
  const asked: Asked[] = [];
  const cases = new Set<string>();
  let isCut = false;
  let name = as ?? "";
  for (const { about, model } of configurations) {
    if (model.kind !== "core") continue;
    const { value: core, diagnostics } = model.build();
    if (core === undefined) return refuse("specification", ...diagnostics);
    const bound = tcpBinding(core, modules);
    if (E.isLeft(bound)) return refuse("specification", ...bound.left);
    const known = bound.right.hosts.map((it) => it.name);
    const host = as === undefined ? 0 : known.indexOf(as);
    if (host < 0) {
      const span = { file: modules.entry.file, start: 0, end: 0 };
      return refuse("usage", unknownHost(span, { name: as ?? "", known }));
    }
    name = known[host] ?? "";
    const coverage = coverageOf(core, bound.right, host);
    for (const it of coverage.cases) cases.add(it);
    isCut ||= coverage.isCut;
    for (const { name: goal, trace } of coverage.goals) {
      const subject = { core, modules, about, trace };
      const made = scenarioOf(subject, { as: name, sysctl: [] });
      if (E.isLeft(made)) {
        return made.left.kind === "diagnostics"
          ? refuse("specification", ...made.left.diagnostics)
          : E.left({ outcome: "specification", diagnostics: [], text: made.left.why });
      }
      const scenario = made.right;
      asked.push({ name: goal, under: switchesOf(scenario, about), scenario });
    }
  }
  return E.right({ asked, cases: [...cases], host: name, isCut });
};

/** No switch has a say in what time does, nor in what happens when nothing is left of a connection. */
const asksNoSwitch = (name: string): boolean =>
  name.startsWith("expire ") || name.endsWith(" in CLOSED");

/** What is done to a stack, and expected of it: goals that agree in that are one scenario. */
const keyOf = ({ name, scenario: { switches, lead, steps, end } }: Asked): string =>
  JSON.stringify([
    name,
    asksNoSwitch(name) ? [] : switches,
    [...lead, ...steps].map(({ move, sent, state, timer, refusal }) => [
      move,
      sent,
      state,
      timer,
      refusal,
    ]),
    end,
  ]);

const resultOf = ({ name, under, scenario }: Asked, played: readonly Run[]): CaseResult => {
  const { end } = scenario;
  return end === undefined
    ? { name, under, judged: judgedRuns(scenario, played) }
    : { name, under, judged: { steps: [], verdict: "equal" }, end: end.why };
};

/** On a busy machine runs may be late: what is not equal is played again, when nothing else runs. */
const againIfNeeded = async (
  shell: Shell,
  asked: readonly Asked[],
  results: readonly CaseResult[],
  stacks: Stacks,
): Promise<{ readonly results: readonly CaseResult[]; readonly again: number }> => {
  const late = results.flatMap((it, at) => (it.judged.verdict === "unstable" ? [at] : []));
  if (late.length === 0) return { results, again: 0 };
  const scenarios = late.flatMap((at) => asked[at]?.scenario ?? []);
  const { played } = await playScenarios(shell, scenarios, stacks, { jobs: runs });
  const second = new Map(late.map((at, position) => [at, played[position] ?? []]));
  return {
    again: late.length,
    results: results.map((it, at) => {
      const [wish, found] = [asked[at], second.get(at)];
      return wish === undefined || found === undefined ? it : resultOf(wish, found);
    }),
  };
};

const planned = (
  shell: Shell,
  { file, check }: ConformLine,
  texts: ReturnType<typeof library>,
): E.Either<Refused, { readonly plan: Plan; readonly modules: Modules }> => {
  const prepared = prepare(quietOptions(file, [], check), shell.folder, texts);
  if (E.isLeft(prepared)) return prepared;
  const { entries, unreadable, request } = prepared.right;
  const [entry] = entries;
  if (entry === undefined) {
    return refuse(
      unreadable[0]?.outcome ?? "missing-input",
      ...unreadable.map((it) => it.diagnostic),
    );
  }
  const { value, diagnostics } = plan(entry.loaded, request);
  const errors = diagnostics.filter(isError);
  return errors.length > 0
    ? refuse("specification", ...errors)
    : E.right({ plan: value, modules: entry.loaded.value });
};

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
  const found = planned(shell, line, texts);
  if (E.isLeft(found)) return refused(found.left);
  const stacks = stacksFor(shell, line.on, false);
  if (E.isLeft(stacks)) {
    for (const it of stacks.left)
      terminal.remark(`check: conform on ${line.on.kind} needs ${it}\n`);
    return ["unavailable"];
  }
  const wished = wishesOf(configurationsOf(found.right.plan), found.right.modules, line);
  if (E.isLeft(wished)) return refused(wished.left);
  const { asked: all, cases, host, isCut } = wished.right;
  const asked = [...new Map(all.toReversed().map((it) => [keyOf(it), it])).values()].toReversed();
  if (asked.length === 0) {
    terminal.remark(`check: ${line.file} has no case of TIME_WAIT or FIN_WAIT_2 to play\n`);
    return ["incomplete"];
  }
  const { jobs = 4 * shell.cores } = line;
  const playable = asked.map((it) => it.scenario).filter((it) => it.end === undefined);
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
  const { results, again } = await againIfNeeded(shell, asked, first, stacks.right);
  const late = await shell.pause();
  if (late !== undefined) return [late];
  const stack = played.flat().find((it) => it.name !== undefined)?.name;
  const conformance: Conformance = {
    file: line.file,
    on: `${stack ?? (line.on.kind === "external" ? line.on.command : "linux")}, which is ${host}`,
    cases,
    isCut,
    results,
    scenarios: playable.length,
    runs,
    seconds: (shell.now() - begin) / 1000,
    alike: all.length - asked.length,
    remarks: [
      ...new Set(played.flat().flatMap((it) => it.remarks)),
      ...(again === 0 ? [] : [`${again} of them were unstable at first, and were played again`]),
    ],
  };
  terminal.result(conformText(conformance));
  const verdict = conformVerdict(conformance);
  return verdict === "equal" ? [] : [verdict];
};

export const runConform =
  (shell: Shell, terminal: Terminal, line: ConformLine): TE.TaskEither<never, Outcomes> =>
  async () =>
    E.right(await conformed(shell, terminal, line));
