// Where in a graph of states something is violated, and by which steps: judgement, graph -> items.

import type { Core } from "../core/index.ts";
import type { Graph } from "../explore/index.ts";
import { interpreter, type Step } from "../interpret/index.ts";
import { formulasOf, layoutOf, unpack } from "../machine/index.ts";
import type { Judgement } from "./judge.ts";

/** What is violated: a position in `Judgement.properties`, or in `Judgement.errors`. */
export type Subject =
  | { readonly kind: "property"; readonly position: number }
  | { readonly kind: "error"; readonly position: number };

/** By state, how many steps; with a beat now and then, for others to have their turn. */
type Beginning = Generator<undefined, ReadonlyMap<number, number>>;

export interface Item {
  readonly subject: Subject;
  /** By state, how the violation ends there: 0, it is violated there; 1, by a step out of it. */
  readonly begin: () => Beginning;
  readonly isViolated: (state: number) => boolean;
  readonly isEnding: (step: Step) => boolean;
  /** Only the whole graph can tell. */
  readonly needsAll: boolean;
}

/** States that are judged between two beats. */
const betweenBeats = 1 << 12;

const bitOf = (words: Int32Array, bit: number): boolean =>
  (((words[bit >> 5] ?? 0) >>> (bit & 31)) & 1) === 1;

/** What is violated, with what tells it. */
export const itemsOf = (
  core: Core,
  { properties, errors }: Judgement,
  graph: Graph,
): readonly Item[] => {
  const formulas = formulasOf(core);
  const bits = new Int32Array((formulas.length >> 5) + 1);
  const judged = (state: number): Int32Array => {
    graph.judgement(state, bits);
    return bits;
  };
  function* states(isBad: (state: number) => boolean): Beginning {
    const found = new Map<number, number>();
    for (let state = 0; state < graph.count(); state += 1) {
      if (state % betweenBeats === 0) yield;
      if (isBad(state)) found.set(state, 0);
    }
    return found;
  }
  const never = (): boolean => false;
  const inState = (subject: Subject, isViolated: (state: number) => boolean): Item => ({
    subject,
    begin: () => states(isViolated),
    isViolated,
    isEnding: never,
    needsAll: false,
  });
  const byStep = (
    subject: Subject,
    isEnding: (step: Step) => boolean,
    isOne: (ending: Graph["endings"][number]) => boolean,
  ): Item => ({
    subject,
    *begin() {
      yield;
      const own = graph.endings.filter((it) => it.state >= 0 && isOne(it));
      return new Map(own.map((it) => [it.state, 1]));
    },
    isViolated: never,
    isEnding,
    needsAll: false,
  });
  const recoverable = (subject: Subject, id: number): Item => {
    const declared = core.properties[id];
    const at = (kind: "recoverable-from" | "recoverable-to"): number =>
      formulas.findIndex((it) => it.kind === kind && it.property === id);
    const [from, to] = [at("recoverable-from"), at("recoverable-to")];
    const withoutFaults = declared?.kind === "recoverable" && declared.withoutFaults;
    let ways: Int32Array | undefined;
    const isTrapped = (state: number): boolean =>
      ways?.[state] === -1 && bitOf(judged(state), from);
    function* begin(): Beginning {
      if (ways === undefined) {
        const out = yield* states((it) => bitOf(judged(it), to));
        ways = yield* graph.distances(out, withoutFaults);
      }
      return yield* states(isTrapped);
    }
    return { ...inState(subject, isTrapped), begin, needsAll: true };
  };
  return [
    ...properties.flatMap(({ name, kind, instance, verdict }, position): readonly Item[] => {
      if (verdict.kind !== "violated") return [];
      const subject: Subject = { kind: "property", position };
      if (kind === "deadlock") {
        const finals = formulas.flatMap((it, k) => (it.kind === "final" ? [k] : []));
        const isStuck = (state: number): boolean =>
          !finals.some((final) => bitOf(judged(state), final));
        let stuck: ReadonlySet<number> = new Set();
        return [
          {
            ...inState(subject, (state) => stuck.has(state)),
            *begin() {
              yield;
              stuck = new Set(graph.stuck.filter(isStuck));
              return new Map([...stuck].map((it) => [it, 0]));
            },
          },
        ];
      }
      const id = core.properties.findIndex(
        (it) =>
          it.name === name &&
          (it.kind !== "recoverable" || instance === "" || it.instance === instance),
      );
      const declared = core.properties[id];
      if (declared?.kind === "never") {
        const { event } = declared;
        const isEnding = (step: Step): boolean => step.events.includes(event);
        return [byStep(subject, isEnding, (it) => it.site < 0 && bitOf(it.events, event))];
      }
      if (declared?.kind === "invariant") {
        const own = formulas.flatMap((it, k) =>
          it.kind === "invariant" && it.property === id ? [k] : [],
        );
        // What cannot be evaluated is an error, and no violation.
        const reference = interpreter(core);
        const layout = layoutOf(core);
        const isFalse = (state: number): boolean =>
          own.some(
            (k) =>
              !bitOf(judged(state), k) &&
              reference.formula(k, unpack(layout, graph.stateAt(state))) === false,
          );
        return [inState(subject, isFalse)];
      }
      return declared?.kind === "recoverable" ? [recoverable(subject, id)] : [];
    }),
    ...errors.flatMap(({ site, path }, position): readonly Item[] => {
      if (path.lastStep?.kind !== "error") return [];
      const isEnding = ({ result }: Step): boolean =>
        result.kind === "error" && result.site === site;
      return [byStep({ kind: "error", position }, isEnding, (it) => it.site === site)];
    }),
  ];
};
