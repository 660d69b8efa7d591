// What the phases of an exploration ask of whatever stores and expands states: plain search or engine.

import type { Formula } from "../machine/index.ts";
import type { Limit } from "./result.ts";

/** States with numbers from..to (exclusive). */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export type Level = readonly Range[];

/** What is still news. */
export interface Watch {
  /** Events, as bits. */
  readonly openEvents: Int32Array;
  /** Formulas, as bits, and the value that each has where there is no news. */
  readonly openFormulas: Int32Array;
  readonly expected: Int32Array;
  /** Whether new states are judged. */
  readonly isJudging: boolean;
  /** Whether a state without steps is news, unless a final condition holds in it. */
  readonly isDeadlockOpen: boolean;
}

/** Hears what is found; -1 stands for the state before an initial one. The order means nothing. */
export interface Listener {
  /** A step out of the state ends in a model error. */
  readonly onError: (state: number, site: number) => void;
  /** A step out of the state signals these events of a word, which are open. */
  readonly onEvents: (state: number, word: number, events: number) => void;
  /** A new state with a formula that is news, or that cannot be evaluated. */
  readonly onJudged: (state: number) => void;
  /** A state without steps in which no final condition holds. */
  readonly onStuck: (state: number) => void;
}

/** Asked every few milliseconds of work: an answer ends the work. */
export type Pause = () => Promise<Limit | undefined> | undefined;

/** Up to eight recoverables, which are decided together: each is one bit. */
export interface RecoveryGroup {
  /** By member: the formulas that say who must be able to get out, and who is out. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** The bits of those whose ways out may use no fault. */
  readonly withoutFaults: number;
}

/** Where words stand. */
export interface Place {
  readonly words: Int32Array;
  readonly at: number;
}

export interface Counters {
  /** By network id and bound id. */
  readonly dropped: readonly number[];
  readonly cut: readonly number[];
  /** By branch id. */
  readonly taken: Uint8Array;
}

export interface Found {
  /** New states. */
  readonly level: Level;
  /** What ended the work before all was expanded. */
  readonly ended: Limit | undefined;
  /** Whether every state was expanded all the same. */
  readonly isWhole: boolean;
}

/** The states found, by number. Numbers mean nothing, and there may be gaps between them. */
export interface Space {
  /** Words of a state, and of a step record: those of `machine/`. */
  readonly words: number;
  readonly stepWords: number;
  readonly formulas: readonly Formula[];
  readonly count: () => number;
  /** All numbers are below. */
  readonly end: () => number;
  readonly transitions: () => number;
  /** States that are not expanded yet. */
  readonly waiting: () => number;
  readonly memoryBytes: () => number;
  readonly counters: () => Counters;
  /** Where a state stands, until more states are found. */
  readonly place: (state: number) => Place;
  /** Finds the initial states. */
  readonly begin: (watch: Watch, listener: Listener) => Promise<Found>;
  /** Expands the states of a level. */
  readonly expand: (level: Level, watch: Watch, listener: Listener, pause: Pause) => Promise<Found>;
  /**
   * Visits the states of a level that have a step to a wanted one, and perhaps some others; answers
   * what ended that early.
   */
  readonly seek: (
    level: Level,
    wanted: readonly number[],
    visit: (state: number) => void,
    pause: Pause,
  ) => Promise<Limit | undefined>;
  /** The number of step records of a state, which then stand at `records`. */
  readonly steps: (state: number) => number;
  readonly records: () => Place;
  /** The states that the steps of a state lead to, in label order; valid until the next call. */
  readonly targets: (state: number, isWithoutFaults: boolean) => Int32Array;
  /** As `Machine.judge`; the bits then stand at `judgement`, the site of a failure at `failedAt`. */
  readonly judge: (state: number, from: number) => number;
  readonly judgement: () => Place;
  readonly failedAt: () => number;
  /**
   * Marks as out, for the members of a group, whatever can reach a state that is out; less than that where
   * it is enough before, which is asked now and then.
   */
  readonly sweep: (
    group: number,
    levels: readonly Level[],
    pause: Pause,
    isEnough: () => boolean,
  ) => Promise<Limit | undefined>;
  /** The first state of a range that must be able to get out and cannot; its end if there is none. */
  readonly trapped: (group: number, member: number, range: Range) => number;
  /** The sum over all states of the digest of each, modulo 2^128, as four digits, lowest first. */
  readonly digest: (levels: readonly Level[]) => Promise<readonly number[]>;
  /** Gives back what it holds besides memory. */
  readonly close: () => void;
}
