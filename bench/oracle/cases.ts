// What the oracle looks at: every classic, the narrow model in words, and small configurations of the
// specification.

import { readdirSync, readFileSync } from "node:fs";
import * as E from "fp-ts/lib/Either.js";
import type { Core } from "../../checker/core/index.ts";
import { gate, load, parseOverride, plan, type Read } from "../../checker/pipeline.ts";

export interface Case {
  readonly file: string;
  readonly title: string;
  readonly core: Core;
}

interface Source {
  readonly file: string;
  readonly set: readonly string[];
  /** Which checks; undefined: all. */
  readonly titles?: readonly string[];
}

/** Run from the root of the repository, where what the package ships stands. */
const read: Read = (path) => E.right(readFileSync(path.replace(/^timewait:/, ""), "utf8"));

/** A path below the root, and its checks as cores. */
export const casesOf = ({ file, set, titles }: Source): readonly Case[] => {
  const planned = plan(load(file, read), {
    commandLine: set.map((it) => parseOverride("command line", it).value),
    isWanted: (title) => titles === undefined || titles.includes(title),
    only: [],
  });
  const sound = gate(planned);
  if (E.isLeft(sound)) throw new Error(sound.left.map((it) => it.message).join("\n"));
  return sound.right.obligations.flatMap((it): readonly Case[] => {
    if (it.kind !== "check" || it.model.kind !== "core") return [];
    const { value: core } = it.model.build();
    return core === undefined ? [] : [{ file, title: [it.title, ...set].join(", "), core }];
  });
};

const classics = (): readonly Source[] =>
  readdirSync("models/classics")
    .filter((it) => it.endsWith(".tw"))
    .toSorted()
    .map((it) => ({ file: `models/classics/${it}`, set: [] }));

/** Each stands for a kind of behaviour: one life, two, losses, resets, a start in the middle. */
const specification = (): readonly Source[] => {
  const file = "spec/timewait.tw";
  const of = (title: string, ...set: readonly string[]): Source => ({
    file,
    set,
    titles: [title],
  });
  return [
    of("TIME_WAIT just over 2 MSL", "CAPACITY=2", "LIVES=1", "LOSSES=0", "DUPLICATES=0"),
    of("TIME_WAIT just over 2 MSL", "CAPACITY=2", "LIVES=1", "LOSSES=1", "DUPLICATES=0"),
    of("TIME_WAIT exactly 2 MSL", "CAPACITY=2", "LOSSES=0", "DUPLICATES=0"),
    of("I9 RST ends TIME_WAIT", "CAPACITY=2", "LIVES=1", "LOSSES=0"),
    of("I8 2 MSL, but a slow retransmission"),
    of("I33 simultaneous close"),
  ];
};

/** The narrow classic once more, as the language has it: a network, timers, fields under their flags. */
const narrowInWords: Source = { file: "bench/models/narrow-in-words.tw", set: [], titles: ["S"] };

export const allCases = (): readonly Case[] =>
  [...classics(), narrowInWords, ...specification()].flatMap(casesOf);
