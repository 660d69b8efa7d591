// The result of `semantics/`: a program whose names and types are known under one configuration.

import type * as ast from "../syntax/index.ts";
import type { ConstantValue, EnumType, RecordType, Type } from "./types.ts";

export interface ConstantSymbol {
  readonly name: string;
  readonly declaration: ast.DeclarationOf<"const">;
  readonly value: ConstantValue;
  /** Who gave the value: the declaration, a `set`, the check's block or the command line. */
  readonly source: "default" | "set" | "check" | "command-line";
}

export interface VariableSymbol {
  readonly name: string;
  readonly type: Type;
  readonly ghost: boolean;
  readonly initial?: ast.Expression;
  readonly declared: ast.Name;
}

export interface FunctionSymbol {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: Type }[];
  readonly result: Type;
  readonly declaration: ast.FunctionDeclaration;
}

export interface ProcedureSymbol {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: Type }[];
  readonly declaration: ast.ProcedureDeclaration;
}

export interface EventSymbol {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: Type }[];
  readonly declaration: ast.DeclarationOf<"event">;
}

export interface NetworkSymbol {
  readonly name: string;
  readonly message: RecordType;
  /** The address type; absent for a network between single processes. */
  readonly between?: Type;
  readonly capacity: number;
  readonly full: "drop" | "block" | "error";
  /** Ticks, inclusive; absent: segments do not age. */
  readonly lifetime?: number;
  readonly loss: "none" | "any" | number;
  readonly duplication: "none" | "any" | number;
  readonly reorder: "any" | "none";
  readonly declaration: ast.NetworkDeclaration;
}

/** The members of a `process` body or of one `extend` body, in order of declaration. */
export interface MemberGroup {
  /**
   * Of an `extend`: the instances it applies to; absent: all. Over constants and the index name.
   */
  readonly when?: ast.Expression;
  /** "process" or "extend", for messages. */
  readonly declaration: ast.DeclarationOf<"process"> | ast.DeclarationOf<"extend">;
  readonly variables: readonly VariableSymbol[];
  readonly timers: readonly ast.Name[];
  readonly functions: readonly FunctionSymbol[];
  readonly procedures: readonly ProcedureSymbol[];
  readonly rules: readonly ast.RuleDeclaration[];
  readonly receives: readonly ast.ReceiveDeclaration[];
  readonly expires: readonly ast.ExpireDeclaration[];
}

export interface ProcessSymbol {
  readonly name: string;
  readonly declaration: ast.DeclarationOf<"process">;
  /** Absent for a single process. */
  readonly index?: { readonly name: string; readonly type: Type };
  /** The control state; absent when the process declares none. */
  readonly state?: { readonly type: EnumType; readonly initial?: ast.Expression };
  /** The process body first, then its extensions in import order. */
  readonly groups: readonly MemberGroup[];
}

export type DomainMeaning =
  | { readonly kind: "values"; readonly type: Type }
  | { readonly kind: "members"; readonly type: Type; readonly set: ast.Expression }
  | { readonly kind: "segments"; readonly network: NetworkSymbol }
  | { readonly kind: "error" };

/** What one check, or one point of a sweep, changes of the constants. */
export interface Configuration {
  /** The check's title, or "" for the defaults. */
  readonly title: string;
  /** Overrides of the `check` block or the sweep point; a later one wins over an earlier one. */
  readonly overrides: readonly ast.Override[];
  /** `--set` overrides, stronger than all others: parsed as the pseudo-file `<command line>`. Those of other files have no effect. */
  readonly commandLine: readonly ast.Override[];
}

/**
 * A checked program. Symbols keep the order of declaration: imports before importers, each file
 * once. `typeOf` knows every expression of the program that was checked, after coercion: the
 * literal `0` where a `mod 16` is expected has type `mod 16`, a record literal has its record
 * type, `none` the option type it stands for. Every name is unambiguous: a local name never hides
 * another.
 *
 * What is left to elaboration, because it shows as a difference between `typeOf` and the target:
 *   - an integer has the interval of its expression, not of its target: a target that does not
 *     contain it needs a check at run time (variables, fields, elements, parameters, results,
 *     `let x : T`);
 *   - a T where a T? is expected keeps type T and is to be made present;
 *   - a constant integer expression that became a serial number has type `mod N` itself, its
 *     operands are integers;
 *   - `x in e`: the integer x may lie outside the element type of the set e (then the answer is
 *     false).
 */
export interface TypedProgram {
  readonly constants: readonly ConstantSymbol[];
  readonly enums: readonly EnumType[];
  readonly records: readonly RecordType[];
  readonly networks: readonly NetworkSymbol[];
  readonly events: readonly EventSymbol[];
  readonly functions: readonly FunctionSymbol[];
  readonly procedures: readonly ProcedureSymbol[];
  readonly variables: readonly VariableSymbol[];
  readonly clocks: readonly { readonly name: string; readonly modulus: number }[];
  readonly processes: readonly ProcessSymbol[];
  readonly rules: readonly ast.RuleDeclaration[];
  readonly inits: readonly ast.DeclarationOf<"init">[];
  readonly bounds: readonly ast.DeclarationOf<"bound">[];
  readonly finals: readonly ast.DeclarationOf<"final">[];
  readonly properties: readonly ast.PropertyDeclaration[];
  readonly assumptions: readonly {
    readonly declaration: ast.DeclarationOf<"assume">;
    readonly holds: boolean;
  }[];
  readonly bindings: readonly ast.DeclarationOf<"binding">[];
  /** The type of an expression, after coercion. */
  readonly typeOf: (expression: ast.Expression) => Type;
  /** The network whose segments a handler receives, also where `on` was left out. */
  readonly networkOf: (receive: ast.ReceiveDeclaration) => NetworkSymbol | undefined;
  /**
   * What a domain ranges over: all values of `type`, the members of a set value, or the segments
   * of a network. A `lo..hi` domain may be empty (`high < low`).
   */
  readonly domainOf: (domain: ast.Domain) => DomainMeaning;
  /** The type that a type expression denotes under this configuration. */
  readonly denote: (type: ast.TypeExpression) => Type;
  /**
   * The value of a constant expression, with `locals` for names such as a process index; undefined
   * when the expression is not constant.
   */
  readonly evaluate: (
    expression: ast.Expression,
    locals?: ReadonlyMap<string, ConstantValue>,
  ) => ConstantValue | undefined;
}
