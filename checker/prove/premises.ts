// Watches whether properties have anything to speak about: core -> core with a witness per premise.

import type { Core, Property, Statement } from "../core/index.ts";
import type { Exploration } from "../explore/index.ts";

/** The occasion of a property: the event of a `never`, the first condition of a `recoverable`. */
export interface Premise {
  /** Position of the property in `Core.properties`. */
  readonly property: number;
  readonly kind: "never" | "recoverable";
}

export interface Watched {
  /** The core with one more `reachable` per premise, after its own properties. */
  readonly core: Core;
  readonly premises: readonly Premise[];
}

const premiseOf = (property: Property, position: number): readonly Premise[] =>
  property.kind === "never" || property.kind === "recoverable"
    ? [{ property: position, kind: property.kind }]
    : [];

/** Before every signal of an event that a property judges, one that does not ask for the judgement. */
const alsoSignal = (
  body: readonly Statement[],
  twins: ReadonlyMap<number, number>,
): readonly Statement[] =>
  body.flatMap((it): readonly Statement[] => {
    switch (it.kind) {
      case "signal": {
        const twin = twins.get(it.event);
        const always = { kind: "constant", value: 1 } as const;
        return twin === undefined ? [it] : [{ kind: "signal", event: twin, when: always }, it];
      }
      case "if":
        return [
          {
            ...it,
            then: alsoSignal(it.then, twins),
            otherwise: alsoSignal(it.otherwise, twins),
          },
        ];
      case "either":
        return [{ ...it, branches: it.branches.map((branch) => alsoSignal(branch, twins)) }];
      case "block":
        return [{ ...it, body: alsoSignal(it.body, twins) }];
      case "assign":
      case "let":
      case "send":
      case "choose":
      case "exit":
      case "require":
      case "disable":
      case "mark":
        return [it];
    }
  });

/** Adds the witnesses; states, steps and the numbers of everything else stay as they are. */
export const watchPremises = (core: Core): Watched => {
  const premises = core.properties.flatMap(premiseOf);
  const twins = new Map<number, number>();
  const events = [...core.events];
  const witnesses = premises.flatMap((it): readonly Property[] => {
    const property = core.properties[it.property];
    if (property?.kind === "recoverable") {
      const { name, span, from, localCount } = property;
      return [{ kind: "reachable-state", name, span, condition: from, localCount }];
    }
    if (property?.kind !== "never") return [];
    const { name, span, event } = property;
    const twin = events.push({ property: name }) - 1;
    twins.set(event, twin);
    return [{ kind: "reachable-event", name, span, event: twin }];
  });
  const bodies =
    twins.size === 0
      ? core.actions
      : core.actions.map((it) => ("body" in it ? { ...it, body: alsoSignal(it.body, twins) } : it));
  return {
    core: { ...core, properties: [...core.properties, ...witnesses], events, actions: bodies },
    premises,
  };
};

/** The exploration as if there had been no witnesses, and by premise whether it was met. */
export const unwatch = (
  exploration: Exploration,
  { core, premises }: Watched,
): { readonly exploration: Exploration; readonly isMet: readonly boolean[] } => {
  const own = core.properties.length - premises.length;
  return {
    exploration: { ...exploration, verdicts: exploration.verdicts.slice(0, own) },
    isMet: premises.map((_, at) => exploration.verdicts[own + at]?.kind === "reached"),
  };
};
