// The syntax tree: what the parser makes of one file, and all that later phases see of its text.

import type { Span } from "../source/index.ts";

/** An identifier where it stands. A name that the parser had to invent while recovering is "". */
export interface Name {
  readonly text: string;
  readonly span: Span;
}

interface Node {
  readonly span: Span;
}

// ---------------------------------------------------------------- types

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
 * What `for`, `choose`, quantifiers and comprehensions range over: a type (`Host`, `bool`, `mod 4`),
 * a range `lo..hi`, or an expression: the name of a type or of a network (properties only), or a set.
 * The parser gives a lone name as `expression`; resolution decides what it names.
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
  /** Function, builtin (`before after window min max abs int size running left`), or event in a property. */
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

// ---------------------------------------------------------------- statements

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

// ---------------------------------------------------------------- members of a process

export interface Parameter extends Node {
  readonly name: Name;
  readonly type: TypeExpression;
}

interface Documented extends Node {
  /** The text of the `///` lines before the declaration, without the slashes, lines joined by "\n". */
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

// ---------------------------------------------------------------- declarations

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
  /** Every line and block comment in order (`///` documentation that stands before no declaration too). */
  readonly comments: readonly Comment[];
}
