// What a body can do, found out before its code is written.

import type { Expression, NetworkId, Statement, VariableId } from "../core/index.ts";
import { partsOf } from "./scope.ts";

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

const bodiesOf = (statement: Statement): readonly (readonly Statement[])[] => {
  switch (statement.kind) {
    case "if":
      return [statement.then, statement.otherwise];
    case "either":
      return statement.branches;
    case "block":
      return [statement.body];
    case "assign":
    case "let":
    case "send":
    case "signal":
    case "choose":
    case "exit":
    case "require":
    case "disable":
    case "mark":
      return [];
  }
};

const expressionsOf = (statement: Statement): readonly Expression[] => {
  switch (statement.kind) {
    case "assign":
      return statement.target.kind === "element"
        ? [statement.target.index, statement.value]
        : [statement.value];
    case "let":
      return [statement.value];
    case "send":
      return statement.values;
    case "signal":
      return [statement.when];
    case "if":
    case "require":
      return [statement.condition];
    case "choose":
      return statement.guard === undefined ? [] : [statement.guard];
    case "either":
    case "block":
    case "exit":
    case "disable":
    case "mark":
      return [];
  }
};

/** Whether evaluating the expression looks at a network. */
export const looksAtNetworks = (expression: Expression): boolean =>
  expression.kind === "segments" || partsOf(expression).some(looksAtNetworks);

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
