// Values of generated code as JavaScript expressions.

/*
 * A value is printed for what is done with it:
 *
 *   exact      a number that is the i32 or f64
 *   loose      a number that is the i32 modulo 2^32, where the operator around it takes care of it
 *   condition  anything whose truth is what matters
 *
 * Words of the heap are `H`, an Int32Array; i32 globals are `G`, another one, and f64 globals `F`.
 */

import type { Operator, Value } from "./code.ts";
import { constantOf } from "./constants.ts";
import { functionName, localName } from "./javascript-names.ts";
import { isTruth, typeOf } from "./typing.ts";

/** A text and how tightly its outermost operator binds. */
interface Text {
  readonly text: string;
  readonly level: number;
}

const level = {
  choice: 2,
  either: 3,
  both: 4,
  or: 5,
  xor: 6,
  and: 7,
  equality: 8,
  relation: 9,
  shift: 10,
  sum: 11,
  product: 12,
  prefix: 14,
  atom: 18,
};

export type Globals = ReadonlyMap<string, number>;

export interface ValuePrinter {
  readonly exact: (value: Value) => string;
  readonly loose: (value: Value) => string;
  readonly condition: (value: Value) => string;
  readonly opposite: (value: Value) => string;
  readonly word: (pointer: Value, offset: number) => string;
  readonly atomicStore: (pointer: Value, offset: number, value: Value) => string;
  readonly call: (name: string, values: readonly Value[]) => string;
}

const atom = (text: string): Text => ({ text, level: level.atom });

const within = (it: Text, least: number): string => (it.level < least ? `(${it.text})` : it.text);

const infix = (own: number, operator: string, left: Text, right: Text): Text => ({
  text: `${within(left, own)} ${operator} ${within(right, own + 1)}`,
  level: own,
});

const zero = atom("0");

/** As an i32: what `| 0` makes of it. */
const signed = (it: Text): Text => infix(level.or, "|", it, zero);

const unsigned = (it: Text): Text => infix(level.shift, ">>>", it, zero);

const number = (value: number): Text => ({
  text: String(value),
  level: value < 0 ? level.prefix : level.atom,
});

const truthNumber = (it: Text): Text => ({
  text: `${within(it, level.choice + 1)} ? 1 : 0`,
  level: level.choice,
});

const symbols: Readonly<Record<Operator, readonly [string, number]>> = {
  add: ["+", level.sum],
  subtract: ["-", level.sum],
  multiply: ["*", level.product],
  divide: ["/", level.product],
  remainder: ["%", level.product],
  and: ["&", level.and],
  or: ["|", level.or],
  xor: ["^", level.xor],
  "shift-left": ["<<", level.shift],
  "shift-right": [">>", level.shift],
  "shift-right-unsigned": [">>>", level.shift],
  equal: ["===", level.equality],
  unequal: ["!==", level.equality],
  less: ["<", level.relation],
  "less-equal": ["<=", level.relation],
  greater: [">", level.relation],
  "greater-equal": [">=", level.relation],
  "less-unsigned": ["<", level.relation],
  "greater-unsigned": [">", level.relation],
};

/** Terms of a sum that may be added without a rounding: 64 numbers of 47 bits. */
const mostTerms = 64;
const largestLooseFactor = 2 ** 15;
/** An i32 times less than this stays below 2^53. */
const largestPlainFactor = 2 ** 21;

const isSum = (value: Value): value is Extract<Value, { kind: "binary" }> =>
  value.kind === "binary" && (value.operator === "add" || value.operator === "subtract");

const terms = (value: Value): number => (isSum(value) ? terms(value.left) + terms(value.right) : 1);

export const valuePrinter = (globals: Globals): ValuePrinter => {
  const exact = (value: Value): Text => {
    switch (value.kind) {
      case "constant":
        return number(value.value);
      case "local":
        return atom(localName(value.name));
      case "global":
        return atom(`${value.type === "i32" ? "G" : "F"}[${globals.get(value.name)}]`);
      case "load":
        return value.atomic === true
          ? atom(`Atomics.load(H, ${index(value.pointer, value.offset).text})`)
          : atom(word(value.pointer, value.offset));
      case "place":
        return exact(value.word);
      case "advance":
        return signed(loose(value));
      case "unary":
        return unary(value);
      case "binary":
        return value.type === "f64" ? wideBinary(value) : binary(value);
      case "both":
      case "either":
        return truthNumber(condition(value));
      case "select":
        return choice(value, exact);
      case "call":
        return atom(call(value.name, value.values));
      case "compare-exchange":
        return atomic("compareExchange", value, value.expected, value.replacement);
      case "fetch-add":
        return atomic("add", value, value.amount);
    }
  };

  const argument = (value: Value): string => exact(value).text;

  const call = (name: string, values: readonly Value[]): string =>
    `${functionName(name)}(${values.map(argument).join(", ")})`;

  const atomic = (
    name: string,
    { pointer, offset }: { readonly pointer: Value; readonly offset: number },
    ...values: readonly Value[]
  ): Text =>
    atom(
      `Atomics.${name}(H, ${[index(pointer, offset).text, ...values.map(argument)].join(", ")})`,
    );

  const index = (pointer: Value, offset: number): Text => {
    if (offset === 0) return exact(pointer);
    const known = pointer.kind === "place" ? constantOf(pointer.word) : undefined;
    return known === undefined
      ? infix(level.sum, offset < 0 ? "-" : "+", exact(pointer), number(Math.abs(offset)))
      : number(known + offset);
  };

  const word = (pointer: Value, offset: number): string => `H[${index(pointer, offset).text}]`;

  const choice = (
    value: Extract<Value, { kind: "select" }>,
    print: (value: Value) => Text,
  ): Text => ({
    text: [
      within(condition(value.condition), level.choice + 1),
      ` ? ${within(print(value.then), level.choice)}`,
      ` : ${within(print(value.otherwise), level.choice)}`,
    ].join(""),
    level: level.choice,
  });

  const unary = (value: Extract<Value, { kind: "unary" }>): Text => {
    const { operand } = value;
    switch (value.operator) {
      case "is-zero":
        return truthNumber(condition(value));
      case "count-bits":
        return atom(`f$$countBits(${argument(operand)})`);
      case "leading-zeros":
        return atom(`Math.clz32(${loose(operand).text})`);
      case "trailing-zeros":
        return atom(`f$$trailingZeros(${argument(operand)})`);
      case "widen":
      case "word-of":
        return exact(operand);
      case "widen-unsigned":
        return unsigned(loose(operand));
      case "narrow":
        return signed(exact(operand));
    }
  };

  const binary = (value: Extract<Value, { kind: "binary" }>): Text => {
    const { operator, left, right } = value;
    const [symbol, own] = symbols[operator];
    switch (operator) {
      case "add":
      case "subtract":
        return signed(loose(value));
      case "multiply":
        return isPlainFactor(right, largestPlainFactor)
          ? signed(infix(own, symbol, exact(left), exact(right)))
          : atom(`Math.imul(${loose(left).text}, ${loose(right).text})`);
      case "divide":
      case "remainder":
        return signed(infix(own, symbol, exact(left), exact(right)));
      case "and":
      case "or":
      case "xor":
      case "shift-left":
      case "shift-right":
        return infix(own, symbol, loose(left), loose(right));
      case "shift-right-unsigned": {
        const by = constantOf(right) ?? 0;
        const shifted = infix(own, symbol, loose(left), loose(right));
        return (by & 31) === 0 ? signed(shifted) : shifted;
      }
      case "equal":
      case "unequal":
      case "less":
      case "less-equal":
      case "greater":
      case "greater-equal":
      case "less-unsigned":
      case "greater-unsigned":
        return truthNumber(condition(value));
    }
  };

  const wideBinary = (value: Extract<Value, { kind: "binary" }>): Text => {
    const { operator, left, right } = value;
    if (isTruth(value)) return truthNumber(condition(value));
    if (operator === "remainder")
      return atom(`f$$remainder(${argument(left)}, ${argument(right)})`);
    const [symbol, own] = symbols[operator];
    const result = infix(own, symbol, exact(left), exact(right));
    return operator === "divide" ? atom(`Math.trunc(${result.text})`) : result;
  };

  const loose = (value: Value): Text => {
    if (typeOf(value) === "f64") throw new Error("an f64 is never loose");
    if (value.kind === "advance") {
      return infix(level.sum, "+", looseTerm(value.pointer), looseTerm(value.words));
    }
    if (value.kind === "place") return loose(value.word);
    if (isSum(value)) {
      const [symbol, own] = symbols[value.operator];
      const term = terms(value) <= mostTerms ? looseTerm : exact;
      return infix(own, symbol, term(value.left), term(value.right));
    }
    return looseTerm(value);
  };

  const looseTerm = (value: Value): Text => {
    if (isSum(value) && value.type === "i32") return loose(value);
    if (value.kind !== "binary" || value.type !== "i32") return exact(value);
    const [symbol, own] = symbols[value.operator];
    if (value.operator === "multiply" && isPlainFactor(value.right, largestLooseFactor)) {
      return infix(own, symbol, exact(value.left), exact(value.right));
    }
    return value.operator === "shift-right-unsigned"
      ? infix(own, symbol, loose(value.left), loose(value.right))
      : exact(value);
  };

  const condition = (value: Value): Text => {
    if (value.kind === "both") {
      return infix(level.both, "&&", condition(value.left), condition(value.right));
    }
    if (value.kind === "either") {
      return infix(level.either, "||", condition(value.left), condition(value.right));
    }
    if (value.kind === "select") return choice(value, condition);
    if (value.kind === "unary" && value.operator === "is-zero") return opposite(value.operand);
    if (value.kind === "binary" && isTruth(value)) return comparison(value);
    return infix(level.equality, "!==", exact(value), zero);
  };

  const comparison = ({ operator, left, right }: Extract<Value, { kind: "binary" }>): Text => {
    const [symbol, own] = symbols[operator];
    const isUnsigned = operator === "less-unsigned" || operator === "greater-unsigned";
    const side = (it: Value): Text =>
      !isUnsigned
        ? exact(it)
        : it.kind === "constant"
          ? number(it.value >>> 0)
          : unsigned(loose(it));
    return infix(own, symbol, side(left), side(right));
  };

  /** Holds when the value is 0. */
  const opposite = (value: Value): Text =>
    isTruth(value)
      ? { text: `!${within(condition(value), level.prefix)}`, level: level.prefix }
      : infix(level.equality, "===", exact(value), zero);

  return {
    exact: (value) => exact(value).text,
    loose: (value) => loose(value).text,
    condition: (value) => condition(value).text,
    opposite: (value) => opposite(value).text,
    word,
    atomicStore: (pointer, offset, value) => atomic("store", { pointer, offset }, value).text,
    call,
  };
};

const isPlainFactor = (value: Value, limit: number): boolean =>
  value.kind === "constant" && Math.abs(value.value) < limit;
