// Watches whether properties have anything to speak about: core -> core with a witness per premise.

import type { Core, Expression, Property, Statement } from "../core/index.ts";
import type { Exploration } from "../explore/index.ts";

/**
 * The occasion of a property: the event of a `never`, the first condition of a `recoverable`, what
 * stands before the `implies` of an invariant.
 */
export interface Premise {
  /** Position of the property in `Core.properties`. */
  readonly property: number;
  /** What is to be met. */
  readonly of:
    { readonly event: number } | { readonly condition: Expression; readonly localCount: number };
}

export interface Watched {
  /** The core with one more `reachable` per premise, after its own properties. */
  readonly core: Core;
  readonly premises: readonly Premise[];
}

const occasion = (property: Property): Premise["of"] | undefined => {
  switch (property.kind) {
    case "never":
      return { event: property.event };
    case "recoverable":
      return { condition: property.from, localCount: property.localCount };
    case "invariant":
      return property.occasion;
    case "reachable-event":
    case "reachable-state":
      return undefined;
  }
};

/** The premises of the properties of a core, in their order. */
export const premisesOf = ({ properties }: Pick<Core, "properties">): readonly Premise[] =>
  properties.flatMap((it, property) => {
    const of = occasion(it);
    return of === undefined ? [] : [{ property, of }];
  });

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
  const premises = premisesOf(core);
  const twins = new Map<number, number>();
  const events = [...core.events];
  const witnesses = premises.flatMap(({ property, of }): readonly Property[] => {
    const watched = core.properties[property];
    if (watched === undefined) return [];
    const { name, span } = watched;
    if ("event" in of) {
      const twin = events.push({ property: name }) - 1;
      twins.set(of.event, twin);
      return [{ kind: "reachable-event", name, span, event: twin }];
    }
    return [{ kind: "reachable-state", name, span, ...of }];
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
