// Where everything of a ladder stands: trace -> rows with heights, notes beside the hosts, ends of segments.

import type { Core } from "../core/index.ts";
import {
  choicesText,
  ownedName,
  type Trace,
  type TraceStep,
  variableReadings,
} from "../trace/index.ts";
import { hostOf, hostsOf } from "./hosts.ts";
import { allSteps, type Journey, journeysOf } from "./journeys.ts";
import type { Point } from "./svg.ts";
import { type Violation, violationText } from "./violation.ts";

export interface Note {
  readonly text: string;
  readonly kind: "action" | "fault" | "case" | "state" | "timer";
}

export interface Row {
  readonly step: TraceStep;
  readonly top: number;
  readonly height: number;
  /** By host. */
  readonly notes: readonly (readonly Note[])[];
  /** Of no host: a tick, a rule of the whole, a model error. */
  readonly asides: readonly {
    readonly text: string;
    readonly kind: "time" | "action" | "violation";
  }[];
}

export interface LadderPlan {
  readonly hosts: readonly string[];
  /** By host: where its lifeline stands. */
  readonly columns: readonly number[];
  readonly rows: readonly Row[];
  readonly journeys: readonly Journey[];
  readonly width: number;
  /** Where the first row begins, and where the last one ends. */
  readonly top: number;
  readonly bottom: number;
}

export const lineHeight = 16;
const rowGap = 12;
const headHeight = 92;
/** Room beside the outer lifelines, and between two of them. */
const side = 300;
const between = 440;

/** The first line of a row: where segments arrive, and the first note stands. */
export const firstLine = ({ top }: Row): number => top + 14;

const shortName = (core: Core, variable: number): string => {
  const { name = "", owner = "" } = core.variables[variable] ?? {};
  return owner !== "" && name.startsWith(`${owner}.`) ? name.slice(owner.length + 1) : name;
};

/** Control states and running timers at the beginning. */
const initialNotes = (
  core: Core,
  hosts: readonly string[],
  step: TraceStep,
): readonly (readonly Note[])[] => {
  const { result } = step;
  if (result.kind === "error") return hosts.map(() => []);
  const readings = variableReadings(core, result.state.variables);
  return hosts.map((_, host) =>
    readings.flatMap(({ text, variable, fixed }): readonly Note[] => {
      const { origin, owner = "" } = core.variables[variable] ?? {};
      if (hostOf(owner, hosts) !== host || fixed) return [];
      if (origin?.kind === "state") return [{ text, kind: "state" }];
      if (origin?.kind !== "timer" || text === "stopped") return [];
      return [{ text: `timer ${shortName(core, variable)}: ${text}`, kind: "timer" }];
    }),
  );
};

const actionOf = ({
  action,
  label,
}: TraceStep): { readonly owner: string; readonly text: string } => {
  const { owner, name } = ownedName(action);
  return { owner, text: name + choicesText(label.values) };
};

/** An `else` is told only where nothing else was taken. */
const casesOf = ({ branches }: TraceStep): readonly string[] => {
  const named = branches.filter((it) => !it.endsWith(".else"));
  return named.length > 0 ? named : branches.slice(-1);
};

const notesOf = (
  core: Core,
  hosts: readonly string[],
  step: TraceStep,
): readonly (readonly Note[])[] => {
  if (step.kind === "initial") return initialNotes(core, hosts, step);
  const { owner, text } = actionOf(step);
  return hosts.map((_, host): readonly Note[] => {
    const isHere = (it: string): boolean => hostOf(it, hosts) === host;
    const action: readonly Note[] =
      step.segment === undefined && isHere(owner)
        ? [{ text, kind: step.fault ? "fault" : "action" }]
        : [];
    const cases = casesOf(step).flatMap((branch): readonly Note[] => {
      const { owner: at, name: rest } = ownedName(branch);
      return isHere(at) ? [{ text: `case ${rest}`, kind: "case" }] : [];
    });
    const changes = step.changes.flatMap(({ variable, after }): readonly Note[] => {
      const { origin, owner: at = "" } = core.variables[variable] ?? {};
      if (!isHere(at)) return [];
      if (origin?.kind === "state") return [{ text: `→ ${after}`, kind: "state" }];
      if (origin?.kind !== "timer" || step.kind === "tick") return [];
      return [{ text: `timer ${shortName(core, variable)}: ${after}`, kind: "timer" }];
    });
    return [...action, ...cases, ...changes];
  });
};

const asidesOf = (
  hosts: readonly string[],
  step: TraceStep,
  journeys: readonly Journey[],
): Row["asides"] => {
  const { kind, result, events, segment, number } = step;
  const { owner, text } = actionOf(step);
  const isDrawn = journeys.some(
    (it) => it.begin.step === number || it.end.step === number || segment !== undefined,
  );
  const time =
    kind === "tick" && result.kind === "state"
      ? [{ text: `time ${result.ticks}`, kind: "time" } as const]
      : [];
  const global =
    kind !== "initial" && kind !== "tick" && hostOf(owner, hosts) === undefined && !isDrawn
      ? [{ text: owner === "" ? text : `${owner}.${text}`, kind: "action" } as const]
      : [];
  const violations = events
    .filter((it) => it.violated)
    .map((it) => ({ text: `${it.property} is violated`, kind: "violation" }) as const);
  const error =
    result.kind === "error"
      ? [{ text: `model error: ${result.message}`, kind: "violation" } as const]
      : [];
  return [...time, ...global, ...violations, ...error];
};

/** The line on which the k-th sending of a step begins: below what arrives there. */
export const sendingLine = (row: Row, order: number): number =>
  firstLine(row) + (row.step.segment === undefined ? order : order + 1) * (lineHeight + 4);

/** What no step shows by itself: of states, what fails in the last one. */
const closing = (violation: Violation): Row["asides"] =>
  violation.kind === "never" || violation.kind === "error"
    ? []
    : [{ text: violationText(violation), kind: "violation" }];

export const ladderPlan = (core: Core, trace: Trace, violation: Violation): LadderPlan => {
  const hosts = hostsOf(core);
  const journeys = journeysOf(core, trace);
  let top = headHeight;
  const rows = allSteps(trace).map((step): Row => {
    const notes = notesOf(core, hosts, step);
    const isLast = step.number === trace.steps.length;
    const asides = [...asidesOf(hosts, step, journeys), ...(isLast ? closing(violation) : [])];
    // What is violated stands below everything else of the step.
    const apart = asides.filter((it) => it.kind === "violation").length;
    const sendings = step.sent.length + (step.segment === undefined ? 0 : 1);
    const lines = Math.max(1, ...notes.map((it) => it.length));
    const height =
      Math.max(lines * lineHeight, sendings * (lineHeight + 4)) + apart * (lineHeight + 8) + rowGap;
    const row = { step, top, height, notes, asides };
    top += height;
    return row;
  });
  const columns = hosts.map((_, host) => side + host * between);
  return {
    hosts,
    columns,
    rows,
    journeys,
    width: side * 2 + between * Math.max(0, hosts.length - 1),
    top: headHeight,
    bottom: top + journeys.filter(({ end }) => end.how === "pending").length * lineHeight,
  };
};

/** The line that a journey takes over the page. */
export interface Course {
  readonly start: Point;
  /** Where it was copied. */
  readonly via?: Point;
  readonly end: Point;
}

/** Copies part from their original neither at a host nor beside it, where labels stand. */
const parting = (from: number, to: number, share: number): number =>
  from + (to - from) * Math.min(0.65, Math.max(0.35, share));

const rowOf = ({ rows }: LadderPlan, step: number): Row => {
  const found = rows[step];
  if (found === undefined) throw new Error(`impossible: a ladder without row ${step}`);
  return found;
};

const endOf = (plan: LadderPlan, it: Journey): Point => {
  const { columns, journeys, bottom } = plan;
  const [from, to] = [columns[it.from] ?? 0, columns[it.to] ?? 0];
  switch (it.end.how) {
    case "arrives":
      return { x: to, y: firstLine(rowOf(plan, it.end.step)) };
    case "lost":
      return { x: (from + to) / 2, y: firstLine(rowOf(plan, it.end.step)) };
    case "dropped":
      return {
        x: from + (to - from) * 0.3,
        y: sendingLine(rowOf(plan, it.begin.step), it.begin.order),
      };
    case "pending": {
      const waiting = journeys.filter(({ end }) => end.how === "pending");
      return {
        x: (from + to) / 2,
        y: bottom - 8 - (waiting.length - 1 - waiting.indexOf(it)) * lineHeight,
      };
    }
  }
};

export const courseOf = (plan: LadderPlan, it: Journey): Course => {
  const { columns, journeys } = plan;
  const [from, to] = [columns[it.from] ?? 0, columns[it.to] ?? 0];
  const begun = rowOf(plan, it.begin.step);
  const end = endOf(plan, it);
  const original = journeys.find((other) => other.name === it.copyOf);
  if (it.begin.how === "copied" && original !== undefined) {
    const { start, via, end: last } = courseOf(plan, original);
    const y = firstLine(begun);
    if (via?.y === y) return { start: via, end };
    const share = (y - start.y) / Math.max(1, last.y - start.y);
    return { start: { x: start.x + (last.x - start.x) * share, y }, end };
  }
  const start = {
    x: from,
    y: it.begin.how === "sent" ? sendingLine(begun, it.begin.order) : firstLine(begun),
  };
  const copied = journeys.find((other) => other.copyOf === it.name);
  if (copied === undefined) return { start, end };
  const y = firstLine(rowOf(plan, copied.begin.step));
  const share = (y - start.y) / Math.max(1, end.y - start.y);
  return { start, via: { x: parting(from, to, share), y }, end };
};
