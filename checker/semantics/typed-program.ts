// The result of `semantics/`: a program whose names and types are known under one configuration.

import type * as ast from "../syntax/ast.ts";
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
  /** Of an `extend`: the instances it applies to; absent: all. Over constants and the index name. */
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

/** One overriding value of the configuration, already evaluated. */
export interface Configuration {
  /** The check's title, or "" for the defaults. */
  readonly title: string;
  /** `check` block and sweep-point overrides, strongest last applied after command line. */
  readonly overrides: readonly ast.Override[];
  /** `--set` overrides: parsed as overrides of the pseudo-file `<command line>`. */
  readonly commandLine: readonly ast.Override[];
}

/**
 * A checked program. Symbols keep the order of declaration: imports before importers, each file once.
 * `typeOf` knows every expression of the program that was checked, after coercion: the literal `0`
 * where a `mod 16` is expected has type `mod 16`, a record literal has its record type, `none` the
 * option type it stands for. Every name is unambiguous: a local name never hides another.
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
