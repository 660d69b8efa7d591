// The state formulas of a core in the order in which every machine judges them.

import type { Core, Expression } from "../core/index.ts";
import type { Formula } from "./machine.ts";

/** Properties in order (a recoverable gives `from`, then `to`), then finals. */
export const formulasOf = (core: Core): readonly Formula[] => [
  ...core.properties.flatMap((it, property): readonly Formula[] => {
    switch (it.kind) {
      case "invariant":
      case "reachable-state":
        return [{ kind: it.kind, property }];
      case "recoverable":
        return [
          { kind: "recoverable-from", property },
          { kind: "recoverable-to", property },
        ];
      case "never":
      case "reachable-event":
        return [];
    }
  }),
  ...core.finals.map((_, final): Formula => ({ kind: "final", final })),
];

/** A condition on one state and the number of locals its evaluation needs. */
export interface Condition {
  readonly condition: Expression;
  readonly localCount: number;
}

const finalOf = (core: Core, final: number): Condition => {
  const found = core.finals[final];
  if (found === undefined) throw new Error(`no final ${final} in this core`);
  return found;
};

/** What a formula evaluates. */
export const conditionOf = (core: Core, formula: Formula): Condition => {
  if (formula.kind === "final") return finalOf(core, formula.final);
  const property = core.properties[formula.property];
  switch (property?.kind) {
    case "invariant":
    case "reachable-state":
      return property;
    case "recoverable": {
      const condition = formula.kind === "recoverable-from" ? property.from : property.to;
      return { condition, localCount: property.localCount };
    }
    case "never":
    case "reachable-event":
    case undefined:
      throw new Error(`property ${formula.property} has no state formula`);
  }
};
