// Numbers of WebAssembly: instructions, types, sections.

import type { Operator, Type } from "./code.ts";

export const valueType: Readonly<Record<Type, number>> = { i32: 0x7f, f64: 0x7c, pointer: 0x7f };

export const section = { type: 1, import: 2, function: 3, global: 6, export: 7, code: 10 };

export const op = {
  unreachable: 0x00,
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  else: 0x05,
  end: 0x0b,
  br: 0x0c,
  brIf: 0x0d,
  brTable: 0x0e,
  return: 0x0f,
  call: 0x10,
  drop: 0x1a,
  select: 0x1b,
  localGet: 0x20,
  localSet: 0x21,
  localTee: 0x22,
  globalGet: 0x23,
  globalSet: 0x24,
  load: 0x28,
  store: 0x36,
  i32Const: 0x41,
  f64Const: 0x44,
  eqz: 0x45,
  clz: 0x67,
  ctz: 0x68,
  popcnt: 0x69,
  add: 0x6a,
  shl: 0x74,
  shrUnsigned: 0x76,
  i64Divide: 0x7f,
  f64Trunc: 0x9d,
  f64Subtract: 0xa1,
  f64Multiply: 0xa2,
  f64Divide: 0xa3,
  wrapI64: 0xa7,
  extendI32: 0xac,
  convertSigned: 0xb7,
  convertUnsigned: 0xb8,
} as const;

export const noResult = 0x40;

/** f64 to i64, without a trap. */
export const truncateToI64 = [0xfc, 0x06] as const;

export const atomicOp = {
  load: [0xfe, 0x10],
  store: [0xfe, 0x17],
  add: [0xfe, 0x1e],
  compareExchange: [0xfe, 0x48],
} as const;

export const i32Operator: Readonly<Record<Operator, number>> = {
  equal: 0x46,
  unequal: 0x47,
  less: 0x48,
  "less-unsigned": 0x49,
  greater: 0x4a,
  "greater-unsigned": 0x4b,
  "less-equal": 0x4c,
  "greater-equal": 0x4e,
  add: 0x6a,
  subtract: 0x6b,
  multiply: 0x6c,
  divide: 0x6d,
  remainder: 0x6f,
  and: 0x71,
  or: 0x72,
  xor: 0x73,
  "shift-left": 0x74,
  "shift-right": 0x75,
  "shift-right-unsigned": 0x76,
};

/** Addresses have no sign. */
export const pointerOperator: Partial<Record<Operator, number>> = {
  equal: 0x46,
  unequal: 0x47,
  less: 0x49,
  greater: 0x4b,
  "less-equal": 0x4d,
  "greater-equal": 0x4f,
};

/** Division and remainder take more than one instruction. */
export const f64Operator: Partial<Record<Operator, number>> = {
  equal: 0x61,
  unequal: 0x62,
  less: 0x63,
  greater: 0x64,
  "less-equal": 0x65,
  "greater-equal": 0x66,
  add: 0xa0,
  subtract: 0xa1,
  multiply: 0xa2,
};
