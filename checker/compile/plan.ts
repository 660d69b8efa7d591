// What a body can do, found out before its code is written.

import {
  bodiesOf,
  type Expression,
  expressionsOf,
  type NetworkId,
  operandsOf,
  type Statement,
  type VariableId,
} from "../core/index.ts";

export interface Plan {
  /** Variables that the body can assign. */
  readonly assigned: ReadonlySet<VariableId>;
  /** Per network it sends to: the most sends on one path. */
  readonly sends: ReadonlyMap<NetworkId, number>;
  /**
   * Whether the body looks at what is in a network: then a sent segment has to be in its place at
   * once.
   */
  readonly looksAtNetworks: boolean;
  /** Whether a path can end as no step: then what it counts and marks waits until it is a step. */
  readonly canVanish: boolean;
  /** The most choices on one path. */
  readonly choices: number;
  readonly marks: number;
  /** Words of events that the body can signal. */
  readonly eventWords: ReadonlySet<number>;
}

/** Every statement of a body, nested ones included. */
export function* statementsIn(body: readonly Statement[]): Generator<Statement> {
  for (const statement of body) {
    yield statement;
    for (const part of bodiesOf(statement)) yield* statementsIn(part);
  }
}

/** Whether evaluating the expression looks at a network. */
export const looksAtNetworks = (expression: Expression): boolean =>
  expression.kind === "segments" || operandsOf(expression).some(looksAtNetworks);

/**
 * The greatest number on one path, where each statement counts for itself and the greatest of its
 * bodies.
 */
const most = (body: readonly Statement[], own: (statement: Statement) => number): number =>
  body.reduce(
    (sum, it) => sum + own(it) + Math.max(0, ...bodiesOf(it).map((part) => most(part, own))),
    0,
  );

const targetsOf = (statement: Statement): readonly VariableId[] => {
  if (statement.kind !== "assign") return [];
  const { target } = statement;
  return target.kind === "variable"
    ? [target.variable]
    : Array.from({ length: target.count }, (_, index) => target.base + target.stride * index);
};

export const planOf = (
  body: readonly Statement[],
  blocks: (network: NetworkId) => boolean,
): Plan => {
  const all = [...statementsIn(body)];
  const networks = new Set(all.flatMap((it) => (it.kind === "send" ? [it.network] : [])));
  return {
    assigned: new Set(all.flatMap(targetsOf)),
    sends: new Map(
      [...networks].map((network) => [
        network,
        most(body, (it) => (it.kind === "send" && it.network === network ? 1 : 0)),
      ]),
    ),
    looksAtNetworks: all.some((it) => expressionsOf(it).some(looksAtNetworks)),
    canVanish: all.some(
      (it) =>
        it.kind === "disable" ||
        it.kind === "choose" ||
        it.kind === "either" ||
        (it.kind === "send" && blocks(it.network)),
    ),
    choices: most(body, (it) => (it.kind === "choose" || it.kind === "either" ? 1 : 0)),
    marks: most(body, (it) => (it.kind === "mark" ? 1 : 0)),
    eventWords: new Set(all.flatMap((it) => (it.kind === "signal" ? [it.event >> 5] : []))),
  };
};
