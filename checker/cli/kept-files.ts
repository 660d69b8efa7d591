// Files that came out as expected, known by what they say: such a file needs no planning.

import { dirname } from "node:path";
import {
  abridgedText,
  excused,
  type FileResult,
  type Memory,
  readAbridged,
} from "../prove/index.ts";
import { digest } from "./cache.ts";
import type { CheckOptions } from "./command-line.ts";
import { digestOf, type Entry } from "./entries.ts";

export interface KeptFiles {
  readonly find: (entry: Entry) => FileResult | undefined;
  readonly keep: (entry: Entry, result: FileResult) => void;
}

/**
 * Does anything that is asked for need the ways to violations? These only a model shows, and a model
 * only a plan. A line that asks for few checks, or for a form of trace, wants to see them.
 */
const wantsWays = (options: CheckOptions): boolean =>
  options.json ||
  options.reports?.jsonLines === true ||
  options.out !== undefined ||
  options.all > 1 ||
  options.isTraceNamed === true ||
  options.check !== undefined ||
  options.only.length > 0;

/** All that decides what comes of a file beside what it and its imports say. */
const requestText = (options: CheckOptions): string => {
  const { set, sweeps, minimal, engine, reductions = [], maxStates } = options;
  const isSweeps = sweeps !== undefined;
  return JSON.stringify({ set, isSweeps, minimal, engine, reductions, maxStates });
};

export const keptFiles = (options: CheckOptions, memory: Memory): KeptFiles => {
  const request = requestText(options);
  const keyOf = (entry: Entry): string | undefined => {
    const says = digestOf(entry);
    const allowed = excused(entry.loaded.value);
    // What stands beside the file is part of it, and elsewhere a library, of which nobody takes every case.
    const own = entry.loaded.value.list.map((it) => dirname(it.file) === dirname(entry.file));
    return says === undefined || entry.loaded.diagnostics.length > 0
      ? undefined
      : digest(JSON.stringify({ kind: "file", says, own, allowed, request }));
  };
  return {
    find: (entry) => {
      const key = wantsWays(options) ? undefined : keyOf(entry);
      const text = key === undefined ? undefined : memory.recall(key);
      return text === undefined ? undefined : readAbridged(text, entry.loaded.value);
    },
    keep: (entry, result) => {
      // Of some checks alone, another line would believe that they are all.
      if (options.check !== undefined || options.only.length > 0) return;
      const key = keyOf(entry);
      const text = key === undefined ? undefined : abridgedText(result);
      if (key !== undefined && text !== undefined) memory.keep(key, text);
    },
  };
};
