// The whole of elaboration on one page: typed program -> core.

import type { Checked, Span } from "../source/index.ts";
import { valueText, zeroOf, type TypedProgram } from "../semantics/index.ts";
import { elaborateActions } from "./actions.ts";
import { newBuilder } from "./builder.ts";
import { componentsOf } from "./components.ts";
import type { Core, Variable } from "./core.ts";
import { newElaboration, type Elaboration } from "./elaboration.ts";
import { planEvents } from "./events.ts";
import { checkHandlers } from "./handlers.ts";
import { fillGlobalHooks, instantiate } from "./instances.ts";
import { planNetworks } from "./networks.ts";
import { elaborateBounds, elaborateFinals, elaborateProperties } from "./properties.ts";
import { elaborateBlock } from "./statements.ts";
import { constant, variableTerm } from "./term.ts";
import { tidy } from "./tidy.ts";
import { constantValue, single } from "./value.ts";
import { declareVariable, newVariable, startingWith } from "./variables.ts";

/** Everything but code: variables, instances, networks, events, and who handles what. */
const frameOf = (
  program: TypedProgram,
): { readonly whole: Elaboration; readonly events: Core["events"] } => {
  const whole = newElaboration(program, placeIn(program));
  declareGlobals(whole);
  fillGlobalHooks(whole);
  instantiate(whole);
  planNetworks(whole);
  const events = planEvents(whole);
  whole.diagnostics.push(...checkHandlers(whole));
  return { whole, events };
};

/** What is known of a core before its code is written. */
export interface Inspection {
  /** Variables as the core has them, but for the ranges of timers: what starts these is code. */
  readonly variables: readonly Variable[];
  readonly networks: Core["networks"];
}

/** All that elaboration can say before it writes code, which takes nearly all of its time. */
export const inspect = (program: TypedProgram): Checked<Inspection> => {
  const { whole } = frameOf(program);
  const networks = [...whole.networks.values()].map((it) => it.core);
  return { value: { variables: whole.variables, networks }, diagnostics: whole.diagnostics };
};

export interface Elaborated extends Checked<Core | undefined> {
  /** How many statements were written for it. */
  readonly statements: number;
}

/** The core of a program without errors; undefined when instantiating it shows new ones. */
export const elaborate = (program: TypedProgram): Elaborated => {
  const { whole, events } = frameOf(program);
  if (whole.diagnostics.length > 0) return failure(whole);
  const init = elaborateInit(whole);
  const actions = elaborateActions(whole);
  const properties = elaborateProperties(whole);
  const bounds = elaborateBounds(whole);
  const finals = elaborateFinals(whole);
  if (whole.diagnostics.length > 0) return failure(whole);
  const core: Core = {
    variables: whole.variables.map((it, id) => withRun(it, whole.longest.get(id))),
    networks: [...whole.networks.values()].map((it) => it.core),
    init,
    actions,
    properties,
    events,
    bounds,
    finals,
    sites: whole.sites.items,
    branches: whole.branches.items,
    parameters: parametersOf(program),
  };
  return { value: core, diagnostics: [], statements: whole.spent() };
};

const failure = ({ diagnostics, spent }: Elaboration): Elaborated => ({
  value: undefined,
  diagnostics,
  statements: spent(),
});

/** Constants, members of enums, variables and clocks; no two of them share a name. */
const declareGlobals = (whole: Elaboration): void => {
  const { program, globals } = whole;
  for (const { name, value } of program.constants) globals.set(name, constantValue(value));
  for (const type of program.enums) {
    type.members.forEach((it, at) => globals.set(it, single(type, constant(at))));
  }
  for (const symbol of program.variables) {
    globals.set(
      symbol.name,
      declareVariable(whole, symbol, {
        owner: "",
        initial: (it) => startingWith(whole, undefined, undefined, it, symbol.type),
      }),
    );
  }
  for (const { name, modulus } of program.clocks) {
    const type = { kind: "mod", modulus } as const;
    const [component] = componentsOf(type);
    const variable = newVariable(whole, {
      name,
      low: 0,
      high: modulus - 1,
      display: component?.display ?? { kind: "int" },
      ghost: false,
      origin: { kind: "clock" },
      owner: "",
      initial: zeroOf(type).scalars[0] ?? 0,
    });
    globals.set(name, single(type, variableTerm(variable, 0, modulus - 1)));
  }
};

/** All `init` blocks as one program, in import order. */
const elaborateInit = (whole: Elaboration): Core["init"] => {
  const builder = newBuilder(whole);
  for (const { body } of whole.program.inits) elaborateBlock(builder, {}, body);
  return tidy(builder);
};

/** A timer that is started with at most `longest` ticks holds 0..longest + 1. */
const withRun = (variable: Variable, longest: number | undefined): Variable =>
  variable.origin.kind === "timer" && longest !== undefined
    ? { ...variable, high: longest + 1 }
    : variable;

const parametersOf = (program: TypedProgram): Core["parameters"] =>
  program.constants.map(({ name, value, source }) => ({
    name,
    value: valueText(value),
    isDefault: source === "default",
  }));

/** Some place in the program, for what has none of its own. */
const placeIn = (program: TypedProgram): Span => {
  const places = [
    program.processes[0]?.declaration.name.span,
    program.rules[0]?.name.span,
    program.networks[0]?.declaration.name.span,
    program.variables[0]?.declared.span,
    program.properties[0]?.name.span,
    program.inits[0]?.span,
  ];
  return places.find((it) => it !== undefined) ?? { file: "", start: 0, end: 0 };
};
