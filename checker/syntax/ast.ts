// The syntax tree: what the parser makes of one file, and all that later phases see of its text.

import type { Span } from "../source/index.ts";
import type { Domain, Expression, Name, Node, TypeExpression } from "./expression-tree.ts";
import type {
  Documented,
  FunctionDeclaration,
  Member,
  Parameter,
  ProcedureDeclaration,
  RuleDeclaration,
  VariableDeclaration,
} from "./member-tree.ts";
import type { Block } from "./statement-tree.ts";

export type * from "./expression-tree.ts";
export type * from "./member-tree.ts";
export type * from "./statement-tree.ts";

export interface Field extends Documented {
  readonly ghost: boolean;
  readonly names: readonly Name[];
  readonly type: TypeExpression;
  /** The boolean field under which this one exists. */
  readonly when?: Name;
}

export type Budget =
  | { readonly kind: "none" }
  | { readonly kind: "any" }
  | { readonly kind: "budget"; readonly value: Expression };

export interface NetworkDeclaration extends Documented {
  readonly kind: "network";
  readonly name: Name;
  readonly message: Name;
  /** The address type; absent for a network between single processes. */
  readonly between?: TypeExpression;
  /** Required; absent only after an error. */
  readonly capacity?: Expression;
  readonly full: "drop" | "block" | "error";
  readonly lifetime?: Expression;
  readonly loss: Budget;
  readonly duplication: Budget;
  readonly reorder: "any" | "none";
}

/** `NAME = e` or `NAME[i] = e` */
export interface Override extends Node {
  readonly name: Name;
  readonly index?: Expression;
  readonly value: Expression;
}

export type Figure = {
  readonly span: Span;
  readonly value: Expression;
  readonly unit: "states" | "transitions" | "steps";
};

/**
 * `holds`, `violated p, q`, `error [kind, …]`, each with optional pinned figures: `in 9 steps`,
 * `in 288 states, 1145 transitions`. Names of `violated` are properties, `deadlock` or `assert`.
 */
export type Expectation = {
  readonly span: Span;
  readonly kind: "holds" | "violated" | "error";
  readonly names: readonly Name[];
  readonly figures: readonly Figure[];
};

export interface CheckDeclaration extends Documented {
  readonly kind: "check";
  readonly title: string;
  readonly titleSpan: Span;
  readonly overrides: readonly Override[];
  /** Empty: all properties. */
  readonly only: readonly Name[];
  readonly expectation: Expectation;
}

export type Axis = Node & { readonly name: Name } & (
    | { readonly kind: "axis"; readonly domain: Domain }
    | { readonly kind: "fixed"; readonly value: Expression }
  );

export interface SweepDeclaration extends Documented {
  readonly kind: "sweep";
  readonly title: string;
  readonly titleSpan: Span;
  readonly axes: readonly Axis[];
  readonly only: readonly Name[];
  readonly least?: Name;
  /** `expect least == e`; `none` when no value is safe. */
  readonly expected?: Expression;
}

export type PropertyDeclaration = Documented & { readonly name: Name } & (
    | { readonly kind: "invariant"; readonly condition: Expression }
    | {
        readonly kind: "never";
        readonly event: Name;
        readonly binders: readonly Name[];
        readonly when?: Expression;
      }
    /** Either a state formula, or `ev(x, …) [when e]`: then `subject` is a call of an event. */
    | { readonly kind: "reachable"; readonly subject: Expression; readonly when?: Expression }
    | {
        readonly kind: "recoverable";
        readonly binder?: Name;
        readonly domain?: Domain;
        readonly from: Expression;
        readonly to: Expression;
        readonly withoutFaults: boolean;
      }
  );

export type BindingItem =
  | (Node & {
      readonly kind: "segment";
      readonly message: Name;
      /** `SEQ = seq`: the name on the left is TCP's, on the right a field. */
      readonly fields: readonly { readonly header: Name; readonly field: Name }[];
    })
  | (Node & {
      readonly kind: "hosts";
      readonly hosts: readonly { readonly host: Name; readonly address: string }[];
    })
  | (Node & { readonly kind: "call"; readonly call: Name; readonly rule: Name })
  | (Node & { readonly kind: "sysctl"; readonly key: string; readonly constant: Name })
  | (Node & { readonly kind: "timer"; readonly role: Name; readonly timer: Name });

export type Declaration =
  | (Documented & { readonly kind: "import"; readonly path: string; readonly pathSpan: Span })
  | (Documented & {
      readonly kind: "const";
      readonly name: Name;
      readonly type?: TypeExpression;
      readonly value: Expression;
    })
  | (Documented & { readonly kind: "set"; readonly override: Override })
  | (Documented & { readonly kind: "assume"; readonly condition: Expression; readonly why: string })
  | (Documented & {
      readonly kind: "enum";
      readonly name: Name;
      readonly members: readonly Name[];
    })
  | (Documented & { readonly kind: "type"; readonly name: Name; readonly type: TypeExpression })
  | (Documented & {
      readonly kind: "record" | "message";
      readonly name: Name;
      readonly fields: readonly Field[];
    })
  | NetworkDeclaration
  | (Documented & {
      readonly kind: "event";
      readonly name: Name;
      readonly parameters: readonly Parameter[];
    })
  | FunctionDeclaration
  | ProcedureDeclaration
  | VariableDeclaration
  | (Documented & { readonly kind: "clock"; readonly name: Name; readonly type: TypeExpression })
  | (Documented & { readonly kind: "init"; readonly body: Block })
  | (Documented & { readonly kind: "bound"; readonly name: Name; readonly condition: Expression })
  | (Documented & { readonly kind: "final"; readonly condition: Expression })
  | (Documented & {
      readonly kind: "process";
      readonly name: Name;
      readonly index?: { readonly name: Name; readonly type: TypeExpression };
      readonly members: readonly Member[];
    })
  | (Documented & {
      readonly kind: "extend";
      readonly process: Name;
      readonly when?: Expression;
      readonly members: readonly Member[];
    })
  | RuleDeclaration
  | PropertyDeclaration
  | CheckDeclaration
  | SweepDeclaration
  | (Documented & {
      readonly kind: "binding";
      readonly name: Name;
      readonly items: readonly BindingItem[];
    });

/** A declaration of one kind: `DeclarationOf<"network">`. */
export type DeclarationOf<Kind extends Declaration["kind"]> = Extract<
  Declaration,
  { readonly kind: Kind }
>;

/** A comment that is not documentation, kept for the formatter. */
export interface Comment {
  readonly span: Span;
  readonly text: string;
}

/** One parsed file. After errors the tree holds what could be understood. */
export interface SourceTree {
  readonly file: string;
  readonly declarations: readonly Declaration[];
  /**
   * Every line and block comment in order (`///` documentation that stands before no declaration
   * too).
   */
  readonly comments: readonly Comment[];
}
