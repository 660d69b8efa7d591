// What one state shows of everything that is asked: machine -> findings at a state and at the steps out of it.

import type { Core } from "../core/index.ts";
import type { Machine } from "../machine/index.ts";
import { bitOf } from "./judge.ts";
import type { Path } from "./result.ts";

/** What is judged. A failed `final` is a model error. */
export interface Asked {
  /** By position in `Core.properties`. */
  readonly selected: (property: number) => boolean;
  readonly deadlock: boolean;
}

/** Something that a state shows. */
export interface Sight {
  /** A property by its position, then the deadlock, then model errors by their sites. */
  readonly subject: number;
  /** As verdicts count them. */
  readonly steps: number;
  /** Set when evaluating a property or a `final` failed in the state. */
  readonly site?: number;
  /** Set when it is about a step out of the state. */
  readonly lastStep?: Path["lastStep"];
}

export interface Observer {
  /**
   * Judges the state at `states[at..]`, which is `level` steps from the beginning, and writes its
   * steps to `records()`. Returns their number.
   */
  readonly look: (
    states: Int32Array,
    at: number,
    level: number,
    see: (sight: Sight) => void,
  ) => number;
  /** Writes the ways into the initial states to `records()`. Returns their number. */
  readonly begin: (see: (sight: Sight) => void) => number;
  /** The step records of the last call, as `Machine` describes them. */
  readonly records: () => Int32Array;
}

/** The subjects after the properties. */
export const deadlockOf = ({ properties }: Core): number => properties.length;
export const errorOf = ({ properties }: Core, site: number): number => properties.length + 1 + site;

/** An observer of a machine. Its buffers are its own: one call at a time. */
export const observer = (machine: Machine, core: Core, asked: Asked): Observer => {
  const { layout, stepWords, formulas } = machine;
  const judgement = new Int32Array(Math.max(1, Math.ceil(formulas.length / 32)));
  let out = new Int32Array(stepWords * 256);

  /** By event: the properties that it decides. */
  const deciding = core.events.map((_, event) =>
    core.properties.flatMap((it, id) =>
      "event" in it && it.event === event && asked.selected(id) ? [id] : [],
    ),
  );
  const hasFinals = formulas.some(({ kind }) => kind === "final");
  const isJudged = formulas.map((formula) =>
    formula.kind === "final" ? asked.deadlock : asked.selected(formula.property),
  );

  const written = (write: (into: Int32Array) => number): number => {
    let count = write(out);
    while (count < 0) {
      out = new Int32Array(out.length * 2);
      count = write(out);
    }
    return count;
  };

  /** Invariants that are false, reachable conditions that are true, and what cannot be evaluated. */
  const judge = (
    states: Int32Array,
    at: number,
    steps: number,
    see: (sight: Sight) => void,
  ): boolean => {
    let mayRest = false;
    let failures: Map<number, number> | undefined;
    for (
      let failed = machine.judge(states, at, judgement);
      failed !== 0;
      failed = machine.judge(states, at, judgement, failed)
    ) {
      failures ??= new Map();
      failures.set(failed - 1, machine.failure.site);
    }
    for (let k = 0; k < formulas.length; k += 1) {
      const formula = formulas[k];
      if (formula === undefined) continue;
      const site = failures?.get(k);
      const isTrue = bitOf(judgement, 0, k) === 1;
      if (formula.kind === "final" && (isTrue || site !== undefined)) mayRest = true;
      if (isJudged[k] !== true) continue;
      if (formula.kind === "final") {
        if (site !== undefined) see({ subject: errorOf(core, site), steps, site });
      } else if (site !== undefined) {
        see({ subject: formula.property, steps, site });
      } else if (
        (formula.kind === "invariant" && !isTrue) ||
        (formula.kind === "reachable-state" && isTrue)
      ) {
        see({ subject: formula.property, steps });
      }
    }
    return mayRest;
  };

  /** Events and model errors of `count` records. */
  const scan = (count: number, steps: number, see: (sight: Sight) => void): void => {
    for (let record = 0; record < count; record += 1) {
      const info = record * stepWords + layout.words;
      const site = ((out[info] ?? 0) >>> 1) - 1;
      if (site >= 0) {
        see({ subject: errorOf(core, site), steps, lastStep: { kind: "error", site } });
        continue;
      }
      for (let word = 0; word < machine.eventWords; word += 1) {
        let events = out[info + 1 + word] ?? 0;
        while (events !== 0) {
          const event = word * 32 + (31 - Math.clz32(events & -events));
          events &= events - 1;
          for (const subject of deciding[event] ?? []) {
            see({ subject, steps, lastStep: { kind: "event", event } });
          }
        }
      }
    }
  };

  return {
    records: () => out,
    begin: (see) => {
      const count = written((into) => machine.initial(into));
      scan(count, 0, see);
      return count;
    },
    look: (states, at, level, see) => {
      const mayRest = judge(states, at, level, see) && hasFinals;
      const count = written((into) => machine.expand(states, at, into));
      if (count === 0 && asked.deadlock && !mayRest) {
        see({ subject: deadlockOf(core), steps: level });
      }
      scan(count, level + 1, see);
      return count;
    },
  };
};
