// What expressions may read, as masks of variables and locals (core -> reduce).

import type { Core, Expression, NetworkId, Statement, VariableId } from "../core/index.ts";
import { operandsOf } from "../core/index.ts";
import { type Known, valueOf } from "./known.ts";

/** Variable v is bit v, local l is bit V + l. */
export type Mask = bigint;

/** What is judged: variables that only other properties read are not needed. */
export interface Interest {
  readonly isSelected: (property: number) => boolean;
  readonly isEventSelected: (event: number) => boolean;
}

/** An analysis in the making, for one control variable or none. */
export interface Analysis {
  readonly core: Core;
  readonly control: VariableId | undefined;
  readonly values: readonly number[];
  readonly interest: Interest;
  /** Fields found live so far, as `network position`. */
  readonly fields: Set<string>;
  readonly needed: Set<Statement>;
  /** What expressions read that do not mention the control variable: the same for all its values. */
  readonly known: Map<Expression, Mask>;
  readonly mentions: Map<Expression, boolean>;
}

const bits: Mask[] = [];

export const bit = (index: number): Mask => (bits[index] ??= 1n << BigInt(index));

export const has = (mask: Mask, index: number): boolean => (mask >> BigInt(index)) % 2n === 1n;

/** What is known where the control variable has a value. */
const knownIn = ({ control }: Analysis, value: number): Known => ({
  variable: (id) => (id === control ? value : undefined),
  local: () => undefined,
});

/** Notes the fields whose locals are read. */
export const readFields = (
  { core, fields }: Analysis,
  network: NetworkId,
  locals: readonly (number | undefined)[],
  mask: Mask,
): void => {
  locals.forEach((local, position) => {
    const isRead = local !== undefined && has(mask, core.variables.length + local);
    if (isRead) fields.add(`${network} ${position}`);
  });
};

/** Whether the value of the control variable can decide anything in an expression. */
export const mentionsControl = (analysis: Analysis, code: Expression): boolean => {
  const found = analysis.mentions.get(code);
  if (found !== undefined) return found;
  const isOwn = code.kind === "variable" && code.variable === analysis.control;
  const mentions = isOwn || operandsOf(code).some((it) => mentionsControl(analysis, it));
  analysis.mentions.set(code, mentions);
  return mentions;
};

/** The value of an expression where the control variable has a value, if that is known. */
export const decidedBy = (
  analysis: Analysis,
  code: Expression,
  control: number,
): number | undefined => {
  if (code.kind === "constant") return code.value;
  return mentionsControl(analysis, code) ? valueOf(code, knownIn(analysis, control)) : undefined;
};

/** What evaluating an expression may read. */
export const reads = (analysis: Analysis, code: Expression, control: number): Mask => {
  if (mentionsControl(analysis, code)) return readsUnder(analysis, code, control);
  const found = analysis.known.get(code) ?? readsUnder(analysis, code, control);
  analysis.known.set(code, found);
  return found;
};

const readsUnder = (analysis: Analysis, code: Expression, control: number): Mask => {
  const { core } = analysis;
  const inner = (it: Expression): Mask => reads(analysis, it, control);
  if (decidedBy(analysis, code, control) !== undefined) return 0n;
  switch (code.kind) {
    case "constant":
      return 0n;
    case "variable":
      return bit(code.variable);
    case "local":
      return bit(core.variables.length + code.local);
    case "element": {
      const offset = code.of === "variable" ? 0 : core.variables.length;
      let mask = inner(code.index);
      for (let at = 0; at < code.count; at += 1) mask |= bit(offset + code.base + at * code.stride);
      return mask;
    }
    case "not":
    case "negate":
    case "absolute":
    case "size":
      return inner(code.operand);
    case "binary": {
      const left = decidedBy(analysis, code.left, control);
      const isOpen = left === undefined || !isDecided(code.operator, left);
      return inner(code.left) | (isOpen ? inner(code.right) : 0n);
    }
    case "serial":
      return inner(code.left) | inner(code.right);
    case "if": {
      const condition = decidedBy(analysis, code.condition, control);
      if (condition !== undefined) return inner(condition === 0 ? code.otherwise : code.then);
      return inner(code.condition) | inner(code.then) | inner(code.otherwise);
    }
    case "let":
      return inner(code.value) | (inner(code.body) & ~bit(core.variables.length + code.local));
    case "require":
      return inner(code.condition) | inner(code.then);
    case "quantifier":
      return inner(code.body) & ~bit(core.variables.length + code.local);
    case "segments": {
      const mask = inner(code.body);
      readFields(analysis, code.network, code.locals, mask);
      return code.locals.reduce(
        (all, it) => (it === undefined ? all : all & ~bit(core.variables.length + it)),
        mask,
      );
    }
  }
};

const isDecided = (operator: string, left: number): boolean =>
  operator === "or" ? left !== 0 : (operator === "and" || operator === "implies") && left === 0;
