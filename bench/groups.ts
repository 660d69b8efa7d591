// The groups of contestants: two families of models, and what it takes to start.

import { readFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import type { Contestant, Group } from "./contestant.ts";
import { asItComes, javascript, ours, reduced, translation, webAssembly } from "./ours.ts";
import { byHand, translated } from "./outputs.ts";
import type { Counts } from "./results.ts";
import {
  chains,
  rumur,
  rumurs,
  spin,
  spinBfs,
  spinCollapse,
  spinDfs,
  spinDfsBest,
  type Text,
} from "./rivals.ts";

const narrow = "bench/models/narrow.tw";
const inWords = "bench/models/narrow-in-words.tw";
const wide = "bench/models/wide.tw";
const withPaths = "bench/models/recoverable.tw";

/** What stands between at signs in the texts written by hand. */
type Configuration = Readonly<
  Record<"MSL" | "CAP" | "SMOD" | "INC" | "MAXLOSS" | "MAXDUP", number>
>;

interface NarrowCase {
  readonly title: string;
  readonly counts: Counts;
  readonly configuration: Configuration;
}

const usual = { SMOD: 4, INC: 2, MAXDUP: 1 } as const;

const xs: NarrowCase = {
  title: "XS",
  counts: { states: 69_497, transitions: 151_521 },
  configuration: { ...usual, MSL: 1, CAP: 2, MAXLOSS: 0 },
};
const small: NarrowCase = {
  title: "S",
  counts: { states: 152_613, transitions: 356_081 },
  configuration: { ...usual, MSL: 2, CAP: 2, MAXLOSS: 0 },
};
const middle: NarrowCase = {
  title: "M",
  counts: { states: 3_168_725, transitions: 11_338_869 },
  configuration: { ...usual, MSL: 1, CAP: 3, MAXLOSS: 1 },
};
const large: NarrowCase = {
  title: "L",
  counts: { states: 16_740_189, transitions: 64_237_789 },
  configuration: { ...usual, MSL: 2, CAP: 3, MAXLOSS: 1 },
};

export const filledIn = (template: string, configuration: Configuration): string =>
  Object.entries(configuration).reduce(
    (text, [name, value]) => text.replaceAll(`@${name}@`, String(value)),
    template,
  );

const handWritten = (it: NarrowCase, file: string): Text => ({
  slug: `narrow ${it.title}`,
  text: () => E.right(filledIn(readFileSync(`bench/models/${file}`, "utf8"), it.configuration)),
  extra: byHand,
  states: () => it.counts.states,
});

const translationOf = (
  file: string,
  title: string,
  language: "murphi" | "promela",
  states: () => number,
): Text => ({
  slug: `${file} ${title} ${language}`,
  text: () => translation(file, title, language),
  extra: translated,
  states,
});

/** How the translation of the narrow model stands against the one written by hand. */
export const suffixTranslated = ", translated";

const narrowTranslated = (workshop: string, it: NarrowCase): readonly Contestant[] => {
  const states = (): number => it.counts.states;
  const promela = translationOf(narrow, it.title, "promela", states);
  const murphi = translationOf(narrow, it.title, "murphi", states);
  return [
    spin(workshop, promela, spinDfs, suffixTranslated),
    spin(workshop, promela, spinDfsBest, suffixTranslated),
    ...rumurs.slice(0, 1).map((options) => rumur(workshop, murphi, options, suffixTranslated)),
  ];
};

/**
 * Settings that no target is judged by in rounds: where a run takes long, one is enough, and the
 * slower settings of the same program are shown on the smaller configurations alone.
 */
const rivalsOnce = (
  workshop: string,
  promela: Text,
  murphi: Text,
  it: NarrowCase,
): readonly Contestant[] => {
  const rounds = it === small ? {} : { once: true };
  const [usual, ...others] = rumurs;
  const slower = it === large ? [] : [spinCollapse];
  const slowest = it === large ? [] : others;
  return [
    ...[spinBfs, ...slower].map((flags) => spin(workshop, promela, { ...flags, ...rounds })),
    ...(usual === undefined ? [] : [usual]).map((options) =>
      rumur(workshop, murphi, it === large ? { ...options, once: true } : options),
    ),
    ...slowest.map((options) => rumur(workshop, murphi, { ...options, ...rounds })),
  ];
};

const narrowGroup = (workshop: string, it: NarrowCase): Group => {
  const promela = handWritten(it, "narrow.pml");
  const murphi = handWritten(it, "narrow.m");
  return {
    id: `narrow ${it.title}`,
    title: `Narrow model, configuration ${it.title}`,
    family: "narrow",
    isQuick: it === small,
    counts: it.counts,
    contestants: [
      javascript(narrow, it.title),
      webAssembly(narrow, it.title, 1),
      webAssembly(narrow, it.title, 2),
      ours("ours in its own words, 1 thread", inWords, it.title, wordsPlain, {
        counting: "fewer transitions",
      }),
      reduced(inWords, it.title, 1),
      reduced(inWords, it.title, 2),
      spin(workshop, promela, spinDfs),
      spin(workshop, promela, spinDfsBest),
      ...rivalsOnce(workshop, promela, murphi, it),
      // The largest would only say the same once more.
      ...(it === large ? [] : narrowTranslated(workshop, it)),
    ],
  };
};

const wordsPlain = { "--threads": "1", "--reduce": "none" } as const;

const wideGroup = (
  workshop: string,
  title: string,
  isQuick: boolean,
  statesOf: (group: string) => number,
): Group => {
  const id = `spec ${title}`;
  const states = (): number => statesOf(id);
  const promela = translationOf(wide, title, "promela", states);
  const murphi = translationOf(wide, title, "murphi", states);
  return {
    id,
    title: `Specification of TIME_WAIT, ${title}`,
    family: "spec",
    isQuick,
    contestants: [
      javascript(wide, title),
      webAssembly(wide, title, 1),
      webAssembly(wide, title, 2),
      reduced(wide, title, 1),
      reduced(wide, title, 2),
      ...[spinDfs, spinDfsBest].map((flags) => spin(workshop, promela, flags)),
      spin(workshop, promela, { ...spinBfs, once: true }),
      // Minutes: in every state rumur runs a delivery once for each value it might choose.
      ...(isQuick ? rumurs.slice(0, 1) : []).map((options) =>
        rumur(workshop, murphi, { ...options, once: true }),
      ),
    ],
  };
};

const startGroups = (workshop: string): readonly Group[] => [
  {
    id: "trivial",
    title: "A trivial file",
    family: "start",
    isQuick: true,
    contestants: [asItComes("bench/models/trivial.tw", "trivial")],
  },
  {
    id: "start narrow",
    title: "From the text to the verdict: narrow model, XS",
    family: "start",
    isQuick: true,
    counts: xs.counts,
    contestants: [
      asItComes(narrow, xs.title),
      ...chains(workshop, handWritten(xs, "narrow.pml"), handWritten(xs, "narrow.m")),
    ],
  },
  {
    id: "start spec",
    title: "From the text to the verdict: specification of TIME_WAIT, one life",
    family: "start",
    isQuick: true,
    contestants: [
      javascript(wide, "one life"),
      asItComes(wide, "one life"),
      ...chains(
        workshop,
        translationOf(wide, "one life", "promela", () => 2 ** 16),
        translationOf(wide, "one life", "murphi", () => 2 ** 16),
      ),
    ],
  },
  {
    id: "recoverable",
    title: "What a property of paths adds (narrow model, M)",
    family: "start",
    isQuick: false,
    counts: middle.counts,
    contestants: ["without", "with"].map((title) =>
      ours(`ours, ${title} recoverable`, withPaths, title, wordsPlain),
    ),
  },
];

/** `statesOf` tells what has been counted in a group so far. */
export const allGroups = (
  workshop: string,
  statesOf: (group: string) => number,
): readonly Group[] => [
  ...startGroups(workshop),
  ...[small, middle, large].map((it) => narrowGroup(workshop, it)),
  wideGroup(workshop, "small", true, statesOf),
  wideGroup(workshop, "wide", false, statesOf),
];
