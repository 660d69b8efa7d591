// The recoverables that are selected, in groups that are decided together.

import type { Core } from "../core/index.ts";
import type { Formula } from "../machine/index.ts";
import type { ExploreOptions } from "./options.ts";
import type { RecoveryGroup } from "./space.ts";

export interface Recovery {
  readonly property: number;
  readonly withoutFaults: boolean;
}

export interface Recoveries extends RecoveryGroup {
  readonly members: readonly Recovery[];
}

const groupSize = 8;

/** The selected recoverables. */
export const recoveriesOf = (
  formulas: readonly Formula[],
  core: Core,
  options: ExploreOptions,
): readonly Recoveries[] => {
  const all = core.properties.flatMap((it, property) => {
    if (it.kind !== "recoverable" || !options.selected(property)) return [];
    const formula = (kind: "recoverable-from" | "recoverable-to") =>
      formulas.findIndex((one) => one.kind === kind && one.property === property);
    const { withoutFaults } = it;
    const from = formula("recoverable-from");
    return [{ property, withoutFaults, from, to: formula("recoverable-to") }];
  });
  return Array.from({ length: Math.ceil(all.length / groupSize) }, (_, group) => {
    const members = all.slice(group * groupSize, (group + 1) * groupSize);
    return {
      members,
      from: members.map((it) => it.from),
      to: members.map((it) => it.to),
      withoutFaults: members.reduce((bits, it, bit) => bits | (it.withoutFaults ? 1 << bit : 0), 0),
    };
  });
};
