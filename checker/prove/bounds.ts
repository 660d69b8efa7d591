// The bounds under which a search speaks, and which of them it met: core, exploration -> facts for reports.

import type { Core, Network } from "../core/index.ts";
import type { Exploration } from "../explore/index.ts";

type Budget = number | "any" | "none";

export interface NetworkBounds {
  readonly name: string;
  readonly capacity: number;
  readonly full: Network["full"];
  /** In ticks; absent where segments have no age. */
  readonly lifetime?: number;
  readonly loss: Budget;
  readonly duplication: Budget;
  readonly order: "any" | "none";
  /** Segments that found no room. */
  readonly dropped: number;
  /** Does some reachable state have nothing left of the budget? */
  readonly spent: { readonly loss: boolean; readonly duplication: boolean };
}

export interface Bounds {
  readonly networks: readonly NetworkBounds[];
  /** The declared ones, and how many steps each cut. */
  readonly declared: readonly { readonly name: string; readonly cut: number }[];
}

/** The largest remaining budget is the budget. */
const budgetOf = ({ variables }: Core, of: Network["loss"]): Budget =>
  of === undefined ? "none" : of === "any" ? "any" : (variables[of]?.high ?? 0);

export const boundsFound = (core: Core, { dropped, cut, spent }: Exploration): Bounds => ({
  networks: core.networks.map((it, id) => ({
    name: it.name,
    capacity: it.capacity,
    full: it.full,
    ...(it.lifetime === undefined ? {} : { lifetime: it.lifetime }),
    loss: budgetOf(core, it.loss),
    duplication: budgetOf(core, it.duplication),
    order: it.kind === "bag" ? "any" : "none",
    dropped: dropped[id] ?? 0,
    spent: spent[id] ?? { loss: false, duplication: false },
  })),
  declared: core.bounds.map(({ name }, id) => ({ name, cut: cut[id] ?? 0 })),
});
