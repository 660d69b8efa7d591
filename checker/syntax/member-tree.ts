// The syntax tree of what stands in a process: text -> syntax.

import type { Span } from "../source/index.ts";
import type { Expression, Name, Node, TypeExpression } from "./expression-tree.ts";
import type { Block } from "./statement-tree.ts";

export interface Parameter extends Node {
  readonly name: Name;
  readonly type: TypeExpression;
}

/** What may have documentation. */
export interface Documented extends Node {
  /**
   * The text of the `///` lines before the declaration, without the slashes, lines joined by "\n".
   */
  readonly doc?: string;
}

export interface FunctionDeclaration extends Documented {
  readonly kind: "fn";
  readonly name: Name;
  readonly parameters: readonly Parameter[];
  readonly result: TypeExpression;
  /** Absent in a hook. */
  readonly body?: Expression;
}

export interface ProcedureDeclaration extends Documented {
  readonly kind: "proc";
  readonly name: Name;
  readonly parameters: readonly Parameter[];
  /** Absent in a hook. */
  readonly body?: Block;
}

export interface VariableDeclaration extends Documented {
  readonly kind: "var";
  readonly ghost: boolean;
  readonly names: readonly Name[];
  readonly type: TypeExpression;
  readonly initial?: Expression;
}

export interface RuleDeclaration extends Documented {
  readonly kind: "rule";
  readonly fault: boolean;
  readonly name: Name;
  readonly parameters: readonly Parameter[];
  /** Control states; empty when the rule has no `in`. */
  readonly states: readonly Name[];
  readonly guard?: Expression;
  readonly body: Block;
}

export interface Case extends Documented {
  readonly name: Name;
  readonly guard: Expression;
  readonly body: Block;
}

export interface Stage extends Documented {
  readonly name: Name;
  readonly cases: readonly Case[];
  readonly otherwise?: Block;
}

export type ReceiveBody =
  | {
      readonly kind: "cases";
      readonly cases: readonly Case[];
      readonly tail:
        | { readonly kind: "else"; readonly body: Block }
        | { readonly kind: "ignore"; readonly span: Span }
        | { readonly kind: "unhandled" };
    }
  | { readonly kind: "stages"; readonly stages: readonly Stage[] };

export interface ReceiveDeclaration extends Documented {
  readonly kind: "receive";
  readonly message: Name;
  readonly from?: Name;
  readonly network?: Name;
  readonly states: readonly Name[];
  readonly body: ReceiveBody;
}

export interface ExpireDeclaration extends Documented {
  readonly kind: "expire";
  readonly timer: Name;
  readonly states: readonly Name[];
  readonly body: Block;
}

export interface StateDeclaration extends Documented {
  readonly kind: "state";
  readonly type: Name;
  readonly initial?: Expression;
}

export interface TimerDeclaration extends Documented {
  readonly kind: "timer";
  readonly names: readonly Name[];
}

export type Member =
  | StateDeclaration
  | VariableDeclaration
  | TimerDeclaration
  | FunctionDeclaration
  | ProcedureDeclaration
  | RuleDeclaration
  | ReceiveDeclaration
  | ExpireDeclaration;
