// Writes the forgetting of dead variables into the bodies, so that every back end does it: core -> core.

import type { Action, Core, Expression, Statement, VariableId } from "../core/index.ts";
import { assignedIn } from "./assigned.ts";
import { canonical, type Reset } from "./dead-variables.ts";

/**
 * A body ends with the resets that its assignments may call for. Losing, duplicating and ticking
 * move no control state and no variable that can be dead, so they leave a reset state reset.
 */
export const withResets = (core: Core, resets: readonly Reset[]): Core => {
  const ended = (body: readonly Statement[], all: boolean): readonly Statement[] => {
    const assigned = assignedIn(body);
    const added = resets.flatMap((it) => statementsOf(core, it, all ? undefined : assigned));
    return added.length === 0 ? body : [...body, ...added];
  };
  return {
    ...core,
    init: { ...core.init, body: ended(core.init.body, true) },
    actions: core.actions.map((it): Action =>
      "body" in it ? { ...it, body: ended(it.body, false) } : it,
    ),
  };
};

/** The resets that are due after the assignments, or all of them. */
const statementsOf = (
  core: Core,
  { control, dead }: Reset,
  assigned: ReadonlySet<VariableId> | undefined,
): readonly Statement[] => {
  const isDue = (id: VariableId): boolean =>
    assigned === undefined || assigned.has(id) || (control !== undefined && assigned.has(control));
  const resetAll = (ids: readonly VariableId[]): readonly Statement[] =>
    ids.filter((id) => isDue(id)).map((id) => assignCanonical(core, id));
  if (control === undefined) return resetAll(dead[0] ?? []);
  const low = core.variables[control]?.low ?? 0;
  const lists = dead.map((ids) => ids.filter((id) => isDue(id)));
  const keys = [...new Set(lists.filter((it) => it.length > 0).map((it) => it.join()))];
  return keys.map((key): Statement => {
    const values = lists.flatMap((it, at) => (it.join() === key ? [low + at] : []));
    const [list = []] = lists.filter((it) => it.join() === key);
    return {
      kind: "if",
      condition: values
        .map((value) => isValue(control, value))
        .reduce((left, right) => ({ kind: "binary", operator: "or", left, right })),
      then: resetAll(list),
      otherwise: [],
    };
  });
};

const isValue = (variable: VariableId, value: number): Expression => ({
  kind: "binary",
  operator: "equal",
  left: { kind: "variable", variable },
  right: { kind: "constant", value },
});

const assignCanonical = (core: Core, variable: VariableId): Statement => {
  const place = core.variables[variable];
  if (place === undefined) throw new Error(`no variable ${variable} in this core`);
  return {
    kind: "assign",
    target: { kind: "variable", variable },
    value: { kind: "constant", value: canonical(place) },
  };
};
