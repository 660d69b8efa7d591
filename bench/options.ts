// The command line of the bench.

import * as E from "fp-ts/lib/Either.js";

export interface Options {
  readonly rounds: number;
  readonly quick: boolean;
  /** Words of which one has to be in the name of a family or group. */
  readonly groups: readonly string[];
  /** Words of which one has to be in the name of a contestant. */
  readonly only: readonly string[];
  /** Where results are written. */
  readonly json?: string;
  /** Results of an earlier run, which this one adds to or replaces. */
  readonly from?: string;
  readonly updateDocs: boolean;
  /** Nothing is measured: the earlier results are shown. */
  readonly show: boolean;
  readonly limitSeconds: number;
}

export const usage = `npm run bench -- [options]
  --rounds N        interleaved rounds (default 3)
  --quick           small configurations only, one round unless --rounds says otherwise
  --family NAME     narrow, spec or start; or part of the name of a group (repeatable)
  --only NAME       contestants whose name contains this (repeatable)
  --json FILE       write what was measured
  --from FILE       begin with what was measured earlier; what is measured now takes its place
  --show            measure nothing, show what --from has
  --update-docs     rewrite the generated part of docs/performance.md
  --limit SECONDS   end a process that runs longer (default 900)
`;

const initial: Options = {
  rounds: 0,
  quick: false,
  groups: [],
  only: [],
  updateDocs: false,
  show: false,
  limitSeconds: 900,
};

const positive = (text: string): number | undefined =>
  /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined;

const taken = (options: Options, name: string, value: string): Options | undefined => {
  const number = positive(value);
  switch (name) {
    case "--rounds":
      return number === undefined ? undefined : { ...options, rounds: number };
    case "--limit":
      return number === undefined ? undefined : { ...options, limitSeconds: number };
    case "--family":
      return { ...options, groups: [...options.groups, value] };
    case "--only":
      return { ...options, only: [...options.only, value] };
    case "--json":
      return { ...options, json: value };
    case "--from":
      return { ...options, from: value };
    default:
      return undefined;
  }
};

const flag = (options: Options, name: string): Options | undefined => {
  switch (name) {
    case "--quick":
      return { ...options, quick: true };
    case "--show":
      return { ...options, show: true };
    case "--update-docs":
      return { ...options, updateDocs: true };
    default:
      return undefined;
  }
};

/** Left: what is wrong. */
export const parseOptions = (words: readonly string[]): E.Either<string, Options> => {
  let options = initial;
  for (let i = 0; i < words.length; i += 1) {
    const [word = "", value] = words.slice(i, i + 2);
    const flagged = flag(options, word);
    if (flagged !== undefined) {
      options = flagged;
      continue;
    }
    const next = value === undefined ? undefined : taken(options, word, value);
    if (next === undefined) return E.left(`cannot use \`${word} ${value ?? ""}\``);
    options = next;
    i += 1;
  }
  if (options.show && options.from === undefined) return E.left("--show needs --from");
  return E.right({ ...options, rounds: options.rounds || (options.quick ? 1 : 3) });
};
