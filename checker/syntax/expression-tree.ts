// The syntax tree of names, types and expressions: text -> syntax.

import type { Span } from "../source/index.ts";

/** An identifier where it stands. A name that the parser had to invent while recovering is "". */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

/** What every node has. */
export interface Node {
  readonly span: Span;
}

export type TypeExpression =
  | (Node & { readonly kind: "bool-type" })
  | (Node & { readonly kind: "range-type"; readonly low: Expression; readonly high: Expression })
  | (Node & { readonly kind: "mod-type"; readonly modulus: Expression })
  | (Node & { readonly kind: "named-type"; readonly name: Name })
  | (Node & {
      readonly kind: "array-type";
      readonly index: TypeExpression;
      readonly element: TypeExpression;
    })
  | (Node & { readonly kind: "set-type"; readonly element: TypeExpression })
  | (Node & { readonly kind: "option-type"; readonly element: TypeExpression })
  | (Node & { readonly kind: "missing-type" });

// ---------------------------------------------------------------- expressions

export type BinaryOperator =
  | "implies"
  | "or"
  | "and"
  | "=="
  | "!="
  | "<"
  | "<="
  | ">"
  | ">="
  | "in"
  | "??"
  | "union"
  | "minus"
  | "+"
  | "-"
  | "*"
  | "/"
  | "%";

/** `f: e`; a bare boolean field `f` has no value and means true. */
export interface FieldValue extends Node {
  readonly name: Name;
  readonly value?: Expression;
}

/**
 * What `for`, `choose`, quantifiers and comprehensions range over: a type (`Host`, `bool`, `mod
 * 4`), a range `lo..hi`, or an expression: the name of a type or of a network (properties only), or
 * a set. The parser gives a lone name as `expression`; resolution decides what it names.
 */
export type Domain =
  | (Node & { readonly kind: "type-domain"; readonly type: TypeExpression })
  | (Node & { readonly kind: "range-domain"; readonly low: Expression; readonly high: Expression })
  | (Node & { readonly kind: "expression-domain"; readonly value: Expression });

export interface MatchArm<Body> extends Node {
  /** Enum members, or integer / boolean literals. Empty for `else`. */
  readonly patterns: readonly Expression[];
  readonly isElse: boolean;
  readonly body: Body;
}

export type Expression =
  | (Node & { readonly kind: "boolean"; readonly value: boolean })
  | (Node & { readonly kind: "integer"; readonly value: number })
  | (Node & { readonly kind: "none" })
  | (Node & { readonly kind: "name"; readonly name: string })
  | (Node & { readonly kind: "field"; readonly object: Expression; readonly field: Name })
  | (Node & { readonly kind: "index"; readonly object: Expression; readonly index: Expression })
  /**
   * Function, builtin (`before after window min max abs int size running left`), or event in a
   * property.
   */
  | (Node & {
      readonly kind: "call";
      readonly callee: Name;
      readonly arguments: readonly Expression[];
    })
  | (Node & { readonly kind: "unwrap"; readonly operand: Expression })
  | (Node & { readonly kind: "is-none"; readonly operand: Expression })
  | (Node & { readonly kind: "not"; readonly operand: Expression })
  | (Node & { readonly kind: "negate"; readonly operand: Expression })
  | (Node & {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  /** `x in lo..hi` */
  | (Node & {
      readonly kind: "in-range";
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
    })
  | (Node & {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: Expression;
      readonly otherwise: Expression;
    })
  | (Node & {
      readonly kind: "match";
      readonly subject: Expression;
      readonly arms: readonly MatchArm<Expression>[];
    })
  | (Node & { readonly kind: "record"; readonly fields: readonly FieldValue[] })
  | (Node & {
      readonly kind: "with";
      readonly object: Expression;
      readonly fields: readonly FieldValue[];
    })
  | (Node & { readonly kind: "array"; readonly elements: readonly Expression[] })
  /** `[i in I: e]` */
  | (Node & {
      readonly kind: "comprehension";
      readonly binder: Name;
      readonly domain: Domain;
      readonly body: Expression;
    })
  /** `set { … }` */
  | (Node & { readonly kind: "set"; readonly elements: readonly Expression[] })
  | (Node & {
      readonly kind: "quantifier";
      readonly quantifier: "forall" | "exists" | "count";
      readonly binder: Name;
      readonly domain: Domain;
      readonly body: Expression;
    })
  | (Node & { readonly kind: "missing" });
