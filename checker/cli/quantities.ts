// Numbers, sizes and times of the command line: words -> numbers.

import { InvalidArgumentError } from "commander";

const positive = (text: string, what: string, such = ""): number => {
  const value = Number(text.replaceAll("_", ""));
  if (!/^[0-9][0-9_]*(\.[0-9]+)?(e[0-9]{1,2})?$/i.test(text) || value <= 0)
    throw new InvalidArgumentError(`${what} is a positive number${such}.`);
  return value;
};

export const states = (text: string): number => {
  const value = positive(text, "the number of states", ", such as 1000, 1_000 or 1e3");
  if (!Number.isInteger(value)) throw new InvalidArgumentError("the number of states is whole.");
  return value;
};

/** A whole number from 0 on. */
export const natural =
  (what: string) =>
  (text: string): number => {
    const value = Number(text.replaceAll("_", ""));
    if (!/^[0-9][0-9_]*$/.test(text) || !Number.isSafeInteger(value))
      throw new InvalidArgumentError(`${what} is a whole number.`);
    return value;
  };

const mostThreads = 64;

export const threads = (text: string): number => {
  const value = positive(text, "the number of threads");
  if (!Number.isInteger(value) || value > mostThreads)
    throw new InvalidArgumentError(`the number of threads is whole, and at most ${mostThreads}.`);
  return value;
};

const mostCounterexamples = 1000;

export const counterexamples = (text: string): number => {
  const value = positive(text, "the number of counterexamples");
  if (!Number.isInteger(value) || value > mostCounterexamples)
    throw new InvalidArgumentError(
      `the number of counterexamples is whole, and at most ${mostCounterexamples}.`,
    );
  return value;
};

const units: Readonly<Record<string, number>> = {
  "": 1,
  K: 2 ** 10,
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
};

/** What the addresses of generated code reach. */
const mostBytes = 2 ** 32;

export const bytes = (text: string): number => {
  const [, number = "", unit = ""] = /^(.*?)([KMGT]?)B?$/i.exec(text) ?? [];
  const size = positive(number, "a size (with K, M or G)") * (units[unit.toUpperCase()] ?? 1);
  if (size > mostBytes)
    throw new InvalidArgumentError("a size is at most 4G: generated code reaches no more.");
  return Math.floor(size);
};

const durations: Readonly<Record<string, number>> = { "": 1, s: 1, m: 60, h: 3600 };

export const seconds = (text: string): number => {
  const [, number = "", unit = ""] = /^(.*?)([smh]?)$/.exec(text) ?? [];
  return positive(number, "a time in seconds (or with s, m, h)") * (durations[unit] ?? 1);
};
