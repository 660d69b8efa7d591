// Walks through the model of a check and compares what they met with what it expects: planned check -> result.

import { compile, compileToWebAssembly } from "../compile/index.ts";
import type { Core } from "../core/index.ts";
import {
  type Walked,
  walkRandomly,
  type WalkOptions,
  type WalkProgress,
} from "../explore/index.ts";
import { interpret } from "../interpret/index.ts";
import type { Machine } from "../machine/index.ts";
import type { Span } from "../source/index.ts";
import type { ProveShell } from "./answer.ts";
import { boundsFound } from "./bounds.ts";
import { assumptionFalse } from "./findings.ts";
import { interpreted, onlyWalked } from "./incomplete.ts";
import { judge, type Judgement } from "./judge.ts";
import type { PlannedCheck } from "./plan.ts";
import { aboutOf, built, isMistaken, valuesText } from "./prove.ts";
import type { CheckResult } from "./result.ts";
import type { Means } from "./search.ts";

/** What walking needs of its surroundings. */
export interface WalkShell extends Pick<Means, "engine">, Pick<ProveShell, "now" | "warn"> {
  readonly breathe: (title: string, progress: WalkProgress) => Promise<"go-on" | "stop">;
}

export interface SimulatedCheck {
  /** As of a search that was cut; its exploration counts visits and steps of walks. */
  readonly result: CheckResult;
  /** Absent where nothing could be walked. */
  readonly walked?: Walked;
  /** Names of selected properties that walks cannot judge. */
  readonly unjudged: readonly string[];
}

const machineOf = (core: Core, engine: Means["engine"]): Machine | undefined => {
  if (engine === "interpreter") return interpret(core);
  return engine === "webassembly" ? compileToWebAssembly(core) : compile(core);
};

/** Walks have no levels of which one could be the last whole one: they are counted. */
const toldOfWalks = (judgement: Judgement, span: Span, walks: number): Judgement => ({
  ...judgement,
  concerns: judgement.concerns.map((it) =>
    it.kind === "interrupted"
      ? { ...it, diagnostic: onlyWalked(span, { interruptedAfter: walks }) }
      : it,
  ),
});

/**
 * Takes walks through the model of a check. What is expected to be violated, and is met, is as
 * expected; pinned figures are those of a search, and are not compared.
 */
export const simulate = async (
  check: PlannedCheck,
  how: Pick<WalkOptions, "seed" | "walks" | "depth" | "seconds">,
  shell: WalkShell,
): Promise<SimulatedCheck> => {
  const { title, span, parameters, model, isSelected } = check;
  const claim = { ...check.claim, figures: [] };
  const about = aboutOf({ ...check, claim });
  if (model.kind === "assumption") {
    const facts = { why: model.why, values: valuesText(parameters) };
    const diagnostic = assumptionFalse(model.span, facts);
    return { result: { ...about, concerns: [{ kind: "assumption", diagnostic }] }, unjudged: [] };
  }
  const core = built(model, shell);
  if (isMistaken(core)) return { result: { ...about, concerns: core }, unjudged: [] };
  let machine = machineOf(core, shell.engine);
  if (machine === undefined) {
    shell.warn(interpreted(span, { title }));
    machine = interpret(core);
  }
  const walked = await walkRandomly(machine, core, {
    ...how,
    selected: (property) => isSelected(core.properties[property]?.name ?? ""),
    deadlock: isSelected("deadlock"),
    now: shell.now,
    breathe: (progress) => shell.breathe(title, progress),
  });
  const { exploration } = walked;
  const judgement = toldOfWalks(judge(core, exploration, claim, span), span, walked.walks);
  const recoverable = core.properties.flatMap(({ kind, name }) =>
    kind === "recoverable" && isSelected(name) ? [name] : [],
  );
  return {
    result: {
      ...about,
      search: {
        core,
        exploration,
        judgement,
        bounds: boundsFound(core, exploration),
        reductions: [],
      },
      concerns: judgement.concerns,
    },
    walked,
    unjudged: [...new Set(recoverable)],
  };
};
