// The bounds under which a search speaks, and which of them it met, in words and as data.

import type { Bounds } from "../prove/index.ts";
import { counted } from "./wording.ts";

/** Per network its declared limits, by the names they have in JSON: `wire.capacity`. */
export const boundsOf = ({ networks }: Bounds): Readonly<Record<string, number | string>> =>
  Object.fromEntries(
    networks.flatMap((it): readonly (readonly [string, number | string])[] => [
      [`${it.name}.capacity`, it.capacity],
      [`${it.name}.full`, it.full],
      ...(it.lifetime === undefined ? [] : ([[`${it.name}.lifetime`, it.lifetime]] as const)),
      [`${it.name}.loss`, it.loss],
      [`${it.name}.duplication`, it.duplication],
      [`${it.name}.reorder`, it.order],
    ]),
  );

/** How often each bound was met: segments dropped, steps cut, and 1 for a budget that some state has used up. */
export const boundsHitOf = ({ networks, declared }: Bounds): Readonly<Record<string, number>> =>
  Object.fromEntries([
    ...networks.flatMap((it): readonly (readonly [string, number])[] => [
      ...(it.full === "drop" ? [[`${it.name}.full`, it.dropped] as const] : []),
      ...(typeof it.loss === "number" ? [[`${it.name}.loss`, it.spent.loss ? 1 : 0] as const] : []),
      ...(typeof it.duplication === "number"
        ? [[`${it.name}.duplication`, it.spent.duplication ? 1 : 0] as const]
        : []),
    ]),
    ...declared.map((it) => [it.name, it.cut] as const),
  ]);

/** One phrase per network, and one for all declared bounds. */
export const boundsText = (bounds: Bounds): string => {
  const networks = bounds.networks.map((it) => {
    const parts = [
      `capacity ${it.capacity} (full: ${it.full})`,
      ...(it.lifetime === undefined ? [] : [`lifetime ${it.lifetime}`]),
      `loss ${it.loss}`,
      `duplication ${it.duplication}`,
      it.order === "any" ? "any order" : "in order",
    ];
    return `${it.name}: ${parts.join(", ")}`;
  });
  const declared = bounds.declared.map((it) => it.name);
  return [...networks, ...(declared.length === 0 ? [] : [`bound ${declared.join(", ")}`])].join(
    "; ",
  );
};

/** What the search ran into, in words; "" where there is nothing to run into. */
export const boundsHitText = ({ networks, declared }: Bounds): string => {
  const hits = networks.flatMap((it) => {
    const budgets = [
      ...(it.spent.loss ? ["loss"] : []),
      ...(it.spent.duplication ? ["duplication"] : []),
    ];
    return [
      ...(it.dropped === 0 ? [] : [`${it.name} full: ${counted(it.dropped, "segment")} dropped`]),
      ...(budgets.length === 0 ? [] : [`${it.name} ${budgets.join(" and ")} budget used up`]),
    ];
  });
  const cut = declared.flatMap((it) =>
    it.cut === 0 ? [] : [`\`${it.name}\` cut ${counted(it.cut, "step")}`],
  );
  const all = [...hits, ...cut];
  const isBounded = networks.length > 0 || declared.length > 0;
  return all.length > 0 ? all.join(", ") : isBounded ? "none" : "";
};
