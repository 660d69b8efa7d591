// The search over the states of a model: machine, or program -> exploration.

import type { Core } from "../core/index.ts";
import { type Programs, tiersOf } from "../engine/index.ts";
import { formulasOf, type Machine } from "../machine/index.ts";
import { breadthFirst } from "./breadth-first.ts";
import { noFindings, restore } from "./findings.ts";
import type { ExploreOptions } from "./options.ts";
import { noSpace } from "./no-space.ts";
import { plainSpace } from "./plain-space.ts";
import { pulseOf } from "./pulse.ts";
import { recoveriesOf } from "./recovery.ts";
import type { Exploration, Limit } from "./result.ts";
import { figuresOf, type Search } from "./search.ts";
import { spentBudgets, stateSetOf } from "./state-set.ts";
import type { Traps } from "./trap.ts";
import { engineSpace } from "./engine-space.ts";
import { fewestFaults } from "./fewest-faults.ts";
import { lookAll } from "./look-all.ts";
import { findTraps } from "./trap.ts";
import { deadlockVerdict, modelErrors, type Outlook, verdictsOf } from "./verdicts.ts";
import { walkBack } from "./walk-back.ts";

/**
 * Explores every reachable state of a machine; the same machine and options give the same result.
 */
export const explore = (
  machine: Machine,
  core: Core,
  options: ExploreOptions,
): Promise<Exploration> => {
  const { formulas, eventWords, layout } = machine;
  const groups = recoveriesOf(formulas, core, options);
  const search: Search = {
    space: plainSpace(machine, groups, options.limits.memoryBytes),
    core,
    options,
    findings: noFindings(formulas, eventWords, core, options),
    groups,
    level: -1,
    levels: [],
    isLevelWhole: true,
    phase: undefined,
    before: undefined,
  };
  return outcome(search, layout.variables);
};

/** The same of a model as generated code. */
export const exploreProgram = (
  programs: Programs,
  core: Core,
  options: ExploreOptions,
): Promise<Exploration> | "no-code" => {
  const formulas = formulasOf(core);
  const groups = recoveriesOf(formulas, core, options);
  const finals = options.deadlock
    ? formulas.flatMap(({ kind }, k) => (kind === "final" ? [k] : []))
    : [];
  const tiers = tiersOf(
    programs,
    { finals, groups },
    {
      form: options.engine ?? "auto",
      memoryBytes: options.limits.memoryBytes ?? Infinity,
      ...(options.threads === undefined ? {} : { threads: options.threads }),
      ...options.tuning,
    },
  );
  if (tiers === "no-code") return tiers;
  const program = tiers === "no-memory" ? programs("javascript") : tiers.engine.shape.program;
  const { eventWords, layout } = program;
  const pace = options.limits.maxStates === undefined ? {} : { most: 256 };
  const search: Search = {
    space:
      tiers === "no-memory"
        ? noSpace(program, core)
        : engineSpace(tiers, groups, core, { now: options.now, ...pace }),
    core,
    options,
    findings: noFindings(formulas, eventWords, core, options),
    groups,
    level: -1,
    levels: [],
    isLevelWhole: true,
    phase: undefined,
    before: undefined,
  };
  return outcome(search, layout.variables);
};

const outcome = async (
  search: Search,
  slots: Machine["layout"]["variables"],
): Promise<Exploration> => {
  try {
    return await outcomeOf(search, slots);
  } finally {
    search.space.close();
  }
};

const outcomeOf = async (
  search: Search,
  slots: Machine["layout"]["variables"],
): Promise<Exploration> => {
  const { space, core, levels } = search;
  const pulse = pulseOf(search);
  const ended = await breadthFirst(search, pulse);
  const { states, transitions, counters } = figuresOf(search);
  const isBounded = counters.cut.some((steps) => steps > 0);
  const decided = ended ?? (isBounded ? undefined : await findTraps(search, pulse));
  const stopped = typeof decided === "string" ? decided : undefined;
  const nearest = typeof decided === "string" ? new Map() : decided;
  const isAboutFaults = stopped === undefined && search.options.minimal === "faults";
  const fewest = isAboutFaults ? await fewestFaults(search, nearest, pulse) : undefined;
  const onlyShortest = typeof fewest === "string" ? fewest : undefined;
  const told = typeof fewest === "object" ? fewest : await withPaths(search, pulse, nearest);
  const sought =
    typeof told === "string"
      ? withoutPaths(search, ended ?? told)
      : { search, cut: ended, stopped, ...told };
  const depth = Math.max(0, levels.length - 1);
  const seen = await lookAll(search, ended, pulse);
  const outlook = seen === "seen" || seen === "unseen" ? sought : broughtToEnd(sought, seen);
  return {
    complete: outlook.stopped === undefined,
    ...(onlyShortest === undefined ? {} : { onlyShortest }),
    ...(outlook.stopped === undefined ? {} : { stopped: outlook.stopped }),
    states,
    transitions,
    depth,
    wholeDepth: search.isLevelWhole ? depth : Math.max(search.level, 0),
    verdicts: verdictsOf(outlook),
    deadlock: deadlockVerdict(outlook),
    errors: modelErrors(outlook),
    ...counters,
    ...(seen === "seen" ? { isSeen: true as const } : {}),
    spent: spentBudgets(core, slots, space, levels),
    stateSet: search.options.withoutStateSet === true ? "" : stateSetOf(await space.digest(levels)),
    seconds: pulse.seconds(),
    memoryBytes: space.memoryBytes(),
  };
};

/** What is known of the ways to what was found. */
type Told = Pick<Outlook, "traps" | "pathTo">;

/**
 * The states that nobody looked at may have what is reported as never had. So a search whose states were not all
 * looked at is not complete, though all of them were expanded.
 */
const broughtToEnd = (outlook: Outlook, limit: Limit): Outlook =>
  outlook.stopped === undefined || outlook.stopped === "stopped"
    ? { ...outlook, cut: outlook.cut ?? limit, stopped: limit }
    : outlook;

/**
 * Forgets what was found: without ways to it nobody can tell it, and it is as unknown as what was not
 * looked for any more.
 */
const withoutPaths = (search: Search, cut: NonNullable<Outlook["cut"]>): Outlook => {
  const { findings } = search;
  const properties = findings.properties.map(() => undefined);
  restore(findings, { properties, deadlock: undefined, errors: new Map() });
  return { search, cut, stopped: cut, traps: new Map(), pathTo: () => [] };
};

/** Ways to the states of all findings, which walk back together. */
const withPaths = async (
  search: Search,
  pulse: ReturnType<typeof pulseOf>,
  traps: Traps | undefined,
): Promise<Told | Limit> => {
  const { properties, deadlock, errors } = search.findings;
  const found = [
    ...properties.map((it) => it?.state),
    deadlock?.state,
    ...[...errors.values()].map((it) => it.state),
    ...[...(traps ?? new Map()).values()].map((it) => it.state),
  ];
  const states = [...new Set(found.flatMap((it) => (it === undefined || it < 0 ? [] : [it])))];
  const paths = await walkBack(search, pulse, states);
  if (typeof paths === "string") return paths;
  const byState = new Map(states.map((state, index) => [state, paths[index] ?? []]));
  return { traps, pathTo: (state) => byState.get(state) ?? [] };
};
