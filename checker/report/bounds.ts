// The bounds under which a search speaks, and which of them it met: search -> facts of a report.

import type { Search } from "../prove/index.ts";
import { counted } from "./wording.ts";

type Network = Search["core"]["networks"][number];

/** The largest remaining budget is the budget. */
const budget = (search: Search, of: Network["loss"]): number | "any" | "none" =>
  of === undefined ? "none" : of === "any" ? "any" : (search.core.variables[of]?.high ?? 0);

/** Per network its declared limits, by the names they have in JSON: `wire.capacity`. */
export const boundsOf = (search: Search): Readonly<Record<string, number | string>> =>
  Object.fromEntries(
    search.core.networks.flatMap((it): readonly (readonly [string, number | string])[] => [
      [`${it.name}.capacity`, it.capacity],
      [`${it.name}.full`, it.full],
      ...(it.lifetime === undefined ? [] : ([[`${it.name}.lifetime`, it.lifetime]] as const)),
      [`${it.name}.loss`, budget(search, it.loss)],
      [`${it.name}.duplication`, budget(search, it.duplication)],
      [`${it.name}.reorder`, it.kind === "bag" ? "any" : "none"],
    ]),
  );

/** How often each bound was met: segments dropped, steps cut, and 1 for a budget that some state has used up. */
export const boundsHitOf = ({ core, exploration }: Search): Readonly<Record<string, number>> =>
  Object.fromEntries([
    ...core.networks.flatMap((it, id): readonly (readonly [string, number])[] => {
      const spent = exploration.spent[id];
      return [
        ...(it.full === "drop" ? [[`${it.name}.full`, exploration.dropped[id] ?? 0] as const] : []),
        ...(typeof it.loss === "number"
          ? [[`${it.name}.loss`, spent?.loss === true ? 1 : 0] as const]
          : []),
        ...(typeof it.duplication === "number"
          ? [[`${it.name}.duplication`, spent?.duplication === true ? 1 : 0] as const]
          : []),
      ];
    }),
    ...core.bounds.map((it, id) => [it.name, exploration.cut[id] ?? 0] as const),
  ]);

/** One phrase per network, and one for all declared bounds. */
export const boundsText = (search: Search): string => {
  const networks = search.core.networks.map((it) => {
    const parts = [
      `capacity ${it.capacity} (full: ${it.full})`,
      ...(it.lifetime === undefined ? [] : [`lifetime ${it.lifetime}`]),
      `loss ${budget(search, it.loss)}`,
      `duplication ${budget(search, it.duplication)}`,
      it.kind === "bag" ? "any order" : "in order",
    ];
    return `${it.name}: ${parts.join(", ")}`;
  });
  const declared = search.core.bounds.map((it) => it.name);
  return [...networks, ...(declared.length === 0 ? [] : [`bound ${declared.join(", ")}`])].join(
    "; ",
  );
};

/** What the search ran into, in words; "" where there is nothing to run into. */
export const boundsHitText = (search: Search): string => {
  const { core, exploration } = search;
  const hits = core.networks.flatMap((it, id) => {
    const dropped = exploration.dropped[id] ?? 0;
    const spent = exploration.spent[id];
    const budgets = [
      ...(spent?.loss === true ? ["loss"] : []),
      ...(spent?.duplication === true ? ["duplication"] : []),
    ];
    return [
      ...(dropped === 0 ? [] : [`${it.name} full: ${counted(dropped, "segment")} dropped`]),
      ...(budgets.length === 0 ? [] : [`${it.name} ${budgets.join(" and ")} budget used up`]),
    ];
  });
  const cut = core.bounds.flatMap((it, id) => {
    const steps = exploration.cut[id] ?? 0;
    return steps === 0 ? [] : [`\`${it.name}\` cut ${counted(steps, "step")}`];
  });
  const all = [...hits, ...cut];
  const isBounded = core.networks.length > 0 || core.bounds.length > 0;
  return all.length > 0 ? all.join(", ") : isBounded ? "none" : "";
};
