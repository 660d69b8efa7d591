// Values of generated code as WebAssembly: each leaves one value on the stack.

import type { Value } from "./code.ts";
import { constantOf } from "./constants.ts";
import { negatedComparison } from "./fold.ts";
import { doubleBytes, signedLeb, unsignedLeb } from "./leb128.ts";
import {
  atomicOp,
  f64Operator,
  i32Operator,
  noResult,
  op,
  pointerOperator,
  truncateToI64,
  valueType,
} from "./opcodes.ts";
import { isTruth, typeOf } from "./typing.ts";
import { withoutTruth } from "./values.ts";

export interface Signature {
  readonly index: number;
  readonly hasResult: boolean;
}

/** The function that is being written. `bytes` only grows, but for a `set` that becomes a `tee`. */
export interface Emitter {
  readonly bytes: number[];
  readonly locals: ReadonlyMap<string, number>;
  readonly globals: ReadonlyMap<string, number>;
  readonly functions: ReadonlyMap<string, Signature>;
  /** Two f64 locals for a remainder; asked for when needed. */
  readonly scratch: () => readonly [number, number];
  /** Where the last `local.set` begins and ends, and what it sets. */
  lastSet: { readonly begin: number; readonly end: number; readonly local: number } | undefined;
}

type Kind<K extends Value["kind"]> = Extract<Value, { kind: K }>;

export const emit = (to: Emitter, ...bytes: readonly number[]): void => {
  to.bytes.push(...bytes);
};

export const indexOf = <A>(map: ReadonlyMap<string, A>, name: string): A => {
  const found = map.get(name);
  if (found === undefined) throw new Error(`nothing is called ${name}`);
  return found;
};

/** A number from 0 on; nearly all are single bytes. */
export const emitNumber = (to: Emitter, value: number): void => {
  if (value < 0x80) to.bytes.push(value);
  else emit(to, ...unsignedLeb(value));
};

/** An operation, and what it is about. */
export const emitWith = (to: Emitter, code: number, value: number): void => {
  to.bytes.push(code);
  emitNumber(to, value);
};

export const emitConstant = (to: Emitter, value: number): void => {
  const word = value | 0;
  if (word >= -0x40 && word < 0x40) to.bytes.push(op.i32Const, word & 0x7f);
  else emit(to, op.i32Const, ...signedLeb(word));
};

/** A `get` right behind the `set` of the same local is one `tee`. */
const getLocal = (to: Emitter, local: number): void => {
  const last = to.lastSet;
  if (last?.local === local && last.end === to.bytes.length) {
    to.bytes[last.begin] = op.localTee;
    to.lastSet = undefined;
  } else {
    emitWith(to, op.localGet, local);
  }
};

export const setLocal = (to: Emitter, local: number): void => {
  const begin = to.bytes.length;
  emitWith(to, op.localSet, local);
  to.lastSet = { begin, end: to.bytes.length, local };
};

export const emitValue = (to: Emitter, value: Value): void => {
  switch (value.kind) {
    case "constant":
      return value.type === "f64"
        ? emit(to, op.f64Const, ...doubleBytes(value.value))
        : emitConstant(to, value.value);
    case "local":
      return getLocal(to, indexOf(to.locals, value.name));
    case "global":
      return emitWith(to, op.globalGet, indexOf(to.globals, value.name));
    case "load": {
      const offset = emitAddress(to, value.pointer, value.offset);
      if (value.atomic === true) emit(to, ...atomicOp.load);
      else to.bytes.push(op.load);
      return emitOffset(to, offset);
    }
    case "place":
      return emitScaled(to, value.word);
    case "advance":
      emitValue(to, value.pointer);
      emitScaled(to, value.words);
      return emit(to, op.add);
    case "unary":
      return emitUnary(to, value);
    case "binary":
      return emitBinary(to, value);
    case "both":
    case "either":
      return emitConnected(to, value);
    case "select":
      return emitSelect(to, value);
    case "call":
      value.values.forEach((it) => emitValue(to, it));
      return emitWith(to, op.call, indexOf(to.functions, value.name).index);
    case "compare-exchange": {
      const offset = emitAddress(to, value.pointer, value.offset);
      emitValue(to, value.expected);
      emitValue(to, value.replacement);
      emit(to, ...atomicOp.compareExchange);
      return emitOffset(to, offset);
    }
    case "fetch-add": {
      const offset = emitAddress(to, value.pointer, value.offset);
      emitValue(to, value.amount);
      emit(to, ...atomicOp.add);
      return emitOffset(to, offset);
    }
  }
};

/** Alignment by four, and an offset in bytes. */
export const emitOffset = (to: Emitter, offset: number): void => emitWith(to, 2, offset);

/** Leaves an address; the answer is what the access itself has to add, in bytes. */
export const emitAddress = (to: Emitter, pointer: Value, offset: number): number => {
  const known = pointer.kind === "place" ? constantOf(pointer.word) : undefined;
  if (known !== undefined) {
    emitConstant(to, (known + offset) << 2);
    return 0;
  }
  emitValue(to, pointer);
  if (offset >= 0) return offset * 4;
  emitConstant(to, offset << 2);
  emit(to, op.add);
  return 0;
};

/** A number of words as a number of bytes, modulo 2^32. */
const emitScaled = (to: Emitter, words: Value): void => {
  if (words.kind === "constant") return emitConstant(to, words.value << 2);
  const factor = words.kind === "binary" ? constantOf(words.right) : undefined;
  if (words.kind === "binary" && factor !== undefined) {
    if (words.operator === "multiply") {
      emitValue(to, words.left);
      emitConstant(to, factor << 2);
      return emit(to, i32Operator.multiply);
    }
    if (words.operator === "shift-left" && (factor & 31) < 30) {
      emitValue(to, words.left);
      emitConstant(to, (factor & 31) + 2);
      return emit(to, op.shl);
    }
  }
  emitValue(to, words);
  emitConstant(to, 2);
  return emit(to, op.shl);
};

const emitUnary = (to: Emitter, { operator, operand }: Kind<"unary">): void => {
  if (operator === "is-zero") {
    emitCondition(to, operand);
    return emit(to, op.eqz);
  }
  emitValue(to, operand);
  switch (operator) {
    case "count-bits":
      return emit(to, op.popcnt);
    case "leading-zeros":
      return emit(to, op.clz);
    case "trailing-zeros":
      return emit(to, op.ctz);
    case "widen":
      return emit(to, op.convertSigned);
    case "widen-unsigned":
      return emit(to, op.convertUnsigned);
    case "narrow":
      return emit(to, ...truncateToI64, op.wrapI64);
    case "word-of":
      emitConstant(to, 2);
      return emit(to, op.shrUnsigned);
  }
};

const emitBinary = (to: Emitter, value: Kind<"binary">): void => {
  const { type, operator, left, right } = value;
  if (type === "f64") return emitWide(to, value);
  if (type === "i32" && operator === "divide") return emitDivision(to, left, right);
  emitValue(to, left);
  if (operator === "equal" && constantOf(right) === 0) return emit(to, op.eqz);
  emitValue(to, right);
  const code = type === "pointer" ? pointerOperator[operator] : i32Operator[operator];
  if (code === undefined) throw new Error(`${operator} is not defined on pointers`);
  return emit(to, code);
};

/** The least i32 by -1 is no i32 and would trap: only a known divisor is safe, or 64 bits. */
const emitDivision = (to: Emitter, left: Value, right: Value): void => {
  const known = constantOf(right);
  const isNarrow = known !== undefined && known !== -1;
  for (const it of [left, right]) {
    emitValue(to, it);
    if (!isNarrow) emit(to, op.extendI32);
  }
  emit(to, ...(isNarrow ? [i32Operator.divide] : [op.i64Divide, op.wrapI64]));
};

const emitWide = (to: Emitter, { operator, left, right }: Kind<"binary">): void => {
  emitValue(to, left);
  emitValue(to, right);
  if (operator === "divide") {
    // The quotient of two integers of 53 bits is never rounded up to a whole number.
    return emit(to, op.f64Divide, op.f64Trunc);
  }
  if (operator === "remainder") {
    const [dividend, divisor] = to.scratch();
    setLocal(to, divisor);
    setLocal(to, dividend);
    for (const it of [dividend, dividend, divisor]) getLocal(to, it);
    emit(to, op.f64Divide, op.f64Trunc);
    getLocal(to, divisor);
    return emit(to, op.f64Multiply, op.f64Subtract);
  }
  const code = f64Operator[operator];
  if (code === undefined) throw new Error(`${operator} is not defined on f64`);
  return emit(to, code);
};

/** Leaves something that is not 0 if the condition holds. */
export const emitCondition = (to: Emitter, value: Value): void =>
  emitValue(to, withoutTruth(value));

/** Leaves 0 or 1. */
const emitTruth = (to: Emitter, value: Value): void => {
  emitValue(to, value);
  if (!isTruth(value)) emit(to, op.eqz, op.eqz);
};

const emitConnected = (to: Emitter, { kind, left, right }: Kind<"both" | "either">): void => {
  if (isCheap(right)) {
    emitTruth(to, left);
    emitTruth(to, right);
    return emit(to, kind === "both" ? i32Operator.and : i32Operator.or);
  }
  emitCondition(to, left);
  emit(to, op.if, valueType.i32);
  if (kind === "both") emitTruth(to, right);
  else emitConstant(to, 1);
  emit(to, op.else);
  if (kind === "both") emitConstant(to, 0);
  else emitTruth(to, right);
  emit(to, op.end);
};

const emitSelect = (to: Emitter, value: Kind<"select">): void => {
  const { condition, then, otherwise } = value;
  if (isCheap(then) && isCheap(otherwise)) {
    emitValue(to, then);
    emitValue(to, otherwise);
    emitCondition(to, condition);
    return emit(to, op.select);
  }
  emitCondition(to, condition);
  emit(to, op.if, valueType[typeOf(value)]);
  emitValue(to, then);
  emit(to, op.else);
  emitValue(to, otherwise);
  emit(to, op.end);
};

/** Cheaper to compute than to jump around, and without any effect that could be seen. */
const isCheap = (value: Value, depth = 2): boolean => {
  switch (value.kind) {
    case "constant":
    case "local":
      return true;
    case "place":
      return depth > 0 && isCheap(value.word, depth - 1);
    case "advance":
      return depth > 0 && isCheap(value.pointer, depth - 1) && isCheap(value.words, depth - 1);
    case "unary":
      return depth > 0 && isCheap(value.operand, depth - 1);
    case "binary":
      return (
        depth > 0 &&
        value.operator !== "divide" &&
        value.operator !== "remainder" &&
        isCheap(value.left, depth - 1) &&
        isCheap(value.right, depth - 1)
      );
    case "both":
    case "either":
    case "select":
    case "global":
    case "load":
    case "call":
    case "compare-exchange":
    case "fetch-add":
      return false;
  }
};

/** Jumps `depth` blocks out if the condition is as wanted; goes on behind it otherwise. */
export const emitJump = (to: Emitter, value: Value, isWanted: boolean, depth: number): void => {
  if (value.kind === "unary" && value.operator === "is-zero") {
    return emitJump(to, value.operand, !isWanted, depth);
  }
  if (value.kind === "both" || value.kind === "either") {
    // Wanted: one of several. Else the first that fails leads behind this jump.
    if ((value.kind === "either") === isWanted) {
      emitJump(to, value.left, isWanted, depth);
      return emitJump(to, value.right, isWanted, depth);
    }
    emit(to, op.block, noResult);
    emitJump(to, value.left, !isWanted, 0);
    emitJump(to, value.right, isWanted, depth + 1);
    return emit(to, op.end);
  }
  const opposite = isWanted ? undefined : negatedComparison(value);
  emitCondition(to, opposite ?? value);
  if (!isWanted && opposite === undefined) emit(to, op.eqz);
  return emitWith(to, op.brIf, depth);
};
