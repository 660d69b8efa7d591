// What the codes of all statements of a body share: how a path ends, and what it has sent so far.

import type { Code, Part, Value } from "../code/index.ts";
import { less, when } from "../code/index.ts";
import type { NetworkId } from "../core/index.ts";
import type { Plan } from "./plan.ts";
import type { Scope } from "./scope.ts";

/*
 * Code of a body stands inside two blocks: leaving `f` ends the path with the failure in `err`, and
 * leaving `v` ends it as no step.
 */

/** How many segments a path has sent to a network so far: at least, at most. */
export interface Sent {
  readonly least: number;
  readonly most: number;
}

/** By network; undefined where no path comes. */
export type Flow = ReadonlyMap<NetworkId, Sent> | undefined;

export interface Body {
  readonly scope: Scope;
  readonly plan: Plan;
  flow: Flow;
  /** What was sent where an `exit` leaves its block, by label. */
  readonly exits: Map<number, Flow[]>;
}

export const newBody = (scope: Scope, plan: Plan): Body => ({
  scope,
  plan,
  flow: new Map(),
  exits: new Map(),
});

export const none: Sent = { least: 0, most: 0 };

export const joinFlows = (left: Flow, right: Flow): Flow => {
  if (left === undefined) return right;
  if (right === undefined) return left;
  const networks = new Set([...left.keys(), ...right.keys()]);
  return new Map(
    [...networks].map((network) => {
      const [a, b] = [left.get(network) ?? none, right.get(network) ?? none];
      return [network, { least: Math.min(a.least, b.least), most: Math.max(a.most, b.most) }];
    }),
  );
};

/** One of several parts by an index known to be in range. */
export const selectCode = (index: Value, parts: readonly Code[], first = 0): Part => {
  if (parts.length <= 1) return parts[0] ?? [];
  const half = parts.length >> 1;
  const low = selectCode(index, parts.slice(0, half), first);
  const high = selectCode(index, parts.slice(half), first + half);
  return when(less(index, first + half), low, high);
};
