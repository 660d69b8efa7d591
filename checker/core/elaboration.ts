// What elaboration of one program knows and collects throughout: typed program -> core.

import type * as ast from "../syntax/index.ts";
import type { Span } from "../source/index.ts";
import type { Diagnostic } from "../source/index.ts";
import type {
  EnumType,
  FunctionSymbol,
  NetworkSymbol,
  ProcedureSymbol,
  ProcessSymbol,
  TypedProgram,
} from "../semantics/index.ts";
import type { Branch, Network, NetworkId, Site, Variable, VariableId } from "./core.ts";
import { codeTooLarge, tooManyCombinations } from "./diagnostics.ts";
import type { Term } from "./term.ts";
import type { Value } from "./value.ts";

/** A numbered list without repetitions. */
interface Table<A> {
  readonly items: readonly A[];
  readonly idOf: (key: string, item: A) => number;
}

const newTable = <A>(): Table<A> => {
  const items: A[] = [];
  const ids = new Map<string, number>();
  return {
    items,
    idOf: (key, item) => {
      const known = ids.get(key);
      if (known !== undefined) return known;
      ids.set(key, items.length);
      return items.push(item) - 1;
    },
  };
};

/** A process for one value of its index, with the extensions that apply to it. */
export interface Instance {
  /** `tcp[A]` */
  readonly name: string;
  readonly process: ProcessSymbol;
  /** The value of its index; absent for a single process. */
  readonly index?: Value;
  readonly variables: ReadonlyMap<string, Value>;
  readonly timers: ReadonlyMap<string, Timer>;
  readonly state?: { readonly type: EnumType; readonly term: Term };
  readonly functions: ReadonlyMap<string, FunctionSymbol>;
  readonly procedures: ReadonlyMap<string, ProcedureSymbol>;
  readonly rules: readonly ast.RuleDeclaration[];
  readonly receives: readonly ast.ReceiveDeclaration[];
  readonly expires: readonly ast.ExpireDeclaration[];
}

export interface Timer {
  readonly name: string;
  readonly declared: ast.Name;
  readonly variable: VariableId;
  readonly term: Term;
}

export interface NetworkPlan {
  readonly id: NetworkId;
  readonly symbol: NetworkSymbol;
  readonly core: Network;
}

/** A property that an event can decide. */
export interface Listener {
  /** Index into `Core.events`. */
  readonly event: number;
  readonly binders: readonly string[];
  readonly when: ast.Expression | undefined;
}

export interface Elaboration {
  readonly program: TypedProgram;
  /** A place for what has none of its own. */
  readonly place: Span;
  readonly diagnostics: Diagnostic[];
  readonly variables: Variable[];
  readonly sites: Table<Site>;
  readonly branches: Table<Branch>;
  /** Constants, members of enums, variables and clocks by name. */
  readonly globals: Map<string, Value>;
  readonly functions: Map<string, FunctionSymbol>;
  readonly procedures: Map<string, ProcedureSymbol>;
  readonly networks: Map<string, NetworkPlan>;
  /** The instances of each process in order of the index. */
  readonly processes: Map<string, readonly Instance[]>;
  readonly listeners: Map<string, Listener[]>;
  /** The greatest number of ticks with which each timer is started. */
  readonly longest: Map<VariableId, number>;
  /** Counts statements written; once there are too many nothing more is written. */
  readonly spend: (count: number) => void;
  /** True once `spend` has stopped the elaboration. */
  readonly isSpent: () => boolean;
  /** How many statements were written. */
  readonly spent: () => number;
}

/** Statements and inlined calls of one model: far above any whose states could be searched. */
export const statementLimit = 400_000;

/** Values of a rule's parameters, or rounds of nested quantifiers: more would take seconds a state. */
export const combinationLimit = 2 ** 24;

/** Reports what has to be gone through in every state and is too much for that. */
export const limitCombinations = (whole: Elaboration, span: Span, combinations: number): void => {
  if (combinations > combinationLimit)
    whole.diagnostics.push(tooManyCombinations(span, { combinations, limit: combinationLimit }));
};

export const newElaboration = (program: TypedProgram, place: Span): Elaboration => {
  const diagnostics: Diagnostic[] = [];
  let left = statementLimit;
  return {
    program,
    place,
    diagnostics,
    variables: [],
    sites: newTable(),
    branches: newTable(),
    globals: new Map(),
    functions: new Map(),
    procedures: new Map(),
    networks: new Map(),
    processes: new Map(),
    listeners: new Map(),
    longest: new Map(),
    spend: (count) => {
      if (left > 0 && left <= count)
        diagnostics.push(codeTooLarge(place, { limit: statementLimit }));
      left -= count;
    },
    isSpent: () => left <= 0,
    spent: () => statementLimit - left,
  };
};

/** The names of the locals that are visible, the latest first. */
export interface Locals {
  readonly name: string;
  readonly value: Value;
  readonly outer: Locals | undefined;
}

/** The handler of a segment that is being run: what `reprocess` needs. */
export interface HandlerScope {
  readonly instance: Instance;
  readonly network: NetworkPlan;
  readonly segment: Value;
  readonly from: Value | undefined;
  /** The control states whose handlers are being run, the latest last. */
  readonly states: readonly number[];
}

/** Which names an expression or statement sees. */
export interface Scope {
  readonly instance?: Instance;
  readonly locals?: Locals | undefined;
  readonly handler?: HandlerScope;
  /** The label of the block that `done` leaves. */
  readonly done?: number;
}

export const withLocal = (scope: Scope, name: string, value: Value): Scope => ({
  ...scope,
  locals: { name, value, outer: scope.locals },
});

export const localOf = (scope: Scope, name: string): Value | undefined => {
  for (let it = scope.locals; it !== undefined; it = it.outer) {
    if (it.name === name) return it.value;
  }
  return undefined;
};

/** The scope of the body of something declared in an instance (or, without one, at top level). */
export const scopeOf = (instance: Instance | undefined): Scope => {
  if (instance === undefined) return {};
  const { index, process } = instance;
  const scope: Scope = { instance };
  return index === undefined || process.index === undefined
    ? scope
    : withLocal(scope, process.index.name, index);
};
