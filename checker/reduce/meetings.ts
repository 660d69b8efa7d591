// Reads expressions for what they do with serial numbers: which of them meet, and how (core -> reduce).

import type { Core, Expression, LocalId, NetworkId } from "../core/index.ts";
import { operandsOf } from "../core/index.ts";
import { absolute, type Classes, type Node } from "./classes.ts";
import { type Known, valueOf } from "./known.ts";
import { envelopeLength, fieldNode, type Place, receiversOf, variableNode } from "./places.ts";

/** A local that runs over low..high. */
export interface Domain {
  readonly node: Node;
  readonly low: number;
  readonly high: number;
  readonly name: string;
}

/** What reading all code of a core collects. */
export interface Meetings {
  readonly core: Core;
  readonly classes: Classes;
  readonly places: readonly Place[];
  readonly serial: ReadonlySet<Node>;
  readonly domains: Domain[];
  /** So that every piece of code has locals of its own. */
  pieces: number;
}

/** A piece of code in which a local means one thing. */
export interface Piece {
  readonly meetings: Meetings;
  readonly prefix: string;
  /** What people call it: the action or the property. */
  readonly name: string;
  readonly known: Known;
  /** The flag of a local that holds a conditional field. */
  readonly flags: ReadonlyMap<LocalId, LocalId>;
}

/**
 * What an expression yields: the node of its place, a number, or a literal (a number, or an absolute
 * serial number).
 */
export type Shape = Node | { readonly kind: "literal" };

const literal: Shape = { kind: "literal" };

const isLiteral = (it: Shape): it is { readonly kind: "literal" } => typeof it !== "string";

/**
 * The flags known to be set: only there does a conditional field have a value that rotates,
 * otherwise it is 0.
 */
export type Facts = ReadonlySet<LocalId>;

const anything: Known = { variable: () => undefined, local: () => undefined };

export const newPiece = (meetings: Meetings, name: string): Piece => {
  meetings.pieces += 1;
  return { meetings, prefix: `${meetings.pieces}`, name, known: anything, flags: new Map() };
};

/** The flags that are set where a condition has a truth value. */
const learned = (code: Expression, truth: boolean): readonly LocalId[] => {
  if (code.kind === "local") return truth ? [code.local] : [];
  if (code.kind === "not") return learned(code.operand, !truth);
  if (code.kind !== "binary") return [];
  const { operator, left, right } = code;
  if (operator === "and" && truth) return [...learned(left, true), ...learned(right, true)];
  if (operator === "or" && !truth) return [...learned(left, false), ...learned(right, false)];
  if (operator === "implies" && !truth) return [...learned(left, true), ...learned(right, false)];
  return [];
};

export const knowing = (facts: Facts, code: Expression, truth: boolean): Facts =>
  new Set([...facts, ...learned(code, truth)]);

const placeNode = ({ serial }: Meetings, node: Node): Node => (serial.has(node) ? node : absolute);

export const nodeOfVariable = ({ meetings }: Piece, id: number): Node =>
  placeNode(meetings, variableNode(id));

export const nodeOfField = (
  { meetings }: Piece,
  network: NetworkId,
  to: number | undefined,
  position: number,
): Node => placeNode(meetings, fieldNode(network, to, position));

export const nodeOfLocal = ({ prefix }: Piece, local: LocalId): Node => `local ${prefix} ${local}`;

/** Values that meet belong together; a literal among serial numbers ties them down. */
export const meet = ({ meetings, name }: Piece, left: Shape, right: Shape): Shape => {
  if (isLiteral(left) && isLiteral(right)) return literal;
  const node = (it: Shape): Node => (isLiteral(it) ? absolute : it);
  meetings.classes.unite(node(left), node(right), name);
  return isLiteral(left) ? right : left;
};

/** Reads an expression whose value must mean the same after a rotation. */
export const readNumber = (piece: Piece, code: Expression, facts: Facts): Shape => {
  meet(piece, shapeOf(piece, code, facts), absolute);
  return absolute;
};

export const shapeOf = (piece: Piece, code: Expression, facts: Facts): Shape => {
  switch (code.kind) {
    case "constant":
      return literal;
    case "variable":
      return nodeOfVariable(piece, code.variable);
    case "local": {
      const flag = piece.flags.get(code.local);
      return flag === undefined || facts.has(flag) ? nodeOfLocal(piece, code.local) : absolute;
    }
    case "element":
      readNumber(piece, code.index, facts);
      return shapeOfElements(piece, code);
    case "not":
    case "negate":
    case "absolute":
    case "size":
      return readNumber(piece, code.operand, facts);
    case "binary":
      return shapeOfBinary(piece, code, facts);
    case "serial":
      return shapeOfSerial(piece, code, facts);
    case "if": {
      const value = valueOf(code.condition, piece.known);
      if (value !== undefined) {
        return shapeOf(piece, value === 0 ? code.otherwise : code.then, facts);
      }
      readNumber(piece, code.condition, facts);
      const then = shapeOf(piece, code.then, knowing(facts, code.condition, true));
      const otherwise = shapeOf(piece, code.otherwise, knowing(facts, code.condition, false));
      return meet(piece, then, otherwise);
    }
    case "let":
      meet(piece, nodeOfLocal(piece, code.local), shapeOf(piece, code.value, facts));
      return shapeOf(piece, code.body, facts);
    case "require":
      readNumber(piece, code.condition, facts);
      return shapeOf(piece, code.then, knowing(facts, code.condition, true));
    case "quantifier": {
      const { low, high, local } = code;
      const { name, meetings } = piece;
      meetings.domains.push({ node: nodeOfLocal(piece, local), low, high, name });
      return readNumber(piece, code.body, facts);
    }
    case "segments":
      for (const to of receiversOf(piece.meetings.core, code.network)) {
        readSegments(piece, code, to, facts);
      }
      return absolute;
  }
};

type Of<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;

const shapeOfElements = (piece: Piece, { of, base, stride, count }: Of<"element">): Shape => {
  const node = (id: number): Shape =>
    of === "variable" ? nodeOfVariable(piece, id) : nodeOfLocal(piece, id);
  let shape = node(base);
  for (let at = 1; at < count; at += 1) shape = meet(piece, shape, node(base + at * stride));
  return shape;
};

const shapeOfSerial = (piece: Piece, code: Of<"serial">, facts: Facts): Shape => {
  const left = shapeOf(piece, code.left, facts);
  const { meetings, name } = piece;
  if (!isLiteral(left)) meetings.domains.push({ node: left, low: 0, high: code.modulus - 1, name });
  if (code.operator === "plus" || code.operator === "minus") {
    readNumber(piece, code.right, facts);
    return isLiteral(left) ? absolute : left;
  }
  meet(piece, left, shapeOf(piece, code.right, facts));
  return absolute;
};

const shapeOfBinary = (
  piece: Piece,
  { operator, left, right }: Of<"binary">,
  facts: Facts,
): Shape => {
  if (operator === "equal" || operator === "unequal") {
    meet(piece, shapeOf(piece, left, facts), shapeOf(piece, right, facts));
    return absolute;
  }
  readNumber(piece, left, facts);
  if (operator !== "and" && operator !== "or" && operator !== "implies") {
    return readNumber(piece, right, facts);
  }
  const isOr = operator === "or";
  const known = valueOf(left, piece.known);
  const isDecided = known !== undefined && (known !== 0) === isOr;
  if (!isDecided) readNumber(piece, right, knowing(facts, left, !isOr));
  return absolute;
};

/** The piece in which locals hold the integers of a segment to one receiver. */
export const withSegment = (
  piece: Piece,
  network: NetworkId,
  locals: readonly (LocalId | undefined)[],
  to: number | undefined,
): Piece => {
  const { core, places, classes } = piece.meetings;
  const flags = new Map(piece.flags);
  for (const place of places) {
    if (!("field" in place) || place.field.flag === undefined) continue;
    if (place.field.network !== network || place.field.to !== to) continue;
    const [local, flag] = [locals[place.field.position], locals[place.field.flag]];
    // Without its flag at hand, nobody can know that the field exists: -1 is never a fact.
    if (local !== undefined) flags.set(local, flag ?? -1);
  }
  const receiver = to === undefined ? undefined : locals[envelopeLength(core, network) - 2];
  const { variable, local: outer } = piece.known;
  const local = (id: LocalId) => (id === receiver && to !== undefined ? to : outer(id));
  locals.forEach((id, position) => {
    if (id === undefined) return;
    classes.unite(nodeOfLocal(piece, id), nodeOfField(piece, network, to, position), piece.name);
  });
  return { ...piece, flags, known: { variable, local } };
};

const readSegments = (
  piece: Piece,
  code: Of<"segments">,
  to: number | undefined,
  facts: Facts,
): void => {
  const inner = newPiece(piece.meetings, piece.name);
  const bound = new Set(code.locals);
  // Locals from outside are the same inside, whoever the receiver is.
  for (const local of localsIn(code.body)) {
    if (bound.has(local)) continue;
    piece.meetings.classes.unite(nodeOfLocal(inner, local), nodeOfLocal(piece, local), piece.name);
  }
  const { known, flags } = piece;
  readNumber(
    withSegment({ ...inner, known, flags }, code.network, code.locals, to),
    code.body,
    facts,
  );
};

const localsIn = (code: Expression): readonly LocalId[] => {
  const inner = operandsOf(code).flatMap(localsIn);
  if (code.kind === "local") return [code.local];
  if (code.kind !== "element" || code.of !== "local") return inner;
  return [...inner, ...Array.from({ length: code.count }, (_, at) => code.base + at * code.stride)];
};
