// Where two models part: the first state, breadth first, from which they do not go on alike.

import { compile } from "../compile/index.ts";
import type { Core } from "../core/index.ts";
import { interpreter, type Step } from "../interpret/index.ts";
import type { Machine } from "../machine/index.ts";
import { type State, unpack } from "../machine/index.ts";
import { choicesText, segmentReadings, variableReadings } from "../trace/index.ts";
import type { Difference } from "./outcome.ts";

/** The steps of one state, as texts that are equal when the steps are. */
type Steps = readonly string[];

/** What a step record says, whatever the numbers of sites: where it leads, and what it signals. */
const stepsIn = (machine: Machine, count: number, out: Int32Array): Steps => {
  const { layout, stepWords } = machine;
  return Array.from({ length: count }, (_, k) => {
    const at = k * stepWords;
    const info = out[at + layout.words] ?? 0;
    if (info >>> 1 !== 0) return "error";
    return out.subarray(at, at + stepWords).join(",");
  });
};

interface Walker {
  readonly machine: Machine;
  readonly out: Int32Array;
}

const room = 1 << 18;

/** The number of steps, all of which had room. */
const whole = (count: number): number => {
  if (count < 0) throw new Error("the steps of a state have no room");
  return count;
};

const walkerOf = (core: Core): Walker | undefined => {
  const machine = compile(core);
  return machine === undefined ? undefined : { machine, out: new Int32Array(room) };
};

const expand = ({ machine, out }: Walker, words: Int32Array): Steps => {
  const count = machine.expand(words, 0, out);
  return stepsIn(machine, whole(count), out);
};

const begin = ({ machine, out }: Walker): Steps =>
  stepsIn(machine, whole(machine.initial(out)), out);

const isSame = (left: Steps, right: Steps): boolean =>
  left.length === right.length &&
  (left.every((it, at) => it === right[at]) ||
    left.toSorted().join(";") === right.toSorted().join(";"));

/** Two packed forms that differ cannot be walked together; then nothing is shown. */
const isComparable = (left: Core, right: Core): boolean => {
  const shape = ({ variables, networks, events }: Core): string =>
    JSON.stringify([
      variables.map((it) => [it.name, it.low, it.high]),
      networks.map((it) => [
        it.capacity,
        it.lifetime,
        it.fields.map(({ low, high }) => [low, high]),
      ]),
      events.length,
    ]);
  return shape(left) === shape(right);
};

const segmentText = (core: Core, network: number, integers: readonly number[]): string => {
  const declared = core.networks[network];
  if (declared === undefined) return "";
  const { fields, from, to } = segmentReadings(declared, integers);
  const way = from === undefined || to === undefined ? "" : ` ${from.text}→${to.text}`;
  const flags = fields.filter((it) => it.flag === true).map((it) => it.name.toUpperCase());
  const values = fields.filter((it) => it.flag === undefined && it.text !== "0");
  const words = [...flags, ...values.map((it) => `${it.name}=${it.text}`)];
  return [`${declared.name}${way}`, ...words].join(" ");
};

const isTelling = (text: string): boolean =>
  !["0", "false", "none", "stopped", "set { }"].includes(text);

const stateLines = (
  core: Core,
  { variables, networks }: State,
  isShown = isTelling,
): readonly string[] => [
  ...variableReadings(core, variables)
    .filter((it) => isShown(it.text))
    .map(({ name, text }) => `${name}=${text}`),
  ...networks.flatMap((segments, network) => segments.map((it) => segmentText(core, network, it))),
];

/** `deliver wire (wire A→B FIN seq=1): tcp[B].state=TIME_WAIT` */
const stepLine = (core: Core, before: State | undefined, step: Step): string => {
  const { label, result } = step;
  const action = label.action === undefined ? "initial" : (core.actions[label.action]?.name ?? "");
  const about =
    label.segment === undefined
      ? ""
      : ` (${segmentText(core, label.segment.network, label.segment.integers)})`;
  const head = `${action}${choicesText(label.values)}${about}`;
  if (result.kind === "error") return `${head}: ${core.sites[result.site]?.message ?? "error"}`;
  // What becomes zero is told; of two segments alike one may be new.
  const isShown = before === undefined ? isTelling : () => true;
  const earlier = before === undefined ? [] : [...stateLines(core, before, isShown)];
  const fresh = stateLines(core, result.state, isShown).filter((it) => {
    const at = earlier.indexOf(it);
    if (at >= 0) earlier.splice(at, 1);
    return at < 0;
  });
  const marks = step.events.map((it) => `emits for ${core.events[it]?.property ?? "a property"}`);
  const what = [...fresh, ...marks];
  return what.length === 0 ? head : `${head}: ${what.join(", ")}`;
};

/** At most this many steps are shown on either side. */
const shownSteps = 3;

const told = (
  check: string,
  depth: number,
  cores: readonly [Core, Core],
  state: State | undefined,
): Difference => {
  const lines = cores.map((core) => {
    const { steps, initialSteps } = interpreter(core);
    const found = state === undefined ? initialSteps() : steps(state);
    return found.steps.map((it) => stepLine(core, state, it));
  });
  const [without = [], mutated = []] = lines;
  return {
    check,
    depth,
    state: state === undefined ? [] : stateLines(cores[0], state),
    without: without.filter((it) => !mutated.includes(it)).slice(0, shownSteps),
    with: mutated.filter((it) => !without.includes(it)).slice(0, shownSteps),
  };
};

/**
 * Walks both models together while they agree. "same": they agree in every step of every state; "open": that is
 * not known, since they have more than `limit` states or cannot be walked together.
 */
export const differenceOf = (
  check: string,
  before: Core,
  after: Core,
  limit: number,
): Difference | "same" | "open" => {
  if (!isComparable(before, after)) return "open";
  const [left, right] = [walkerOf(before), walkerOf(after)];
  if (left === undefined || right === undefined) return "open";
  const { layout } = left.machine;
  const cores = [before, after] as const;
  const seen = new Set<string>();
  let level: Int32Array[] = [];
  const discover = (steps: Steps, next: Int32Array[]): void => {
    for (const it of steps) {
      if (it === "error") continue;
      const words = Int32Array.from(it.split(",").slice(0, layout.words), Number);
      const key = words.join(",");
      if (seen.has(key)) continue;
      seen.add(key);
      next.push(words);
    }
  };
  const first = begin(left);
  if (!isSame(first, begin(right))) return told(check, -1, cores, undefined);
  discover(first, level);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (seen.size > limit) return "open";
    const next: Int32Array[] = [];
    for (const words of level) {
      const steps = expand(left, words);
      if (!isSame(steps, expand(right, words))) {
        return told(check, depth, cores, unpack(layout, words));
      }
      discover(steps, next);
    }
    level = next;
  }
  return "same";
};
