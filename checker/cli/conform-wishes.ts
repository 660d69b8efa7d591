// What `check conform` asks of a stack: the configurations of a model -> goals, each with the scenario that leads there.

import * as E from "fp-ts/lib/Either.js";
import {
  type CaseResult,
  coverageOf,
  type Modules,
  optionValue,
  type Scenario,
  scenarioOf,
  tcpBinding,
  unknownHost,
} from "../pipeline.ts";
import type { ConformLine } from "./conform-line.ts";
import { type Configuration, refuse, type Refused } from "./conform-models.ts";
import type { Shell } from "./shell.ts";
import type { Terminal } from "./terminal.ts";

/** What is to be played, and for which goal. */
export interface Asked {
  readonly name: string;
  readonly under: CaseResult["under"];
  readonly scenario: Scenario;
}

export interface Wishes {
  readonly asked: readonly Asked[];
  readonly cases: readonly string[];
  readonly host: string;
  /** There is more of the models than was looked at. */
  readonly isCut: boolean;
}

/** Kernel switches and what the application does, in short names: what the goals of a configuration are under. */
const switchesOf = (
  { binding, host, switches }: Scenario,
  about: Configuration["about"],
): Readonly<Record<string, string>> =>
  Object.fromEntries([
    ...Object.entries(switches).map(([key, value]) => [key.replace(/^net\.ipv4\./, ""), value]),
    ...binding.options.map(({ key }) => [key, optionValue(binding, about, key, host) ?? ""]),
  ]);

/** The goals of all configurations; it gives the title of each before that is looked at. */
export function* wishing(
  configurations: readonly Configuration[],
  modules: Modules,
  { as }: ConformLine,
): Generator<string, E.Either<Refused, Wishes>> {
  const asked: Asked[] = [];
  const cases = new Set<string>();
  let isCut = false;
  let name = as ?? "";
  for (const { title, about, model } of configurations) {
    if (model.kind !== "core") continue;
    yield title;
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
}

/** Between two configurations, signals are heard. */
export const wishesOf = async (
  { pause }: Shell,
  { progress }: Terminal,
  configurations: readonly Configuration[],
  wishes: ReturnType<typeof wishing>,
): Promise<E.Either<Refused, Wishes>> => {
  let count = 0;
  for (;;) {
    const { done, value } = wishes.next();
    if (done === true) return value;
    count += 1;
    const at = `configuration ${count} of ${configurations.length}: ${value}`;
    progress((columns) => at.slice(0, columns));
    const signal = await pause();
    if (signal !== undefined) return E.left({ outcome: signal, diagnostics: [] });
  }
};

/**
 * What is done to a stack, under which switches, and expected of it: goals that agree in that are one scenario. What
 * makes no difference to the model may make one to a stack, so no switch is left out.
 */
const keyOf = ({ name, scenario: { switches, lead, steps, end } }: Asked): string =>
  JSON.stringify([
    name,
    switches,
    [...lead, ...steps].map(({ move, sent, state, timer, refusal }) => [
      move,
      sent,
      state,
      timer,
      refusal,
    ]),
    end,
  ]);

/** Of several goals that are one scenario, the first. */
export const distinct = (all: readonly Asked[]): readonly Asked[] =>
  [...new Map(all.toReversed().map((it) => [keyOf(it), it])).values()].toReversed();
