// Forgets what no continuation can read: a core -> a core with fewer states and the same behaviour.

import type { Core, Expression, Statement, Variable, VariableId } from "../core/index.ts";
import { canFail, withBodies } from "../core/index.ts";
import { assignedIn } from "./assigned.ts";
import { type Liveness, livenessOf } from "./liveness.ts";
import { envelopeLength } from "./places.ts";
import type { Interest } from "./reads.ts";

/** Where a control variable (or, without one, anything) has a value, these variables are dead. */
export interface Reset {
  readonly control: VariableId | undefined;
  /** By value of the control variable less its low. */
  readonly dead: readonly (readonly VariableId[])[];
}

export interface Forgotten {
  /** Without assignments, signals and fields that nothing reads; the resets are not in it. */
  readonly core: Core;
  /** To be applied to every state, in order. */
  readonly resets: readonly Reset[];
  /** Fields that nobody reads, by network and position in the segment: always canonical. */
  readonly fields: readonly { readonly network: number; readonly position: number }[];
}

/** The value that stands for all values of something dead. */
export const canonical = ({ low, high }: Pick<Variable, "low" | "high">): number =>
  Math.min(Math.max(0, low), high);

/**
 * One analysis per control variable, each on what the one before left. Control variables are the
 * states of processes, and other variables of an enum: many models say `var phase : Phase`.
 */
export const forget = (core: Core, interest: Interest): Forgotten => {
  const controls = core.variables.flatMap(({ origin, display, ghost }, id) =>
    origin.kind === "state" || (display.kind === "enum" && !ghost) ? [id] : [],
  );
  const none: Forgotten = { core, resets: [], fields: [] };
  return [undefined, ...controls].reduce<Forgotten>((before, control) => {
    const liveness = livenessOf(before.core, control, interest);
    const fields = deadFields(before.core, liveness);
    const everywhere = new Set(
      before.resets.flatMap((it) => (it.control === undefined ? it.dead : [])).flat(),
    );
    const dead = deadVariables(before.core, liveness).map((ids) =>
      ids.filter((it) => !everywhere.has(it)),
    );
    const reset = { control, dead };
    return {
      core: without(before.core, liveness, reset),
      resets: reset.dead.some((it) => it.length > 0) ? [...before.resets, reset] : before.resets,
      fields: [...before.fields, ...fields],
    };
  }, none);
};

const deadVariables = (core: Core, { live }: Liveness): readonly (readonly VariableId[])[] =>
  live.map((mask) =>
    core.variables.flatMap(({ low, high }, id) =>
      low === high || (mask >> BigInt(id)) % 2n === 1n ? [] : [id],
    ),
  );

const deadFields = (core: Core, { isFieldLive }: Liveness): Forgotten["fields"] =>
  core.networks.flatMap(({ fields }, network) => {
    const first = envelopeLength(core, network);
    return fields.flatMap(({ low, high }, at) =>
      low === high || isFieldLive(network, first + at) ? [] : [{ network, position: first + at }],
    );
  });

/** The core without what the analysis finds to be never read. */
const without = (core: Core, liveness: Liveness, { control, dead }: Reset): Core => {
  const prune = (body: readonly Statement[]): readonly Statement[] =>
    body.flatMap((it): readonly Statement[] => {
      const isPruned = it.kind === "assign" || it.kind === "let" || it.kind === "signal";
      if (isPruned && !liveness.isNeeded(it)) return [];
      if (it.kind === "send") return [{ ...it, values: sent(core, liveness, it) }];
      return [withBodies(it, prune)];
    });
  const pruned: Core = {
    ...core,
    init: { ...core.init, body: prune(core.init.body) },
    actions: core.actions.map((it) => ("body" in it ? { ...it, body: prune(it.body) } : it)),
    networks: core.networks.map((network, id) => ({
      ...network,
      fields: network.fields.map((field, at) =>
        liveness.isFieldLive(id, envelopeLength(core, id) + at) ? field : only(field),
      ),
    })),
  };
  if (control !== undefined) return pruned;
  const everywhere = new Set(dead[0]);
  const assigned = new Set(
    [pruned.init.body, ...pruned.actions.map((it) => ("body" in it ? it.body : []))].flatMap(
      (it) => [...assignedIn(it)],
    ),
  );
  const isGone = (id: VariableId): boolean =>
    everywhere.has(id) && !assigned.has(id) && !liveness.isReadByInit(id);
  return {
    ...pruned,
    variables: core.variables.map((it, id) =>
      isGone(id) ? { ...only(it), initial: canonical(it) } : it,
    ),
  };
};

/** With one value only, a place takes no room in a state. */
const only = <Place extends Pick<Variable, "low" | "high">>(place: Place): Place => ({
  ...place,
  low: canonical(place),
  high: canonical(place),
});

const zero: Expression = { kind: "constant", value: 0 };
const product = (left: Expression, right: Expression): Expression => ({
  kind: "binary",
  operator: "multiply",
  left,
  right,
});
const sum = (left: Expression, right: Expression): Expression => ({
  kind: "binary",
  operator: "add",
  left,
  right,
});

const sent = (
  core: Core,
  { isFieldLive }: Liveness,
  { network, values }: Extract<Statement, { readonly kind: "send" }>,
): readonly Expression[] => {
  const first = envelopeLength(core, network);
  return values.map((value, position) => {
    const field = core.networks[network]?.fields[position - first];
    if (field === undefined || isFieldLive(network, position)) return value;
    const constant: Expression = { kind: "constant", value: canonical(field) };
    // A value that nobody reads may still be a model error.
    return canFail(value) ? sum(product(value, zero), constant) : constant;
  });
};
