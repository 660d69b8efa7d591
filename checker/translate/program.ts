// What a core says in steps that every guarded-command language has: core -> program -> text of another checker.

import type {
  BinaryOperator,
  NetworkId,
  SerialOperator,
  SiteId,
  VariableId,
} from "../core/index.ts";

/** Locals of the core first, then those that lowering adds. */
export type LocalId = number;

/** An expression that always has a value: what can fail stands in lines before it. */
export type Term =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "variable"; readonly variable: VariableId }
  | { readonly kind: "local"; readonly local: LocalId }
  /** Index into the parameters of the routine. */
  | { readonly kind: "parameter"; readonly parameter: number }
  | Cell
  | { readonly kind: "not" | "negate" | "absolute" | "size"; readonly operand: Term }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Term;
      readonly right: Term;
    }
  | {
      readonly kind: "serial";
      readonly operator: SerialOperator;
      readonly modulus: number;
      readonly left: Term;
      readonly right: Term;
    }
  | {
      readonly kind: "if";
      readonly condition: Term;
      readonly yes: Term;
      readonly no: Term;
    }
  | { readonly kind: "full"; readonly network: NetworkId }
  | { readonly kind: "occupied"; readonly network: NetworkId; readonly position: Term }
  /** Whether the segment at a position can be delivered, or be lost and doubled. */
  | {
      readonly kind: "candidate";
      readonly of: "delivery" | "fault";
      readonly network: NetworkId;
      readonly position: Term;
    }
  /** An integer of the segment at a position, in stored order. */
  | {
      readonly kind: "part";
      readonly network: NetworkId;
      readonly position: Term;
      readonly part: number;
    };

/** `variables[base + stride * index]`, or locals; the index is known to be in 0..count-1. */
export interface Cell {
  readonly kind: "cell";
  readonly of: "variable" | "local";
  readonly base: number;
  readonly stride: number;
  readonly count: number;
  readonly index: Term;
}

export type Place =
  | { readonly kind: "variable"; readonly variable: VariableId }
  | { readonly kind: "local"; readonly local: LocalId }
  | Cell;

export type Line =
  | { readonly kind: "set"; readonly place: Place; readonly value: Term }
  | {
      readonly kind: "if";
      readonly condition: Term;
      readonly yes: readonly Line[];
      readonly no: readonly Line[];
    }
  | { readonly kind: "while"; readonly condition: Term; readonly body: readonly Line[] }
  /** Into a network that has room. */
  | { readonly kind: "insert"; readonly network: NetworkId; readonly values: readonly Term[] }
  | {
      readonly kind: "remove" | "double";
      readonly network: NetworkId;
      readonly position: Term;
    }
  /** Every segment of a network becomes one tick older. */
  | { readonly kind: "age"; readonly network: NetworkId }
  /** The path is a model error; nothing after it runs. */
  | { readonly kind: "fail"; readonly site: SiteId }
  /** The path is no step; nothing after it runs. */
  | { readonly kind: "disable" }
  /** The step, if it becomes one, is marked with an event. */
  | { readonly kind: "event"; readonly event: number }
  /** The value of a judgement; nothing after it runs. */
  | { readonly kind: "answer"; readonly value: Term };

export interface Parameter {
  readonly name: string;
  readonly low: number;
  readonly high: number;
}

/**
 * One firing per combination of parameter values for which the guard holds and the body neither
 * fails nor is disabled. The choices of a path are parameters too, so a path is one firing.
 */
export interface Routine {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** What of the guard a term can say; the rest stands at the beginning of the body. */
  readonly guard: Term;
  readonly body: readonly Line[];
  /** Whether the guard alone decides that the routine is a step. */
  readonly isCertain: boolean;
}

/** A state formula: 0 or 1; where its evaluation fails, 2 (of a final: 2 and the site). */
export interface Judgement {
  readonly name: string;
  readonly lines: readonly Line[];
}

export interface Program {
  readonly initial: Routine;
  readonly routines: readonly Routine[];
  /** By property id; events and what looks beyond a state have none. */
  readonly judgements: readonly (Judgement | undefined)[];
  readonly finals: readonly Judgement[];
}

export const constant = (value: number): Term => ({ kind: "constant", value });
export const local = (id: LocalId): Term & Place => ({ kind: "local", local: id });
export const both = (left: Term, right: Term): Term => {
  if (left.kind === "constant") return left.value === 0 ? left : right;
  if (right.kind === "constant" && right.value !== 0) return left;
  return { kind: "binary", operator: "and", left, right };
};
export const either = (left: Term, right: Term): Term => {
  if (left.kind === "constant") return left.value === 0 ? right : left;
  return { kind: "binary", operator: "or", left, right };
};
export const not = (operand: Term): Term => ({ kind: "not", operand });
export const compare = (
  left: Term,
  operator: "equal" | "unequal" | "less" | "less-equal",
  right: Term,
): Term => ({ kind: "binary", operator, left, right });
export const plus = (left: Term, right: Term): Term => ({
  kind: "binary",
  operator: "add",
  left,
  right,
});
export const when = (condition: Term, yes: readonly Line[], no: readonly Line[] = []): Line => ({
  kind: "if",
  condition,
  yes,
  no,
});
export const assign = (place: Place, value: Term): Line => ({ kind: "set", place, value });
