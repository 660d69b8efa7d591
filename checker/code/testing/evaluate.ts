// Test support: what generated code means, written to be read: one step of the tree at a time.

import type { Code, CodeFunction, CodeModule, Instruction, Value } from "../code.ts";

type Numbers = Map<string, number>;

/** How an instruction ended: going on, at a label, or with the function. */
type End =
  | { readonly kind: "on" }
  | { readonly kind: "leave" | "again"; readonly label: string }
  | { readonly kind: "return"; readonly value: number };

const on: End = { kind: "on" };

/** Pointers are word indices. Throws on what means nothing, and after very many steps. */
export const evaluateModule = (
  { functions, globals }: CodeModule,
  heap: Int32Array,
): ((name: string, ...values: readonly number[]) => number) => {
  const globalValues: Numbers = new Map(globals.map((it) => [it.name, 0]));
  let steps = 0;

  const call = (name: string, values: readonly number[]): number => {
    const found = functions.find((it) => it.name === name) as CodeFunction;
    const variables: Numbers = new Map([
      ...found.parameters.map((it, index) => [it.name, values[index] as number] as const),
      ...found.locals.map((it) => [it.name, 0] as const),
    ]);
    const end = runCode(found.body, variables);
    if (end.kind === "return") return end.value;
    if (end.kind !== "on" || found.result !== undefined) throw new Error(`${name} has no end`);
    return 0;
  };

  const runCode = (code: Code, variables: Numbers): End => {
    for (const it of code) {
      const end = "kind" in it ? runOne(it, variables) : runCode(it, variables);
      if (end.kind !== "on") return end;
    }
    return on;
  };

  const runOne = (it: Instruction, variables: Numbers): End => {
    steps += 1;
    if (steps > 200_000) throw new Error("no end in sight");
    const value = (of: Value): number => valueOf(of, variables);
    switch (it.kind) {
      case "set":
        variables.set(it.name, value(it.value));
        return on;
      case "set-global":
        globalValues.set(it.name, value(it.value));
        return on;
      case "store": {
        const place = inside(value(it.pointer) + it.offset);
        heap[place] = value(it.value);
        return on;
      }
      case "if":
        return runCode(value(it.condition) !== 0 ? it.then : it.otherwise, variables);
      case "block": {
        const end = runCode(it.body, variables);
        return end.kind === "leave" && end.label === it.label ? on : end;
      }
      case "loop":
        for (;;) {
          const end = runCode(it.body, variables);
          if (end.kind === "leave" && end.label === it.label) return on;
          const repeats = end.kind === "on" || (end.kind === "again" && end.label === it.label);
          if (!repeats) return end;
        }
      case "switch":
        return runCode(it.bodies[value(it.value)] ?? it.otherwise, variables);
      case "leave":
      case "again":
        return it;
      case "run":
        call(it.name, it.values.map(value));
        return on;
      case "return":
        return { kind: "return", value: it.value === undefined ? 0 : value(it.value) };
    }
  };

  const inside = (place: number): number => {
    if (!(place >= 0 && place < heap.length)) throw new Error(`${place} is outside the heap`);
    return place;
  };

  const valueOf = (it: Value, variables: Numbers): number => {
    const value = (of: Value): number => valueOf(of, variables);
    const word = (): number => inside(value("pointer" in it ? it.pointer : it) + offsetOf(it));
    switch (it.kind) {
      case "constant":
        return it.value;
      case "local":
        return variables.get(it.name) as number;
      case "global":
        return globalValues.get(it.name) as number;
      case "load":
        return heap[word()] as number;
      case "place":
        return value(it.word);
      case "advance":
        return value(it.pointer) + value(it.words);
      case "unary":
        return unary[it.operator](value(it.operand));
      case "binary": {
        const [left, right] = [BigInt(value(it.left)), BigInt(value(it.right))];
        const exact = binary[it.operator](left, right);
        if (it.type === "f64") return safe(Number(exact));
        return Number(BigInt.asIntN(32, exact));
      }
      case "both":
        return value(it.left) !== 0 && value(it.right) !== 0 ? 1 : 0;
      case "either":
        return value(it.left) !== 0 || value(it.right) !== 0 ? 1 : 0;
      case "select":
        return value(value(it.condition) !== 0 ? it.then : it.otherwise);
      case "call":
        return call(it.name, it.values.map(value));
      case "compare-exchange": {
        const place = word();
        const [expected, replacement] = [value(it.expected), value(it.replacement)];
        const before = heap[place] as number;
        if (before === expected) heap[place] = replacement;
        return before;
      }
      case "fetch-add": {
        const place = word();
        const amount = value(it.amount);
        const before = heap[place] as number;
        heap[place] = before + amount;
        return before;
      }
    }
  };

  return (name, ...values) => call(name, values);
};

const offsetOf = (it: Value): number => ("offset" in it ? it.offset : 0);

const safe = (value: number): number => {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} has more than 53 bits`);
  return value;
};

const bits = (value: number): string => (value >>> 0).toString(2).padStart(32, "0");

const unary: Record<Extract<Value, { kind: "unary" }>["operator"], (value: number) => number> = {
  "is-zero": (it) => (it === 0 ? 1 : 0),
  "count-bits": (it) => bits(it).replaceAll("0", "").length,
  "leading-zeros": (it) => bits(it).length - bits(it).replace(/^0*/, "").length,
  "trailing-zeros": (it) => bits(it).length - bits(it).replace(/0*$/, "").length,
  widen: (it) => it,
  "widen-unsigned": (it) => it >>> 0,
  narrow: (it) => Number(BigInt.asIntN(32, BigInt(it))),
  "word-of": (it) => it,
};

const unsigned = (value: bigint): bigint => BigInt.asUintN(32, value);
const amount = (value: bigint): bigint => unsigned(value) % 32n;
const truth = (holds: boolean): bigint => (holds ? 1n : 0n);

/** On whole numbers of any size; an i32 is what is left of the result modulo 2^32. */
const binary: Record<
  Extract<Value, { kind: "binary" }>["operator"],
  (left: bigint, right: bigint) => bigint
> = {
  add: (left, right) => left + right,
  subtract: (left, right) => left - right,
  multiply: (left, right) => left * right,
  divide: (left, right) => left / right,
  remainder: (left, right) => left % right,
  and: (left, right) => left & right,
  or: (left, right) => left | right,
  xor: (left, right) => left ^ right,
  "shift-left": (left, right) => left << amount(right),
  "shift-right": (left, right) => left >> amount(right),
  "shift-right-unsigned": (left, right) => unsigned(left) >> amount(right),
  equal: (left, right) => truth(left === right),
  unequal: (left, right) => truth(left !== right),
  less: (left, right) => truth(left < right),
  "less-equal": (left, right) => truth(left <= right),
  greater: (left, right) => truth(left > right),
  "greater-equal": (left, right) => truth(left >= right),
  "less-unsigned": (left, right) => truth(unsigned(left) < unsigned(right)),
  "greater-unsigned": (left, right) => truth(unsigned(left) > unsigned(right)),
};
