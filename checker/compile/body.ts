// What the codes of all statements of a body share: how a path ends, and what it has sent so far.

import type { Expression, NetworkId } from "../core/index.ts";
import type { numberOf } from "./loops.ts";
import { truthOf } from "./loops.ts";
import type { Plan } from "./plan.ts";
import type { Code, Scope } from "./scope.ts";
import { declared, freshName } from "./scope.ts";

/*
 * Code of a body stands inside two labelled blocks: `break f;` ends the path with the failure in
 * `err`, and `break v;` ends it as no step.
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

/** A value for the code that follows; when it can fail, the path ends here if it did. */
export const checked = (
  expression: Expression,
  body: Body,
  of: typeof numberOf,
): { readonly code: Code; readonly text: string } => {
  const { notes } = body.scope;
  const before = notes.canFail;
  notes.canFail = false;
  const { code, text } = of(expression, body.scope);
  const canFail = notes.canFail;
  notes.canFail = before || canFail;
  if (!canFail) return { code, text };
  const name = freshName(body.scope);
  const value = of === truthOf ? `${text} ? 1 : 0` : text;
  return {
    code: [...code, `${name} = ${value};`, "if (err !== 0) break f;"],
    text: of === truthOf ? `(${name} !== 0)` : name,
  };
};

/** A statement that ends the path with a failure. */
export const failCode = (body: Body, site: number): string => {
  body.scope.notes.canFail = true;
  return `{ ${declared(body.scope.frame, "err")} = ${site + 1}; break f; }`;
};

/** One of several statements by an index known to be in range. */
export const selectCode = (index: string, statements: readonly string[], first = 0): string => {
  if (statements.length <= 1) return statements[0] ?? "";
  const half = statements.length >> 1;
  const low = selectCode(index, statements.slice(0, half), first);
  const high = selectCode(index, statements.slice(half), first + half);
  return `if (${index} < ${first + half}) { ${low} } else { ${high} }`;
};
