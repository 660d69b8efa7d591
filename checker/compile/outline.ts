// Keeps generated functions short: the longest parts of a piece become functions of their own.

import type { Piece } from "./actions.ts";
import type { Code, Frame } from "./scope.ts";

/*
 * The engine optimises no function beyond a size, and long ones badly. A part is a list of
 * statements. What it reads is passed to it; what it assigns comes back through `F` (integers of
 * one word) or, for locals, which may be larger, through variables of the module. A part ends in
 * one of several ways: at its end, or by leaving a block around it; it returns which.
 */

/** In characters of generated text. */
export interface Lengths {
  /** A function of more is split where it can be. */
  readonly function: number;
  /** Shorter parts are not worth a call. */
  readonly part: number;
}

export interface Outlined {
  readonly code: Code;
  readonly functions: Code;
  /** Names that come back through variables of the module. */
  readonly shared: ReadonlySet<string>;
  /** Words of `F` that are used. */
  readonly returned: number;
}

export const lengthOf = (code: Code): number =>
  code.reduce(
    (sum: number, it) => sum + (typeof it === "string" ? it.length + 1 : lengthOf(it)),
    0,
  );

/** All lines in order. One list is filled: parts are nested deeply. */
export const linesOf = (code: Code): readonly string[] => {
  const lines: string[] = [];
  const add = (it: Code): void => {
    for (const part of it) {
      if (typeof part !== "string") add(part);
      else if (part !== "") lines.push(part);
    }
  };
  add(code);
  return lines;
};

const identifier = /[A-Za-z_]\w*/g;
const assignment = /([A-Za-z_]\w*) \+?= /g;

/** What the pieces of one action share while they are split. */
interface Split {
  readonly name: string;
  readonly lengths: Lengths;
  readonly isVariable: (name: string) => boolean;
  /**
   * How often each variable stands in the piece as it is now, parts taken out aside: where a part
   * has them all, the variable is its own.
   */
  readonly total: Map<string, number>;
  readonly functions: (string | Code)[];
  readonly shared: Set<string>;
  /** Position in `F` by name. */
  readonly places: Map<string, number>;
}

const countNames = (text: string, isVariable: (name: string) => boolean): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const [name] of text.matchAll(identifier)) {
    if (isVariable(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
};

/** Constants of the function around: words and networks of the source state. */
const isConstant = (name: string): boolean => /^(w\d+|C\d+|B\d+_\d+_\d+)$/.test(name);

/** Splits the code of a piece; `name` begins the names of its parts. */
export const outline = (piece: Piece, name: string, lengths: Lengths): Outlined => {
  const isVariable = (it: string): boolean =>
    (it !== "way" && piece.frame.names.has(it)) || isConstant(it);
  const split: Split = {
    name,
    lengths,
    isVariable,
    total: new Map(),
    functions: [],
    shared: new Set(),
    places: new Map(),
  };
  const { functions, shared } = split;
  if (lengthOf(piece.code) <= lengths.function) {
    return { code: piece.code, functions, shared, returned: 0 };
  }
  for (const [it, count] of countNames(linesOf(piece.code).join("\n"), isVariable)) {
    split.total.set(it, count);
  }
  const { code } = shortened(piece.code, split, piece.frame);
  return { code, functions, shared, returned: split.places.size };
};

interface Measured {
  readonly code: Code;
  readonly length: number;
}

/** The code with its longest lists of statements taken out, from the inside, until it is short. */
const shortened = (code: Code, split: Split, frame: Frame): Measured => {
  const parts = code.map((it) =>
    typeof it === "string" ? { code: it, length: it.length + 1 } : shortened(it, split, frame),
  );
  let length = parts.reduce((sum, it) => sum + it.length, 0);
  if (length > split.lengths.function) {
    const byLength = [...parts.keys()].toSorted(
      (left, right) => (parts[right]?.length ?? 0) - (parts[left]?.length ?? 0),
    );
    for (const index of byLength) {
      const part = parts[index];
      if (length <= split.lengths.function || part === undefined) break;
      if (part.length < split.lengths.part) break;
      if (typeof part.code === "string") continue;
      const call = takenOut(part.code, split, frame);
      const left = { code: call, length: lengthOf(call) };
      parts[index] = left;
      length += left.length - part.length;
    }
  }
  return { code: parts.map((it) => it.code), length };
};

/** Labels that the text leaves and does not contain. */
const labelsLeft = (text: string): readonly string[] => {
  const left = [...text.matchAll(/\bbreak (\w+);/g)].map(([, label = ""]) => label);
  return [...new Set(left)].filter((it) => !text.includes(`${it}: {`)).toSorted();
};

/** Where the value of a name waits for the caller. */
const returnPlace = (name: string, { shared, places }: Split): string => {
  if (/^[lu]/.test(name)) {
    shared.add(name);
    return `F${name}`;
  }
  const place = places.get(name) ?? places.size;
  places.set(name, place);
  return `F[${place}]`;
};

/** Makes a function of the statements, and returns the call that stands for them. */
const takenOut = (part: Code, split: Split, frame: Frame): Code => {
  const lines = linesOf(part);
  const text = lines.join("\n");
  const counts = countNames(text, split.isVariable);
  const isOwn = (it: string) => counts.get(it) === split.total.get(it) && !isConstant(it);
  const names = [...counts.keys()].toSorted();
  const own = names.filter(isOwn);
  const given = names.filter((it) => !isOwn(it));
  const assigned = new Set([...text.matchAll(assignment)].map(([, name = ""]) => name));
  const returned = given.filter((it) => assigned.has(it));
  const labels = labelsLeft(text);
  const name = `${split.name}_${split.functions.length}`;
  const leave = labels.map((_, way) => `} way = ${way + 1}; break done;`);
  split.functions.push([
    `function ${name}(${given.join(", ")}) {`,
    `let way = 0${own.map((it) => `, ${it} = 0`).join("")};`,
    `done: { ${labels.map((it) => `${it}: {`).join(" ")}`,
    ...lines,
    "way = 0; break done;",
    ...leave.toReversed(),
    "}",
    ...returned.map((it) => `${returnPlace(it, split)} = ${it};`),
    "return way;",
    "}",
  ]);
  for (const it of own) frame.names.delete(it);
  const call = callOf(`${name}(${given.join(", ")});`, labels, returned, split, frame);
  const mentioned = countNames(linesOf(call).join("\n"), split.isVariable);
  for (const [it, count] of counts) {
    split.total.set(it, (split.total.get(it) ?? 0) - count + (mentioned.get(it) ?? 0));
  }
  return call;
};

/** Calls a part, takes over what it assigned, and leaves the block that it left. */
const callOf = (
  call: string,
  labels: readonly string[],
  returned: readonly string[],
  split: Split,
  frame: Frame,
): Code => {
  const reload = returned.map((it) => `${it} = ${returnPlace(it, split)};`);
  if (labels.length === 0) return [call, ...reload];
  frame.names.add("way");
  const ways = labels.map((it, way) => `if (way === ${way + 1}) break ${it};`);
  return [`way = ${call}`, ...reload, `if (way !== 0) { ${ways.join(" ")} }`];
};
