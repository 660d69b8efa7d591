// The instances of processes with the extensions that apply to each: typed program -> core.

import type * as ast from "../syntax/index.ts";
import type { Diagnostic, Span } from "../source/index.ts";
import {
  scalarText,
  valuesOf,
  type MemberGroup,
  type ProcessSymbol,
  type VariableSymbol,
} from "../semantics/index.ts";
import { hookFilledTwice, hookUnfilled, memberTwice } from "./diagnostics.ts";
import type { Elaboration, Instance, Timer } from "./elaboration.ts";
import { constant, variableTerm } from "./term.ts";
import { single, type Value } from "./value.ts";
import { declareVariable, newVariable, startingWith } from "./variables.ts";

/**
 * Makes the instances of all processes; what is wrong with them is reported once for all of them.
 */
export const instantiate = (whole: Elaboration): void => {
  const faults = new Map<string, Fault>();
  for (const process of whole.program.processes) {
    const values = process.index === undefined ? [undefined] : valuesOf(process.index.type);
    const instances = values.map((it) => instanceOf(whole, process, it, faults));
    whole.processes.set(process.name, instances);
  }
  for (const { report, instances } of faults.values()) whole.diagnostics.push(report(instances));
};

/** A mistake that is there in several instances. */
interface Fault {
  readonly report: (instances: readonly string[]) => Diagnostic;
  readonly instances: string[];
}

const instanceOf = (
  whole: Elaboration,
  process: ProcessSymbol,
  position: number | undefined,
  faults: Map<string, Fault>,
): Instance => {
  const { index: declared } = process;
  const index =
    position === undefined || declared === undefined
      ? undefined
      : single(declared.type, constant(position));
  const name =
    position === undefined || declared === undefined
      ? process.name
      : `${process.name}[${scalarText(declared.type, position)}]`;
  const groups = process.groups.filter((it) => applies(whole, process, it, index));
  const fault = (span: Span, report: Fault["report"]): void => {
    const key = `${span.file} ${span.start} ${report([]).code}`;
    const known = faults.get(key) ?? { report, instances: [] };
    known.instances.push(name);
    faults.set(key, known);
  };
  reportTwice(groups, fault);
  return {
    name,
    process,
    ...(index === undefined ? {} : { index }),
    ...stateOf(whole, process, name, index),
    variables: variablesOf(whole, process, groups, name, index),
    timers: timersOf(whole, groups, name),
    functions: filled(
      groups.flatMap((it) => it.functions),
      fault,
    ),
    procedures: filled(
      groups.flatMap((it) => it.procedures),
      fault,
    ),
    rules: groups.flatMap((it) => it.rules),
    receives: groups.flatMap((it) => it.receives),
    expires: groups.flatMap((it) => it.expires),
  };
};

/**
 * Whether the members of a group belong to the instance: `extend … when e` with the index bound.
 */
const applies = (
  whole: Elaboration,
  process: ProcessSymbol,
  group: MemberGroup,
  index: Value | undefined,
): boolean =>
  group.when === undefined ||
  startingWith(whole, process, index, group.when, { kind: "bool" })[0] === 1;

const stateOf = (
  whole: Elaboration,
  process: ProcessSymbol,
  owner: string,
  index: Value | undefined,
): Pick<Instance, "state"> => {
  const { state } = process;
  if (state === undefined) return {};
  const { type, initial } = state;
  const value =
    initial === undefined ? 0 : (startingWith(whole, process, index, initial, type)[0] ?? 0);
  const high = type.members.length - 1;
  const variable = newVariable(whole, {
    name: `${owner}.state`,
    low: 0,
    high,
    display: { kind: "enum", members: type.members },
    ghost: false,
    origin: { kind: "state" },
    owner,
    initial: value,
  });
  return { state: { type, term: variableTerm(variable, 0, high) } };
};

const variablesOf = (
  whole: Elaboration,
  process: ProcessSymbol,
  groups: readonly MemberGroup[],
  owner: string,
  index: Value | undefined,
): ReadonlyMap<string, Value> => {
  const declare = (symbol: VariableSymbol): [string, Value] => [
    symbol.name,
    declareVariable(whole, symbol, {
      owner,
      initial: (it) => startingWith(whole, process, index, it, symbol.type),
    }),
  ];
  return new Map(groups.flatMap((it) => it.variables.map(declare)));
};

/** The range of a timer is known only when all that starts it has been seen. */
const timersOf = (
  whole: Elaboration,
  groups: readonly MemberGroup[],
  owner: string,
): ReadonlyMap<string, Timer> => {
  const declare = (declared: ast.Name): [string, Timer] => {
    const name = `${owner}.${declared.text}`;
    const variable = newVariable(whole, {
      name,
      low: 0,
      high: 0,
      display: { kind: "int" },
      ghost: false,
      origin: { kind: "timer" },
      owner,
      initial: 0,
    });
    const term = variableTerm(variable, 0, Number.POSITIVE_INFINITY);
    return [declared.text, { name, declared, variable, term }];
  };
  return new Map(groups.flatMap((it) => it.timers.map(declare)));
};

// ---------------------------------------------------------------- exactly one of each name

type Report = (span: Span, report: Fault["report"]) => void;

interface Fillable {
  readonly name: string;
  readonly declaration: { readonly name: ast.Name; readonly body?: unknown };
}

/** Functions or procedures by name; a name without a body is a hook that another one fills. */
const filled = <A extends Fillable>(
  symbols: readonly A[],
  fault: Report,
): ReadonlyMap<string, A> => {
  const bodies = new Map<string, A>();
  for (const symbol of symbols) {
    const { name, declaration } = symbol;
    if (declaration.body === undefined) continue;
    const first = bodies.get(name);
    if (first === undefined) bodies.set(name, symbol);
    else {
      const notes = [{ message: "the first body is here", span: first.declaration.name.span }];
      fault(declaration.name.span, (instances) =>
        hookFilledTwice(declaration.name.span, { hook: name, instances, notes }),
      );
    }
  }
  for (const { name, declaration } of symbols) {
    if (bodies.has(name)) continue;
    fault(declaration.name.span, (instances) =>
      hookUnfilled(declaration.name.span, { hook: name, instances, notes: [] }),
    );
  }
  return bodies;
};

/** Variables, timers and rules that two groups of one instance declare. */
const reportTwice = (groups: readonly MemberGroup[], fault: Report): void => {
  const kinds: readonly ((group: MemberGroup) => readonly ast.Name[])[] = [
    (group) => [...group.variables.map((it) => it.declared), ...group.timers],
    (group) => group.rules.map((it) => it.name),
  ];
  for (const kind of kinds) {
    const seen = new Map<string, ast.Name>();
    for (const name of groups.flatMap(kind)) {
      const first = seen.get(name.text);
      if (first === undefined) seen.set(name.text, name);
      else {
        const notes = [{ message: "the first one is here", span: first.span }];
        fault(name.span, (instances) =>
          memberTwice(name.span, { name: name.text, instances, notes }),
        );
      }
    }
  }
};

/** Hooks outside processes: filled by exactly one declaration of the same name. */
export const fillGlobalHooks = (whole: Elaboration): void => {
  const faults = new Map<string, Fault>();
  const fault: Report = (span, report) => {
    faults.set(`${span.file} ${span.start}`, { report, instances: ["the program"] });
  };
  for (const [name, it] of filled(whole.program.functions, fault)) whole.functions.set(name, it);
  for (const [name, it] of filled(whole.program.procedures, fault)) whole.procedures.set(name, it);
  for (const { report, instances } of faults.values()) whole.diagnostics.push(report(instances));
};
