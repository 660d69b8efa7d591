// Keeps generated functions short: the longest parts of a piece become functions of their own.

import type { Code, CodeFunction, Global, Instruction, Local, Part } from "../code/index.ts";
import {
  block,
  call,
  choose,
  giveBack,
  global,
  i32,
  leave,
  run,
  set,
  when,
} from "../code/index.ts";
import type { Sources } from "./functions.ts";
import { completed, localOf } from "./functions.ts";
import { written } from "./scope.ts";
import type { Usage } from "./usage.ts";
import { labelsLeft, isInstruction, listsOf, ownSize, sizeOfCode, usageOf } from "./usage.ts";

/*
 * Engines optimise no function beyond a size, and long ones badly. A part is a list of
 * instructions. What it reads is passed to it, except what it can find out for itself (`Sources`);
 * what it assigns comes back through globals. A part ends in one of several ways: at its end, or by
 * leaving a block around it; it returns which.
 */

/** In nodes of generated code. */
export interface Lengths {
  /** A function of more is split where it can be. */
  readonly function: number;
  /** Shorter parts are not worth a call. */
  readonly part: number;
}

export interface Outlined {
  readonly code: Code;
  readonly functions: readonly CodeFunction[];
  /** Through which parts give back what they assigned. */
  readonly globals: readonly Global[];
}

/** What the parts of one piece share while it is split. */
interface Split {
  readonly name: string;
  readonly lengths: Lengths;
  readonly sources: Sources;
  /** Parameters that every function has if it needs them. */
  readonly pointers: readonly Local[];
  /**
   * How often each variable stands in the piece as it is now, parts taken out aside: where a part
   * has them all, the variable is its own.
   */
  readonly total: Map<string, number>;
  readonly functions: CodeFunction[];
  readonly globals: Map<string, Global>;
}

interface Measured {
  readonly code: Code;
  readonly size: number;
}

/** Splits the code of a piece; `name` begins the names of its parts. */
export const outline = (
  code: Code,
  name: string,
  given: Pick<Split, "lengths" | "sources" | "pointers">,
): Outlined => {
  if (sizeOfCode(code) <= given.lengths.function) return { code, functions: [], globals: [] };
  const split: Split = {
    ...given,
    name,
    total: new Map([...usageOf(code)].map(([it, { reads, writes }]) => [it, reads + writes])),
    functions: [],
    globals: new Map(),
  };
  // The function around the piece takes it and answers with it.
  split.total.set(written.name, (split.total.get(written.name) ?? 0) + 1);
  const shorter = shortened(code, split);
  return {
    code: shorter.code,
    functions: split.functions,
    globals: [...split.globals.values()],
  };
};

/** The code with its longest lists taken out, from the inside, until it is short. */
const shortened = (code: Code, split: Split): Measured => {
  const whole = sizeOfCode(code);
  if (whole <= split.lengths.function) return { code, size: whole };
  const parts = code.map((it) => measured(it, split));
  let size = parts.reduce((sum, it) => sum + it.size, 0);
  while (size > split.lengths.function) {
    const longest = parts
      .flatMap((it, at) => it.lists.map((list, which) => ({ at, which, size: list.size })))
      .reduce<Found | undefined>(
        (best, it) => (it.size > (best?.size ?? 0) ? it : best),
        undefined,
      );
    if (longest === undefined || longest.size < split.lengths.part) break;
    const part = parts[longest.at];
    const list = part?.lists[longest.which];
    if (part === undefined || list === undefined) break;
    const called = takenOut(list.code, split);
    const left: Measured = { code: called, size: sizeOfCode(called) };
    part.lists[longest.which] = left;
    part.size += left.size - list.size;
    size += left.size - list.size;
    // What stands for a part is not worth taking out again.
    if (left.size >= list.size) break;
  }
  return { code: parts.map(rebuilt), size };
};

interface Found {
  readonly at: number;
  readonly which: number;
  readonly size: number;
}

interface MeasuredPart {
  readonly part: Part;
  readonly lists: Measured[];
  size: number;
}

/** The lists of one part, each short enough. */
const measured = (part: Part, split: Split): MeasuredPart => {
  const lists = (isInstruction(part) ? listsOf(part) : [part]).map((it) => shortened(it, split));
  const own = isInstruction(part) ? ownSize(part) : 0;
  return { part, lists, size: lists.reduce((sum, it) => sum + it.size, own) };
};

const rebuilt = ({ part, lists }: MeasuredPart): Part => {
  const codes = lists.map((it) => it.code);
  return isInstruction(part) ? withLists(part, codes) : (codes[0] ?? []);
};

/** The instruction with other lists inside. */
const withLists = (it: Instruction, lists: readonly Code[]): Instruction => {
  switch (it.kind) {
    case "if":
      return { ...it, then: lists[0] ?? [], otherwise: lists[1] ?? [] };
    case "block":
    case "loop":
      return { ...it, body: lists[0] ?? [] };
    case "switch":
      return { ...it, bodies: lists.slice(0, -1), otherwise: lists.at(-1) ?? [] };
    case "set":
    case "set-global":
    case "store":
    case "leave":
    case "again":
    case "run":
    case "return":
      return it;
  }
};

/** Which exit a part took: 0 is its end. */
const way = i32("way");

/** Makes a function of the list, and returns the call that stands for it. */
const takenOut = (part: Code, split: Split): Code => {
  const { sources, total, functions, pointers } = split;
  const usage = usageOf(part);
  const names = [...usage].filter(([it]) => !sources.has(it));
  const isOwn = (it: string): boolean => {
    const use = usage.get(it);
    return use !== undefined && use.reads + use.writes === total.get(it);
  };
  const others = names.filter(([it]) => !isOwn(it) && it !== way.name);
  const given = others.map(([it, { type }]) => localOf(it, type));
  const missing = pointers.filter((it) => given.every((other) => other.name !== it.name));
  const parameters = [...given, ...missing];
  const returned = others.flatMap(([it, { type, writes }]) =>
    writes > 0 ? [localOf(it, type)] : [],
  );
  const exits = labelsLeft(part);
  const name = `${split.name}_${functions.length}`;
  const goBack = (which: number): Part => [
    returned.map((it) => set(returnPlace(it, returned, split), it)),
    giveBack(which),
  ];
  // Leaving a block around the part leaves one of its own, behind which the function ends.
  const body = exits.reduce<Code>(
    (code, exit, which) => [block(exit, code), goBack(which + 1)],
    [part, goBack(0)],
  );
  functions.push(completed(name, { parameters, sources }, body, usage));
  const reload = returned.map((it) => set(it, returnPlace(it, returned, split)));
  const called = callOf(name, parameters, exits, reload);
  updateTotals(total, usage, usageOf(called));
  return called;
};

/** Where the value of a name waits for the caller: after those of its type before it. */
const returnPlace = (name: Local, returned: readonly Local[], { globals }: Split): Global => {
  const type = name.type === "f64" ? "f64" : "i32";
  if (name.type === "pointer") throw new Error(`a part cannot give back the pointer ${name.name}`);
  const position = returned.filter((it) => it.type === type).indexOf(name);
  const place = global(`${type === "i32" ? "back" : "wideBack"}${position}`, type);
  globals.set(place.name, place);
  return place;
};

/** Calls a part, takes over what it assigned, and leaves the block that it left. */
const callOf = (
  name: string,
  parameters: readonly Local[],
  exits: readonly string[],
  reload: Code,
): Code => {
  const [exit] = exits;
  if (exit === undefined) return [run(name, ...parameters), reload];
  const left =
    exits.length === 1
      ? when(way, leave(exit))
      : choose(way, [[], ...exits.map((it) => leave(it))]);
  return [set(way, call(name, parameters)), reload, left];
};

const updateTotals = (total: Map<string, number>, taken: Usage, left: Usage): void => {
  for (const [it, { reads, writes }] of taken) {
    const mentioned = left.get(it);
    const now = (mentioned?.reads ?? 0) + (mentioned?.writes ?? 0);
    total.set(it, (total.get(it) ?? 0) - reads - writes + now);
  }
};
