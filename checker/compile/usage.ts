// Which variables code uses, how often, and where it goes: exact counts, by walking the data.

import type { Code, Instruction, Type, Value } from "../code/index.ts";
import { typeOf } from "../code/index.ts";

export interface Use {
  readonly type: Type;
  reads: number;
  writes: number;
}

export type Usage = Map<string, Use>;

/** The values that are parts of a value. */
const partsOf = (value: Value): readonly Value[] => {
  switch (value.kind) {
    case "constant":
    case "local":
    case "global":
      return [];
    case "load":
      return [value.pointer];
    case "place":
      return [value.word];
    case "advance":
      return [value.pointer, value.words];
    case "unary":
      return [value.operand];
    case "binary":
    case "both":
    case "either":
      return [value.left, value.right];
    case "select":
      return [value.condition, value.then, value.otherwise];
    case "call":
      return value.values;
    case "compare-exchange":
      return [value.pointer, value.expected, value.replacement];
    case "fetch-add":
      return [value.pointer, value.amount];
  }
};

/** The values that an instruction evaluates itself. */
export const valuesOf = (it: Instruction): readonly Value[] => {
  switch (it.kind) {
    case "set":
    case "set-global":
    case "switch":
      return [it.value];
    case "store":
      return [it.pointer, it.value];
    case "if":
      return [it.condition];
    case "run":
      return it.values;
    case "return":
      return it.value === undefined ? [] : [it.value];
    case "block":
    case "loop":
    case "leave":
    case "again":
      return [];
  }
};

/** The lists inside an instruction. */
export const listsOf = (it: Instruction): readonly Code[] => {
  switch (it.kind) {
    case "if":
      return [it.then, it.otherwise];
    case "block":
    case "loop":
      return [it.body];
    case "switch":
      return [...it.bodies, it.otherwise];
    case "set":
    case "set-global":
    case "store":
    case "leave":
    case "again":
    case "run":
    case "return":
      return [];
  }
};

const sizeOfValue = (value: Value): number => {
  let size = 1;
  for (const part of partsOf(value)) size += sizeOfValue(part);
  return size;
};

/** Number of nodes, without the lists inside. */
export const ownSize = (it: Instruction): number => {
  let size = 1;
  for (const value of valuesOf(it)) size += sizeOfValue(value);
  return size;
};

export const isInstruction = (part: Instruction | Code): part is Instruction => "kind" in part;

/** Number of nodes of code. */
export const sizeOfCode = (code: Code): number => {
  let size = 0;
  for (const part of code) {
    if (!isInstruction(part)) size += sizeOfCode(part);
    else {
      size += ownSize(part);
      for (const list of listsOf(part)) size += sizeOfCode(list);
    }
  }
  return size;
};

const useOf = (usage: Usage, name: string, type: Type): Use => {
  const known = usage.get(name);
  if (known !== undefined) return known;
  const use: Use = { type, reads: 0, writes: 0 };
  usage.set(name, use);
  return use;
};

const noteValue = (value: Value, usage: Usage): void => {
  if (value.kind === "local") useOf(usage, value.name, value.type).reads += 1;
  else for (const part of partsOf(value)) noteValue(part, usage);
};

/** Adds the uses of variables in the code. */
export const noteUses = (code: Code, usage: Usage): void => {
  for (const part of code) {
    if (!isInstruction(part)) {
      noteUses(part, usage);
      continue;
    }
    for (const value of valuesOf(part)) noteValue(value, usage);
    if (part.kind === "set") useOf(usage, part.name, typeOf(part.value)).writes += 1;
    for (const list of listsOf(part)) noteUses(list, usage);
  }
};

export const usageOf = (code: Code): Usage => {
  const usage: Usage = new Map();
  noteUses(code, usage);
  return usage;
};

/** The labels of blocks around the code that it leaves. */
export const labelsLeft = (code: Code): readonly string[] => {
  const found = new Set<string>();
  const walk = (list: Code, inside: readonly string[]): void => {
    for (const part of list) {
      if (!isInstruction(part)) walk(part, inside);
      else if (part.kind === "leave" || part.kind === "again") {
        if (!inside.includes(part.label)) found.add(part.label);
      } else {
        const labels =
          part.kind === "block" || part.kind === "loop" ? [...inside, part.label] : inside;
        for (const inner of listsOf(part)) walk(inner, labels);
      }
    }
  };
  walk(code, []);
  return [...found];
};
