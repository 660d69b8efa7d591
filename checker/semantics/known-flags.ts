// Which boolean paths are known to be true at a point of the program, from the conditions before
// it.

import type { Expression } from "../syntax/index.ts";

/** Paths such as `s.ack` that hold here, each with the names its value depends on. */
export type Known = ReadonlyMap<string, readonly string[]>;

export const nothingKnown: Known = new Map();

interface Path {
  readonly key: string;
  readonly names: readonly string[];
}

/** `s.ack`, `slots[i].segment`; undefined for expressions that do not name a place. */
export const pathOf = (expression: Expression): Path | undefined => {
  if (expression.kind === "name") return { key: expression.name, names: [expression.name] };
  if (expression.kind === "field") {
    const object = pathOf(expression.object);
    return object && { ...object, key: `${object.key}.${expression.field.text}` };
  }
  if (expression.kind === "unwrap") {
    const operand = pathOf(expression.operand);
    return operand && { ...operand, key: `${operand.key}!` };
  }
  return expression.kind === "index" ? elementPath(expression) : undefined;
};

const elementPath = (expression: Extract<Expression, { kind: "index" }>): Path | undefined => {
  const object = pathOf(expression.object);
  const index = indexPath(expression.index);
  if (object === undefined || index === undefined) return undefined;
  const names = [...object.names, ...index.names];
  return { key: `${object.key}[${index.key}]`, names };
};

const indexPath = (index: Expression): Path | undefined =>
  index.kind === "integer" || index.kind === "boolean"
    ? { key: String(index.value), names: [] }
    : pathOf(index);

const learn = (known: Known, path: Path | undefined): Known =>
  path === undefined || known.has(path.key) ? known : new Map(known).set(path.key, path.names);

/** What is known when a condition has turned out true or false. */
export const assume = (known: Known, condition: Expression, outcome: boolean): Known => {
  if (condition.kind === "not") return assume(known, condition.operand, !outcome);
  if (condition.kind !== "binary") return outcome ? learn(known, pathOf(condition)) : known;
  const { operator, left, right } = condition;
  if (operator === "and" && outcome) return assume(assume(known, left, true), right, true);
  if (operator === "or" && !outcome) return assume(assume(known, left, false), right, false);
  if (operator === "implies" && !outcome) return assume(assume(known, left, true), right, false);
  const isEquality = operator === "==" || operator === "!=";
  if (!isEquality || right.kind !== "boolean") return known;
  return assume(known, left, (operator === "==") === (outcome === right.value));
};

/** What is known where two ways meet; an ended way does not arrive. */
export const meet = (left: Known | undefined, right: Known | undefined): Known | undefined => {
  if (left === undefined) return right;
  if (right === undefined) return left;
  return new Map([...left].filter(([key]) => right.has(key)));
};

/** What is known inside a scope that gives a name a new meaning. */
export const rebind = (known: Known, name: string): Known => forget(known, (it) => it === name);

/** What stays known when the values of some names may have changed. */
export const forget = (known: Known, isChanged: (name: string) => boolean): Known =>
  known.size === 0 ? known : new Map([...known].filter(([, names]) => !names.some(isChanged)));
