// Which variables code uses, how often, and where it goes: exact counts, by walking the data.

import type { Code, Instruction, Local, Type, Value } from "../code/index.ts";
import { typeOf } from "../code/index.ts";

export interface Use {
  readonly type: Type;
  reads: number;
  writes: number;
}

export type Usage = Map<string, Use>;

/* These walks see every node of a program: they make no lists on their way. */

/** Visits every variable that a value reads, and answers the number of its nodes. */
const visit = (value: Value, read: ((local: Local) => void) | undefined): number => {
  switch (value.kind) {
    case "constant":
    case "global":
      return 1;
    case "local":
      read?.(value);
      return 1;
    case "load":
      return 1 + visit(value.pointer, read);
    case "place":
      return 1 + visit(value.word, read);
    case "advance":
      return 1 + visit(value.pointer, read) + visit(value.words, read);
    case "unary":
      return 1 + visit(value.operand, read);
    case "binary":
    case "both":
    case "either":
      return 1 + visit(value.left, read) + visit(value.right, read);
    case "select":
      return (
        1 + visit(value.condition, read) + visit(value.then, read) + visit(value.otherwise, read)
      );
    case "call":
      return value.values.reduce((sum, it) => sum + visit(it, read), 1);
    case "compare-exchange":
      return (
        1 +
        visit(value.pointer, read) +
        visit(value.expected, read) +
        visit(value.replacement, read)
      );
    case "fetch-add":
      return 1 + visit(value.pointer, read) + visit(value.amount, read);
  }
};

/** Likewise of what an instruction evaluates itself. */
const visitOwn = (it: Instruction, read: ((local: Local) => void) | undefined): number => {
  switch (it.kind) {
    case "set":
    case "set-global":
    case "switch":
      return 1 + visit(it.value, read);
    case "store":
      return 1 + visit(it.pointer, read) + visit(it.value, read);
    case "if":
      return 1 + visit(it.condition, read);
    case "run":
      return it.values.reduce((sum, value) => sum + visit(value, read), 1);
    case "return":
      return it.value === undefined ? 1 : 1 + visit(it.value, read);
    case "block":
    case "loop":
    case "leave":
    case "again":
      return 1;
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

/** Number of nodes, without the lists inside. */
export const ownSize = (it: Instruction): number => visitOwn(it, undefined);

export const isInstruction = (part: Instruction | Code): part is Instruction => "kind" in part;

/** Lists do not change once they are written; the same list is measured more than once. */
const sizes = new WeakMap<Code, number>();

/** Number of nodes of code. */
export const sizeOfCode = (code: Code): number => {
  const before = sizes.get(code);
  if (before !== undefined) return before;
  let size = 0;
  for (const part of code) {
    if (!isInstruction(part)) size += sizeOfCode(part);
    else {
      size += ownSize(part);
      for (const list of listsOf(part)) size += sizeOfCode(list);
    }
  }
  sizes.set(code, size);
  return size;
};

const useOf = (usage: Usage, name: string, type: Type): Use => {
  const known = usage.get(name);
  if (known !== undefined) return known;
  const use: Use = { type, reads: 0, writes: 0 };
  usage.set(name, use);
  return use;
};

/** What a list of code uses. */
export const usageOf = (code: Code): Usage => {
  const usage: Usage = new Map();
  const read = ({ name, type }: Local): void => {
    useOf(usage, name, type).reads += 1;
  };
  const walk = (list: Code): void => {
    for (const part of list) {
      if (!isInstruction(part)) {
        walk(part);
        continue;
      }
      visitOwn(part, read);
      switch (part.kind) {
        case "set":
          useOf(usage, part.name, typeOf(part.value)).writes += 1;
          break;
        case "if":
          walk(part.then);
          walk(part.otherwise);
          break;
        case "block":
        case "loop":
          walk(part.body);
          break;
        case "switch":
          part.bodies.forEach(walk);
          walk(part.otherwise);
          break;
        case "set-global":
        case "store":
        case "leave":
        case "again":
        case "run":
        case "return":
      }
    }
  };
  walk(code);
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
