// Finds instances that can be interchanged: permutations under which a core is the same core (core -> reduce).

import type { Action, Core, Expression, Property, Statement } from "../core/index.ts";
import { canFail, someExpression, withBodies, withOperands } from "../core/index.ts";
import { bodyText, expressionText, newWriter, type Renaming } from "./canonical-text.ts";
import { isInitSymmetric } from "./initial.ts";
import type { Interest } from "./reads.ts";
import type { Permutation } from "./permutation.ts";
import { receiversOf } from "./places.ts";

export interface Interchange {
  /** All permutations but the one that changes nothing. */
  readonly permutations: readonly Permutation[];
  /** Judges what it judged of a state of all its images. */
  readonly core: Core;
  /** `A, B`: what is interchanged. */
  readonly names: readonly string[];
}

/** Pairs only: larger groups of alike instances would need an image per permutation of them. */
export const interchangeOf = (core: Core, interest: Interest): Interchange => {
  for (const pair of pairsOf(core)) {
    const permutation = swapping(core, pair);
    if (permutation === undefined) continue;
    // Asked first: it is answered quickly.
    const properties = judgingBoth(core, permutation, interest);
    const events = properties === undefined ? undefined : matched(core, permutation, interest);
    if (properties === undefined || events === undefined) continue;
    const closed = closedUnder({ ...core, properties }, core, { pair, permutation, events });
    if (closed !== undefined) return { permutations: [permutation], core: closed, names: pair };
  }
  return { permutations: [], core, names: [] };
};

/** The indices of processes and arrays that have exactly two, as their variables are named. */
const pairsOf = (core: Core): readonly (readonly [string, string])[] => {
  const found = new Map<string, Set<string>>();
  for (const { name } of core.variables) {
    for (const [, base = "", index = ""] of name.matchAll(/([\w.]*)\[(\w+)\]/g)) {
      found.set(base, (found.get(base) ?? new Set()).add(index));
    }
  }
  const pairs = [...found.values()].flatMap((indices): readonly (readonly [string, string])[] => {
    const [first, second, ...others] = indices;
    return first === undefined || second === undefined || others.length > 0
      ? []
      : [[first, second]];
  });
  return pairs.filter(
    (pair, at) => pairs.findIndex((it) => it[0] === pair[0] && it[1] === pair[1]) === at,
  );
};

const swappedName = (name: string, [first, second]: readonly [string, string]): string =>
  name.replaceAll(/\[(\w+)\]/g, (whole, index: string) => {
    if (index === first) return `[${second}]`;
    return index === second ? `[${first}]` : whole;
  });

const swapping = (core: Core, pair: readonly [string, string]): Permutation | undefined => {
  const ids = new Map(core.variables.map(({ name }, id) => [name, id]));
  const variables = core.variables.map((it) => {
    const image = ids.get(swappedName(it.name, pair)) ?? -1;
    const other = core.variables[image];
    const isAlike =
      other?.low === it.low && other.high === it.high && other.origin.kind === it.origin.kind;
    return isAlike ? image : -1;
  });
  const budgets = core.networks.flatMap(({ loss, duplication }) => [loss, duplication]);
  const movesBudget = budgets.some((it) => typeof it === "number" && variables[it] !== it);
  if (variables.includes(-1) || movesBudget) return undefined;
  const addresses = core.networks.map((network) => {
    if (network.addresses === undefined) return undefined;
    const { low, high } = network.addresses;
    const members =
      network.addresses.kind === "enum"
        ? network.addresses.members
        : Array.from({ length: high + 1 }, (_, value) => String(value));
    const [a, b] = pair.map((it) => members.indexOf(it));
    return Array.from({ length: high - low + 1 }, (_, at) => {
      const value = low + at;
      if (value === a) return b ?? value;
      return value === b ? (a ?? value) : value;
    });
  });
  return addresses.flat().includes(-1) ? undefined : { variables, addresses };
};

const identity = (core: Core): Permutation => ({
  variables: core.variables.map((_, id) => id),
  addresses: core.networks.map((_, id) => receiversOf(core, id).map((to) => to ?? 0)),
});

const renaming = (
  core: Core,
  { variables, addresses }: Permutation,
  event: (id: number) => string,
): Renaming => ({
  core,
  event,
  variable: (id) => variables[id] ?? id,
  address: (network, value) => {
    const low = core.networks[network]?.addresses?.low ?? 0;
    return addresses[network]?.[value - low] ?? value;
  },
});

/** The actions as texts: a delivery once per pair of addresses, a rule once per parameter value. */
const actionTexts = (names: Renaming): readonly string[] =>
  names.core.actions.flatMap((action) => textsOf(names, action));

const textsOf = (names: Renaming, action: Action): readonly string[] => {
  const { core } = names;
  const fault = action.fault ? "fault" : "";
  switch (action.kind) {
    case "rule":
    case "expiry":
      return valuations(action.parameters).map((constants) => {
        const open = action.parameters.filter((it) => !constants.has(it.local));
        const ranges = open.map(({ low, high }) => `${low}..${high}`).join(" ");
        const writer = newWriter(
          names,
          open.map((it) => it.local),
          constants,
        );
        const guard = expressionText(writer, action.guard);
        return `rule ${fault} ${ranges} ${guard} ${bodyText(writer, action.body)}`;
      });
    case "deliver": {
      const { network, locals, body } = action;
      const head = `deliver ${fault} ${network}`;
      if (core.networks[network]?.addresses === undefined) {
        return [`${head} ${bodyText(newWriter(names, locals), body)}`];
      }
      const first = core.networks[network]?.lifetime === undefined ? 0 : 1;
      const [to = -1, from = -1] = [locals[first], locals[first + 1]];
      const addresses = receiversOf(core, network).map((it) => it ?? 0);
      return addresses.flatMap((receiver) =>
        addresses.map((sender) => {
          const constants = new Map([[to, receiver] as const, [from, sender] as const]);
          const [a, b] = [names.address(network, receiver), names.address(network, sender)];
          return `${head} to ${a} from ${b} ${bodyText(newWriter(names, locals, constants), body)}`;
        }),
      );
    }
    case "lose":
    case "duplicate":
      return [`${action.kind} ${fault} ${action.network}`];
    case "tick":
      return ["tick"];
  }
};

type Parameters = Extract<Action, { readonly kind: "rule" | "expiry" }>["parameters"];
const mostValuations = 64;

/** A parameter's value may stand for an instance; of very many values none does. */
const valuations = (parameters: Parameters): readonly ReadonlyMap<number, number>[] => {
  const count = parameters.reduce((product, it) => product * (it.high - it.low + 1), 1);
  if (count > mostValuations) return [new Map()];
  return parameters.reduce<readonly ReadonlyMap<number, number>[]>(
    (rows, { local, low, high }) =>
      rows.flatMap((row) =>
        Array.from({ length: high - low + 1 }, (_, at) => new Map([...row, [local, low + at]])),
      ),
    [new Map()],
  );
};

const sortedText = (texts: readonly string[]): string => texts.toSorted().join("\n");

/** The texts of the permuted actions, as long as they are those of the actions; most give up early. */
const imageOf = (own: readonly string[], names: Renaming): readonly string[] | undefined => {
  const left = new Map<string, number>();
  for (const text of own) left.set(text, (left.get(text) ?? 0) + 1);
  const image: string[] = [];
  for (const action of names.core.actions) {
    for (const text of textsOf(names, action)) {
      const count = left.get(text) ?? 0;
      if (count === 0) return undefined;
      left.set(text, count - 1);
      image.push(text);
    }
  }
  return image.length === own.length ? image : undefined;
};

/**
 * Which event stands for which in the image, when the permuted actions are the same actions;
 * otherwise undefined.
 */
const matched = (
  core: Core,
  permutation: Permutation,
  { isEventSelected }: Interest,
): readonly number[] | undefined => {
  const mute = (it: Permutation): readonly string[] => actionTexts(renaming(core, it, () => "_"));
  const spoken = (it: Permutation, event: (id: number) => string): readonly string[] =>
    actionTexts(renaming(core, it, (id) => `<${event(id)}>`));
  const own = mute(identity(core));
  const image = imageOf(
    own,
    renaming(core, permutation, () => "_"),
  );
  if (image === undefined) return undefined;
  // Actions that are the same but for their events tell which event becomes which.
  const [ownEvents, imageEvents] = [identity(core), permutation].map((it) =>
    spoken(it, String).map((text) => [...text.matchAll(/<(\d+)>/g)].map(([, id]) => Number(id))),
  );
  const events = core.events.map((_, id) => id);
  for (const [at, text] of own.entries()) {
    const other = image.indexOf(text);
    (imageEvents?.[other] ?? []).forEach((id, position) => {
      const becomes = ownEvents?.[at]?.[position];
      if (becomes !== undefined && isEventSelected(id)) events[id] = becomes;
    });
  }
  const isInvolution = events.every((it, id) => events[it] === id);
  const renamed = spoken(permutation, (id) => String(events[id]));
  const isSame = sortedText(spoken(identity(core), String)) === sortedText(renamed);
  return isInvolution && isSame ? events : undefined;
};

/** Properties of a state and its image at once; undefined where something cannot be judged so. */
const judgingBoth = (
  core: Core,
  permutation: Permutation,
  { isSelected }: Interest,
): readonly Property[] | undefined => {
  const own = renaming(core, identity(core), String);
  const other = renaming(core, permutation, String);
  const texts = (names: Renaming, conditions: readonly Expression[]): string =>
    sortedText(conditions.map((it) => expressionText(newWriter(names), it)));
  const isSymmetric = (conditions: readonly Expression[]): boolean =>
    texts(own, conditions) === texts(other, conditions);
  const final = core.finals
    .map((it) => it.condition)
    .reduce<Expression | undefined>(
      (left, right) => (left === undefined ? right : both("or", left, right)),
      undefined,
    );
  if (final !== undefined && !isSymmetric([final])) return undefined;
  if (!isSymmetric(core.bounds.map((it) => it.condition))) return undefined;
  const properties = core.properties.map((it, id): Property | undefined => {
    if (!isSelected(id) || "event" in it) return it;
    if (it.kind === "recoverable") {
      return isSymmetric([it.from]) && isSymmetric([it.to]) ? it : undefined;
    }
    if (isSymmetric([it.condition])) return it;
    const image = permuted(it.condition, permutation);
    if (image === undefined) return undefined;
    const operator = it.kind === "invariant" ? "and" : "or";
    return { ...it, condition: both(operator, it.condition, image) };
  });
  const all = properties.flatMap((it) => (it === undefined ? [] : [it]));
  return all.length < properties.length ? undefined : all;
};

interface Found {
  readonly pair: readonly [string, string];
  readonly permutation: Permutation;
  readonly events: readonly number[];
}

/** The core that signals for both; undefined where what is judged of both cannot happen to both. */
const closedUnder = (
  judging: Core,
  core: Core,
  { pair, permutation, events }: Found,
): Core | undefined => {
  const marks = marksOf(core, pair);
  const isClosed =
    events.every((it, id) => it === id) &&
    judging.properties.every((it, id) => it === core.properties[id]);
  if (!isClosed && !isInitSymmetric(core, permutation)) return undefined;
  const signalled = (body: readonly Statement[]): readonly Statement[] =>
    body.flatMap((it): readonly Statement[] => {
      if (it.kind === "mark") {
        const branch = marks[it.branch] ?? it.branch;
        return branch === it.branch ? [it] : [it, { ...it, branch }];
      }
      if (it.kind !== "signal") return [withBodies(it, signalled)];
      const event = events[it.event] ?? it.event;
      return event === it.event ? [it] : [it, { ...it, event }];
    });
  return {
    ...judging,
    init: { ...core.init, body: signalled(core.init.body) },
    actions: core.actions.map((it) => ("body" in it ? { ...it, body: signalled(it.body) } : it)),
  };
};

/** The branch of the other instance: taken in the image. */
const marksOf = ({ branches }: Core, pair: readonly [string, string]): readonly number[] =>
  branches.map(({ name, span }, id) => {
    const image = swappedName(name, pair);
    const found = branches.findIndex(
      (it) => it.name === image && it.span.file === span.file && it.span.start === span.start,
    );
    return found < 0 ? id : found;
  });

/** A condition on the image of a state; undefined where indexing would have to be turned round. */
const permuted = (code: Expression, { variables }: Permutation): Expression | undefined => {
  const isFixed = (it: Expression): boolean =>
    it.kind === "segments" || (it.kind === "element" && it.of === "variable");
  if (canFail(code) || someExpression(code, isFixed)) return undefined;
  const change = (it: Expression): Expression =>
    it.kind === "variable"
      ? { ...it, variable: variables[it.variable] ?? it.variable }
      : withOperands(it, change);
  return change(code);
};

const both = (operator: "and" | "or", left: Expression, right: Expression): Expression => ({
  kind: "binary",
  operator,
  left,
  right,
});
