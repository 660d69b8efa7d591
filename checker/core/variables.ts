// Variables of the state and the values they start with: typed program -> core.

import type * as ast from "../syntax/index.ts";
import type { ConstantValue, ProcessSymbol, Type, VariableSymbol } from "../semantics/index.ts";
import { newBuilder } from "./builder.ts";
import { certain, itemAt } from "./certain.ts";
import { componentsOf } from "./components.ts";
import type { Variable, VariableId } from "./core.ts";
import { withLocal, type Elaboration, type Scope } from "./elaboration.ts";
import { elaborateExpression } from "./expressions.ts";
import { constantOf, variableTerm } from "./term.ts";
import { asType, constantValue, scalarOf, zero, type Value } from "./value.ts";

export const newVariable = (whole: Elaboration, variable: Variable): VariableId =>
  whole.variables.push(variable) - 1;

interface Ownership {
  readonly owner: string;
  readonly initial: (expression: ast.Expression) => readonly number[];
}

/** Makes one variable of the state for each integer of a declared variable. */
export const declareVariable = (
  whole: Elaboration,
  symbol: VariableSymbol,
  { owner, initial }: Ownership,
): Value => {
  const { type, ghost } = symbol;
  const prefix = owner === "" ? symbol.name : `${owner}.${symbol.name}`;
  const start =
    symbol.initial === undefined ? zero(type).scalars.map((it) => it.low) : initial(symbol.initial);
  const scalars = componentsOf(type).map((it, at) => {
    const { low, high, display, path } = it;
    const value = itemAt(start, at, "an initial value");
    const name = prefix + path;
    if (value < low || value > high) {
      throw new Error(`${name} starts with ${value}, which semantics has not reported`);
    }
    const isGhost = ghost || it.ghost;
    const variable = newVariable(whole, {
      name,
      low,
      high,
      display,
      ghost: isGhost,
      origin: { kind: "variable" },
      owner,
      initial: value,
    });
    return variableTerm(variable, low, high);
  });
  return { type, scalars };
};

/** The integers of a constant expression that may mention the index of a process. */
export const startingWith = (
  whole: Elaboration,
  process: ProcessSymbol | undefined,
  index: Value | undefined,
  expression: ast.Expression,
  type: Type,
): readonly number[] => {
  const name = process?.index?.name;
  const locals = new Map<string, ConstantValue>();
  let scope: Scope = {};
  if (name !== undefined && index !== undefined) {
    locals.set(name, { type: index.type, scalars: [scalarOf(index).low] });
    scope = withLocal(scope, name, index);
  }
  const value = whole.program.evaluate(expression, locals);
  // What only folding can tell is folded: a call of a function with constant arguments, for one.
  const elaborated =
    value === undefined
      ? elaborateExpression(newBuilder(whole), scope, expression)
      : constantValue(value);
  return asType(elaborated, type).scalars.map((it) =>
    certain(constantOf(it), "a constant initial value"),
  );
};
