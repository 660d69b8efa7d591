// The working memory of one `checkProgram`: what is declared, what has been found out, whom to ask.
// The parts of the checker know each other only through it.

import type { Diagnostic, Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import type { Modules } from "./modules.ts";
import type {
  Configuration,
  ConstantSymbol,
  DomainMeaning,
  EventSymbol,
  FunctionSymbol,
  MemberGroup,
  NetworkSymbol,
  ProcedureSymbol,
  ProcessSymbol,
  VariableSymbol,
} from "./typed-program.ts";
import type { ConstantValue, Type } from "./types.ts";

export const errorType: Type = { kind: "error" };
export const boolType: Type = { kind: "bool" };

/** What a name of the one global namespace stands for. */
export type Global = { readonly declared: ast.Name; readonly file: string } & (
  | { readonly kind: "const"; readonly declaration: ast.DeclarationOf<"const"> }
  | { readonly kind: "enum"; readonly declaration: ast.DeclarationOf<"enum"> }
  | { readonly kind: "member"; readonly declaration: ast.DeclarationOf<"enum"> }
  | { readonly kind: "type"; readonly declaration: ast.DeclarationOf<"type"> }
  | {
      readonly kind: "record" | "message";
      readonly declaration: Extract<ast.Declaration, { kind: "record" | "message" }>;
    }
  | { readonly kind: "network"; readonly declaration: ast.NetworkDeclaration }
  | { readonly kind: "event"; readonly declaration: ast.DeclarationOf<"event"> }
  /** The hook, if there is one, and what fills it. */
  | { readonly kind: "fn"; readonly declarations: ast.FunctionDeclaration[] }
  | { readonly kind: "proc"; readonly declarations: ast.ProcedureDeclaration[] }
  | { readonly kind: "var"; readonly declaration: ast.VariableDeclaration }
  | { readonly kind: "clock"; readonly declaration: ast.DeclarationOf<"clock"> }
  | { readonly kind: "process"; readonly declaration: ast.DeclarationOf<"process"> }
  | { readonly kind: "bound"; readonly declaration: ast.DeclarationOf<"bound"> }
  | { readonly kind: "property"; readonly declaration: ast.PropertyDeclaration }
);

/** A name of one process. */
export type Member = { readonly declared: ast.Name; readonly body: MemberGroup } & (
  | { readonly kind: "var"; readonly symbol: VariableSymbol }
  | { readonly kind: "timer" }
  | { readonly kind: "fn"; readonly symbol: FunctionSymbol }
  | { readonly kind: "proc"; readonly symbol: ProcedureSymbol }
);

/** One `process` or `extend` body with what can be seen in it. */
export interface GroupEntry {
  readonly symbol: MemberGroup;
  /** Index values (0 of a single process) of the instances that have this group. */
  readonly instances: ReadonlySet<number>;
  /** Members of the process itself, of extensions of all instances, and of this group. */
  readonly members: ReadonlyMap<string, Member>;
}

export interface ProcessEntry {
  readonly symbol: ProcessSymbol;
  readonly declared: ast.Name;
  /** The type of the control state, an error where its declaration is; absent: it has none. */
  readonly state: Type | undefined;
  readonly instances: readonly number[];
  readonly groups: readonly GroupEntry[];
}

export interface Local {
  readonly declared: ast.Name;
  readonly type: Type;
  readonly role: "let" | "parameter" | "binder" | "index" | "segment";
  /** Of a segment: the network it was in. */
  readonly network?: NetworkSymbol | undefined;
}

interface LocalList {
  readonly local: Local;
  readonly outer: LocalList | undefined;
}

/** Where an expression stands: what it can see and what it may read. */
export interface Scope {
  /** Constants only; the variables of the model; or also networks and ghosts, for properties. */
  readonly place: "constant" | "behaviour" | "property";
  readonly process?: ProcessEntry | undefined;
  readonly group?: GroupEntry | undefined;
  readonly locals: LocalList | undefined;
  /**
   * The code cannot run under this configuration: it is typed, but a value that does not fit is no
   * mistake here.
   */
  readonly isDead: boolean;
}

/** What typing leaves for the later passes over the same tree. */
export interface Facts {
  readonly types: Map<ast.Expression, Type>;
  readonly denoted: Map<ast.TypeExpression, Type>;
  /** Ranges whose bounds mention constants. */
  readonly configured: Set<Type>;
  readonly domains: Map<ast.Domain, DomainMeaning>;
  readonly receives: Map<ast.ReceiveDeclaration, NetworkSymbol>;
  /** Expressions that read ghost data directly: a ghost variable, a ghost field, an age. */
  readonly ghostReads: Map<ast.Expression, string>;
  /** The declarations behind `ghostReads` outside of properties. */
  readonly ghostSources: Map<ast.Expression, ast.Name>;
  /** Assignments into a ghost variable or a ghost field. */
  readonly ghostTargets: Set<ast.Statement>;
  /** Reads and writes `object.field` of a field that has a flag. */
  readonly conditional: Map<ast.Expression, { readonly field: string; readonly flag: string }>;
  readonly callees: Map<ast.Expression | ast.Statement, Callee>;
  /** Bodies of conditions that are functions, with the value that each always has. */
  readonly certain: Map<ast.Expression, boolean | undefined>;
  readonly lets: ast.Name[];
  /** Names of ghosts (variables, fields) that serve a property, directly or through others. */
  readonly readGhosts: Set<ast.Name>;
}

/** A function or procedure with all bodies it can have: a hook has one per way to fill it. */
export interface Callee {
  readonly name: string;
  readonly declared: ast.Name;
  readonly parameters: readonly { readonly name: string; readonly type: Type }[];
  /** Absent for a procedure. */
  readonly result?: Type | undefined;
  readonly bodies: readonly (ast.FunctionDeclaration | ast.ProcedureDeclaration)[];
}

export interface Session {
  readonly modules: Modules;
  readonly configuration: Configuration;
  readonly globals: ReadonlyMap<string, Global>;
  readonly facts: Facts;
  readonly report: (diagnostic: Diagnostic) => void;
  /** Whether another name may be looked for: with a hundred slips, help is no help any more. */
  readonly suggests: () => boolean;
  /** Notes that a declaration is referred to. */
  readonly use: (declared: ast.Name) => void;
  readonly isUsed: (declared: ast.Name) => boolean;
  /** The type of an expression as it stands. */
  readonly infer: (expression: ast.Expression, scope: Scope) => Type;
  /** The type of an expression whose place expects a type; reports when it does not fit. */
  readonly check: (expression: ast.Expression, expected: Type, scope: Scope) => Type;
  readonly denote: (type: ast.TypeExpression) => Type;
  readonly domain: (domain: ast.Domain, scope: Scope) => DomainMeaning;
  /** The value of a typed constant expression; undefined when it has none. */
  readonly evaluate: (
    expression: ast.Expression,
    locals?: ReadonlyMap<string, ConstantValue>,
  ) => ConstantValue | undefined;
  /** As `evaluate`, but an expression without a value is reported. */
  readonly demand: (
    expression: ast.Expression,
    what: string,
    locals?: ReadonlyMap<string, ConstantValue>,
  ) => ConstantValue | undefined;
  readonly constant: (name: string, at: Span) => ConstantSymbol | undefined;
  readonly namedType: (name: string, at: Span) => Type;
  readonly variable: (declared: ast.Name) => VariableSymbol;
  readonly network: (name: string) => NetworkSymbol | undefined;
  readonly event: (name: string) => EventSymbol | undefined;
  readonly process: (name: string) => ProcessEntry | undefined;
  readonly callee: (name: string, scope: Scope) => Callee | undefined;
  /** Types the body of a function once; constants call functions before their turn comes. */
  readonly typeBody: (declaration: ast.FunctionDeclaration, scope: Scope) => void;
}
