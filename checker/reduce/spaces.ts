// Infers the sequence spaces of a core and which of them may rotate (core -> reduce).

import type { Action, Core, Expression, Statement, VariableId } from "../core/index.ts";
import { absolute, type Classes, newClasses } from "./classes.ts";
import type { Interest } from "./reads.ts";
import {
  type Facts,
  knowing,
  meet,
  type Meetings,
  newPiece,
  nodeOfField,
  nodeOfLocal,
  nodeOfVariable,
  type Piece,
  readNumber,
  shapeOf,
  withSegment,
} from "./meetings.ts";
import { envelopeLength, type Place, placesOf, receiversOf, type SpaceField } from "./places.ts";
import { valueOf } from "./known.ts";

/** Places whose values meet only each other, and only through differences. */
export interface Space {
  readonly modulus: number;
  readonly variables: readonly VariableId[];
  readonly fields: readonly SpaceField[];
}

export interface Spaces {
  readonly spaces: readonly Space[];
  /** Serial numbers that do not rotate, by name, with the code that ties them down. */
  readonly fixed: readonly { readonly name: string; readonly why: string }[];
}

const noFacts: Facts = new Set();

/**
 * Reads every action, and what is judged of states. `init` does not count: rotating is an
 * automorphism of the steps, and maps what is reached from one initial state to what is reached
 * from its image.
 */
export const spacesOf = (core: Core, interest: Interest): Spaces => {
  const classes = newClasses();
  const places = placesOf(core);
  const serial = new Set(places.map(({ node }) => node));
  const meetings: Meetings = { core, classes, places, serial, domains: [], pieces: 0 };
  for (const action of core.actions) readAction(meetings, action);
  for (const it of judged(core, interest)) {
    readNumber(newPiece(meetings, it.name), it.condition, noFacts);
  }
  for (const { node, low, high, name } of meetings.domains) {
    const root = classes.rootOf(node);
    const isWhole = places.every(
      (it) => classes.rootOf(it.node) !== root || (low === 0 && it.modulus === high + 1),
    );
    if (!isWhole) classes.unite(node, absolute, name);
  }
  return {
    spaces: collect(classes, places),
    fixed: places.flatMap(({ node, name }) => {
      const why = classes.whyAbsolute(node);
      return why === undefined ? [] : [{ name, why }];
    }),
  };
};

const readAction = (meetings: Meetings, action: Action): void => {
  switch (action.kind) {
    case "rule":
    case "expiry": {
      const piece = newPiece(meetings, action.name);
      for (const { local, low, high } of action.parameters) {
        meetings.domains.push({ node: nodeOfLocal(piece, local), low, high, name: action.name });
      }
      readNumber(piece, action.guard, noFacts);
      readBody(piece, action.body, knowing(noFacts, action.guard, true));
      return;
    }
    case "deliver":
      for (const to of receiversOf(meetings.core, action.network)) {
        const piece = newPiece(meetings, action.name);
        readBody(withSegment(piece, action.network, action.locals, to), action.body, noFacts);
      }
      return;
    case "lose":
    case "duplicate":
    case "tick":
      return;
  }
};

const judged = (
  core: Core,
  { isSelected }: Interest,
): readonly { readonly name: string; readonly condition: Expression }[] => [
  ...core.properties.flatMap((it, id) => {
    if (!isSelected(id) || "event" in it) return [];
    const { name } = it;
    if (it.kind !== "recoverable") return [{ name, condition: it.condition }];
    return [it.from, it.to].map((condition) => ({ name, condition }));
  }),
  ...core.finals.map(({ condition }) => ({ name: "final", condition })),
  ...core.bounds,
];

/** What is known where a body goes on behind its end; undefined where it never does. */
const readBody = (piece: Piece, body: readonly Statement[], before: Facts): Facts | undefined => {
  let facts: Facts | undefined = before;
  for (const statement of body) {
    if (facts === undefined) return undefined;
    facts = readStatement(piece, statement, facts);
  }
  return facts;
};

const readStatement = (piece: Piece, it: Statement, facts: Facts): Facts | undefined => {
  switch (it.kind) {
    case "assign":
      readAssignment(piece, it, facts);
      return facts;
    case "let":
      meet(piece, nodeOfLocal(piece, it.local), shapeOf(piece, it.value, facts));
      return without(facts, it.local);
    case "send":
      readSend(piece, it, facts);
      return facts;
    case "signal":
      readNumber(piece, it.when, facts);
      return facts;
    case "if":
      return readIf(piece, it, facts);
    case "require":
      readNumber(piece, it.condition, facts);
      return knowing(facts, it.condition, true);
    case "choose": {
      const { low, high, local, guard } = it;
      const node = nodeOfLocal(piece, local);
      piece.meetings.domains.push({ node, low, high, name: piece.name });
      if (guard !== undefined) readNumber(piece, guard, facts);
      return without(facts, local);
    }
    case "either":
      for (const branch of it.branches) readBody(piece, branch, facts);
      return facts;
    case "block":
      readBody(piece, it.body, facts);
      return facts;
    case "exit":
    case "disable":
      return undefined;
    case "mark":
      return facts;
  }
};

const without = (facts: Facts, local: number): Facts =>
  new Set([...facts].filter((it) => it !== local));

const readAssignment = (
  piece: Piece,
  { target, value, check }: Extract<Statement, { readonly kind: "assign" }>,
  facts: Facts,
): void => {
  const shape = shapeOf(piece, value, facts);
  if (check !== undefined) meet(piece, shape, absolute);
  if (target.kind === "variable") {
    meet(piece, nodeOfVariable(piece, target.variable), shape);
    return;
  }
  readNumber(piece, target.index, facts);
  for (let at = 0; at < target.count; at += 1) {
    meet(piece, nodeOfVariable(piece, target.base + at * target.stride), shape);
  }
};

const readIf = (
  piece: Piece,
  { condition, then, otherwise }: Extract<Statement, { readonly kind: "if" }>,
  facts: Facts,
): Facts | undefined => {
  const value = valueOf(condition, piece.known);
  if (value !== undefined) return readBody(piece, value === 0 ? otherwise : then, facts);
  readNumber(piece, condition, facts);
  const held = readBody(piece, then, knowing(facts, condition, true));
  const failed = readBody(piece, otherwise, knowing(facts, condition, false));
  if (held === undefined || failed === undefined) return held ?? failed;
  return new Set([...held].filter((flag) => failed.has(flag)));
};

const readSend = (
  piece: Piece,
  { network, values }: Extract<Statement, { readonly kind: "send" }>,
  facts: Facts,
): void => {
  const { core, places } = piece.meetings;
  const receivers = receiversOf(core, network);
  const address = values[envelopeLength(core, network) - 2];
  const known =
    receivers[0] === undefined || address === undefined ? undefined : valueOf(address, piece.known);
  const targets = known === undefined ? receivers : [known];
  values.forEach((value, position) => {
    const flag = places.flatMap((it) =>
      "field" in it && it.field.network === network && it.field.position === position
        ? [it.field.flag]
        : [],
    )[0];
    // A field that does not exist is 0, and stays 0.
    const isAbsent = flag !== undefined && isZero(values[flag], piece);
    if (isAbsent && isZero(value, piece)) return;
    const shape = shapeOf(piece, value, facts);
    for (const to of targets) meet(piece, nodeOfField(piece, network, to, position), shape);
    // Whether it exists must be known: 0 would not rotate.
    if (flag !== undefined && !isOne(values[flag], piece)) meet(piece, shape, absolute);
  });
};

const isZero = (code: Expression | undefined, { known }: Piece): boolean =>
  code !== undefined && valueOf(code, known) === 0;

const isOne = (code: Expression | undefined, { known }: Piece): boolean =>
  code !== undefined && valueOf(code, known) === 1;

const collect = (classes: Classes, places: readonly Place[]): readonly Space[] => {
  const free = places.filter(({ node }) => classes.rootOf(node) !== absolute);
  const roots = [...new Set(free.map(({ node }) => classes.rootOf(node)))];
  return roots.flatMap((root): readonly Space[] => {
    const members = free.filter(({ node }) => classes.rootOf(node) === root);
    const [first] = members;
    if (first === undefined || members.some((it) => it.modulus !== first.modulus)) return [];
    return [
      {
        modulus: first.modulus,
        variables: members.flatMap((it) => ("variable" in it ? [it.variable] : [])),
        fields: members.flatMap((it) => ("field" in it ? [it.field] : [])),
      },
    ];
  });
};
