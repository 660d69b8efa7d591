// Watches which rules are taken: core -> core with a branch per rule, marked by each of its steps.

import type { Action, Branch, Core } from "../core/index.ts";

/** Rules and expiries, in the order of labels. */
export const rulesOf = ({ actions }: Core): readonly Branch[] =>
  actions.filter(isRule).map(({ name, span }) => ({ name, span }));

const isRule = (it: Action): it is Extract<Action, { readonly kind: "rule" | "expiry" }> =>
  it.kind === "rule" || it.kind === "expiry";

/** Adds the branches after those of the core; states, steps and all other numbers stay as they are. */
export const markRules = (core: Core): Core => {
  let branch = core.branches.length;
  const actions = core.actions.map((it): Action => {
    if (!isRule(it)) return it;
    const mark = { kind: "mark", branch } as const;
    branch += 1;
    return { ...it, body: [mark, ...it.body] };
  });
  return { ...core, actions, branches: [...core.branches, ...rulesOf(core)] };
};
