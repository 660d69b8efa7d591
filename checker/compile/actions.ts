// Actions as JavaScript: for each, the loop over its labels and the paths of each label.

import type { Action, Core, Network, NetworkId, Statement, VariableId } from "../core/index.ts";
import type { Layout } from "../machine/index.ts";
import type { Body } from "./body.ts";
import { checked } from "./body.ts";
import type { Framed } from "./functions.ts";
import { numberText, selectText } from "./expressions.ts";
import { truthOf } from "./loops.ts";
import type { Change } from "./networks.ts";
import { receiverText, shapeOf, workingContent } from "./networks.ts";
import { pathsCode, withSends } from "./paths.ts";
import type { Plan } from "./plan.ts";
import { planOf } from "./plan.ts";
import { noteLocal } from "./ranges.ts";
import type { Code, Scope } from "./scope.ts";
import {
  declared,
  localName,
  newFrame,
  newScope,
  present,
  segmentInteger,
  sourceContent,
} from "./scope.ts";
import { writeVariable } from "./statements.ts";

type Of<Kind extends Action["kind"]> = Extract<Action, { readonly kind: Kind }>;

/** The code of one action, and the names it needs declared. */
export interface Piece extends Framed {
  /** The most choices and marks on one path. */
  readonly choices: number;
  readonly marks: number;
}

interface Workshop {
  readonly core: Core;
  readonly layout: Layout;
  readonly scope: Scope;
  readonly plan: Plan;
}

/** What the code of a body with these further assignments and changes of networks has to hold. */
const workshop = (
  core: Core,
  layout: Layout,
  parts: {
    readonly statements: readonly Statement[];
    readonly assigned: readonly VariableId[];
    readonly networks: readonly NetworkId[];
    readonly localCount: number;
  },
): Workshop => {
  const body = planOf(parts.statements, (it) => present(core.networks, it).full === "block");
  const plan: Plan = {
    ...body,
    assigned: new Set([...body.assigned, ...parts.assigned]),
    canVanish: body.canVanish || core.bounds.length > 0,
  };
  const frame = newFrame();
  const slots = [...plan.assigned].map((it) => present(layout.variables, it));
  const touched = new Set([...plan.sends.keys(), ...parts.networks]);
  const source = sourceContent(frame);
  const scope = newScope(
    {
      core,
      layout,
      frame,
      changedWords: new Set(slots.filter((it) => it.bits > 0).map((it) => it.word)),
      content: (network) =>
        touched.has(network) ? workingContent({ frame }, network) : source(network),
    },
    parts.localCount,
  );
  return { core, layout, scope, plan };
};

/** The scope of code that runs before the body: it sees the source state. */
const sourceScope = (scope: Scope): Scope => ({
  ...scope,
  changedWords: new Set(),
  content: sourceContent(scope.frame),
});

const pieceOf = ({ scope, plan }: Workshop, code: Code): Piece => ({
  frame: scope.frame,
  code,
  choices: plan.choices,
  marks: plan.marks,
});

/** The code that writes the steps of an action. */
export const actionPiece = (core: Core, layout: Layout, action: Action): Piece => {
  switch (action.kind) {
    case "rule":
    case "expiry":
      return rulePiece(core, layout, action);
    case "deliver":
      return deliverPiece(core, layout, action);
    case "lose":
    case "duplicate":
      return faultPiece(core, layout, action);
    case "tick":
      return tickPiece(core, layout, action);
  }
};

/** The code that writes the initial states, from the state of the initial values. */
export const initialPiece = (core: Core, layout: Layout): Piece => {
  const { body, localCount } = core.init;
  const parts = { statements: body, assigned: [], networks: [], localCount };
  const shop = workshop(core, layout, parts);
  const { scope, plan } = shop;
  const changes = withSends(plan, new Map());
  const setUp = () => [];
  return pieceOf(shop, pathsCode({ scope, plan, fault: false, changes, setUp, statements: body }));
};

const rulePiece = (core: Core, layout: Layout, action: Of<"rule" | "expiry">): Piece => {
  const { body, localCount, fault, parameters, guard } = action;
  const parts = { statements: body, assigned: [], networks: [], localCount };
  const shop = workshop(core, layout, parts);
  const { scope, plan } = shop;
  const changes = withSends(plan, new Map());
  for (const { local, low, high } of parameters) noteLocal(scope.ranges, local, { low, high });
  const source = sourceScope(scope);
  const tested = truthOf(guard, source);
  const paths = (setUp: (body: Body) => Code): Code =>
    pathsCode({ scope, plan, fault, changes, setUp, statements: body });
  // A body may use a parameter's local for something else, so the loops count in names of their
  // own.
  const bind = parameters.map(
    ({ local }, position) =>
      `${localName(scope, local)} = ${declared(scope.frame, `i${position}`)};`,
  );
  // A guard that can fail belongs to the path: failing is a step.
  const inner = source.notes.canFail
    ? paths((it) => {
        const held = checked(guard, { ...it, scope: source }, truthOf);
        return [...bind, ...held.code, `if (!${held.text}) break v;`];
      })
    : [...bind, ...tested.code, `if (${tested.text}) {`, ...paths(() => bind), "}"];
  const code = parameters.reduceRight<Code>((within, { low, high }, position) => {
    const name = `i${position}`;
    return [`for (${name} = ${low}; ${name} <= ${high}; ${name} = ${name} + 1) {`, ...within, "}"];
  }, inner);
  return pieceOf(shop, code);
};

/**
 * Runs `within` for each segment that can be the subject of a step, with its place in `k` and its
 * words in `x0`, `x1`, ….
 */
const eachSegment = (
  scope: Scope,
  network: NetworkId,
  which: "distinct" | "heads",
  within: Code,
): Code => {
  const { capacity, words } = shapeOf(scope, network);
  const { frame, core } = scope;
  const isFifo = present(core.networks, network).kind === "fifo";
  const content = sourceContent(frame)(network);
  const k = declared(frame, "k");
  const here = words.map((word) => declared(frame, `x${word}`));
  const before = words.map((word) => declared(frame, `y${word}`));
  const places = Array.from({ length: capacity }, (_, place) => place);
  const reads = words.map(
    (word) =>
      `x${word} = ${selectText(
        k,
        places.map((place) => content.word(place, word)),
      )};`,
  );
  const isSame =
    which === "heads" && isFifo
      ? `${receiverText(scope, network, here)} === ${receiverText(scope, network, before)}`
      : here.map((name, word) => `${name} === ${before[word]}`).join(" && ") || "true";
  const skip = isFifo && which === "distinct" ? [] : [`if (k > 0 && ${isSame}) continue;`];
  const remember = skip.length === 0 ? [] : here.map((name, word) => `${before[word]} = ${name};`);
  return [
    `for (${k} = 0; ${k} < ${content.count}; ${k} = ${k} + 1) {`,
    ...reads,
    ...skip,
    ...remember,
    ...within,
    "}",
  ];
};

const deliverPiece = (core: Core, layout: Layout, action: Of<"deliver">): Piece => {
  const { network, body, localCount, fault, locals } = action;
  const parts = { statements: body, assigned: [], networks: [network], localCount };
  const shop = workshop(core, layout, parts);
  const { scope, plan } = shop;
  const change: Change = { kind: "remove", position: "k" };
  const changes = withSends(plan, new Map([[network, change]]));
  const networkLayout = present(layout.networks, network);
  const setUp = (): Code =>
    locals.map((local, position) => {
      const slot = present(networkLayout.segment.slots, position);
      noteLocal(scope.ranges, local, { low: slot.low, high: slot.low + 2 ** slot.bits - 1 });
      const value = segmentInteger(networkLayout, slot, (word) => `x${word}`);
      return `${localName(scope, local)} = ${value};`;
    });
  const paths = pathsCode({ scope, plan, fault, changes, setUp, statements: body });
  return pieceOf(shop, eachSegment(scope, network, "heads", paths));
};

/** Loss and duplication: the budget, if there is one, pays. */
const faultPiece = (core: Core, layout: Layout, action: Of<"lose" | "duplicate">): Piece => {
  const { network, fault } = action;
  const { loss, duplication, capacity }: Network = present(core.networks, network);
  const budget = action.kind === "lose" ? loss : duplication;
  const paid = typeof budget === "number" ? [budget] : [];
  const parts = { statements: [], assigned: paid, networks: [network], localCount: 0 };
  const shop = workshop(core, layout, parts);
  const { scope, plan } = shop;
  if (budget === undefined) return pieceOf(shop, []);
  const change: Change = { kind: action.kind === "lose" ? "remove" : "double", position: "k" };
  const value = (it: VariableId, seenBy: Scope) =>
    numberText({ kind: "variable", variable: it }, seenBy);
  const setUp = (): Code => paid.map((it) => writeVariable(it, `(${value(it, scope)} - 1)`, scope));
  const changes = new Map([[network, change]]);
  const paths = pathsCode({ scope, plan, fault, changes, setUp, statements: [] });
  const conditions = [
    ...paid.map((it) => `${value(it, sourceScope(scope))} > 0`),
    ...(action.kind === "lose"
      ? []
      : [`${sourceContent(scope.frame)(network).count} < ${capacity}`]),
  ];
  const each = eachSegment(scope, network, "distinct", paths);
  const test = conditions.length === 0 ? "true" : conditions.join(" && ");
  return pieceOf(shop, [`if (${test}) {`, ...each, "}"]);
};

const tickPiece = (core: Core, layout: Layout, { fault, localCount }: Of<"tick">): Piece => {
  const variables = core.variables.map(({ origin, high }, id) => ({ kind: origin.kind, high, id }));
  const timers = variables.filter(({ kind, high }) => kind === "timer" && high > 0);
  const clocks = variables.filter(({ kind }) => kind === "clock");
  const aging = core.networks.flatMap(({ lifetime }, id) =>
    lifetime === undefined ? [] : [{ id, lifetime }],
  );
  const assigned = [...timers, ...clocks].map(({ id }) => id);
  const networks = aging.map(({ id }) => id);
  const shop = workshop(core, layout, { statements: [], assigned, networks, localCount });
  const { scope, plan } = shop;
  const value = (id: VariableId, seenBy: Scope) =>
    numberText({ kind: "variable", variable: id }, seenBy);
  const source = sourceScope(scope);
  const waits = [
    ...timers.map(({ id }) => `${value(id, source)} === 1`),
    ...aging.flatMap(({ id, lifetime }) => overdue(source, id, lifetime)),
  ];
  const changing = [
    ...timers.map(({ id }) => `${value(id, source)} > 0`),
    ...networks.map((id) => `${source.content(id).count} > 0`),
  ];
  const setUp = (): Code => [
    ...timers.map(({ id }) =>
      writeVariable(id, `(${value(id, scope)} > 0 ? ${value(id, scope)} - 1 : 0)`, scope),
    ),
    ...clocks.map(({ id, high }) =>
      writeVariable(id, `(${value(id, scope)} === ${high} ? 0 : ${value(id, scope)} + 1)`, scope),
    ),
  ];
  const changes = new Map(
    networks.map((id): [NetworkId, Change] => [
      id,
      { kind: "age", slot: present(present(layout.networks, id).segment.slots, 0) },
    ]),
  );
  const paths = pathsCode({ scope, plan, fault, changes, setUp, statements: [] });
  const changesSomething = clocks.length > 0 ? "true" : changing.join(" || ") || "false";
  const isDue = waits.length === 0 ? "false" : waits.join(" || ");
  return pieceOf(shop, [`if (!(${isDue}) && (${changesSomething})) {`, ...paths, "}"]);
};

/** Conditions of which one holds when a segment of the network has reached its lifetime. */
const overdue = (source: Scope, network: NetworkId, lifetime: number): readonly string[] => {
  const { kind, capacity } = present(source.core.networks, network);
  const layout = present(source.layout.networks, network);
  const { count, word } = source.content(network);
  const slot = present(layout.segment.slots, 0);
  // The first segment of a bag is the oldest.
  const places = kind === "bag" ? Math.min(capacity, 1) : capacity;
  return Array.from({ length: places }, (_, place) => {
    const age = segmentInteger(layout, slot, (it) => word(place, it));
    return `${count} > ${place} && ${age} >= ${lifetime}`;
  });
};
