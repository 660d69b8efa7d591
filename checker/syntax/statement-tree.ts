// The syntax tree of statements and blocks: text -> syntax.

import type {
  Domain,
  Expression,
  MatchArm,
  Name,
  Node,
  TypeExpression,
} from "./expression-tree.ts";

export interface Block extends Node {
  readonly statements: readonly Statement[];
}

export type Statement =
  /** `x = e`, `x += e`, `x -= e`; the target is a name, field or index expression. */
  | (Node & {
      readonly kind: "assign";
      readonly operator: "=" | "+=" | "-=";
      readonly target: Expression;
      readonly value: Expression;
    })
  /** `-> S` */
  | (Node & { readonly kind: "go"; readonly state: Name })
  | (Node & {
      readonly kind: "send";
      readonly network: Name;
      readonly value: Expression;
      readonly to?: Expression;
      readonly from?: Expression;
      /** Only in `init`. */
      readonly age?: Expression;
    })
  /** The timer is a name, or `p[i].t` in `init`. */
  | (Node & { readonly kind: "start"; readonly timer: Expression; readonly ticks: Expression })
  | (Node & { readonly kind: "stop"; readonly timer: Expression })
  | (Node & {
      readonly kind: "emit";
      readonly event: Name;
      readonly arguments: readonly Expression[];
    })
  | (Node & {
      readonly kind: "if";
      readonly condition: Expression;
      readonly then: Block;
      readonly otherwise?: Block;
    })
  | (Node & {
      readonly kind: "match";
      readonly subject: Expression;
      readonly arms: readonly MatchArm<Block>[];
    })
  | (Node & {
      readonly kind: "for";
      readonly binder: Name;
      readonly domain: Domain;
      readonly body: Block;
    })
  | (Node & {
      readonly kind: "choose";
      readonly binder: Name;
      readonly domain: Domain;
      readonly guard?: Expression;
      readonly body: Block;
    })
  | (Node & { readonly kind: "either"; readonly branches: readonly Block[] })
  | (Node & {
      readonly kind: "let";
      readonly name: Name;
      readonly type?: TypeExpression;
      readonly value: Expression;
    })
  | (Node & { readonly kind: "assert"; readonly condition: Expression; readonly why: string })
  | (Node & { readonly kind: "done" })
  | (Node & { readonly kind: "defer" })
  | (Node & { readonly kind: "reprocess"; readonly message: Name; readonly state: Name })
  | (Node & {
      readonly kind: "call";
      readonly callee: Name;
      readonly arguments: readonly Expression[];
    })
  | (Node & { readonly kind: "missing" });
