// Blocks that `done` leaves: typed program -> core.

import { emit, type Builder } from "./builder.ts";
import type { Statement } from "./core.ts";
import { join, type Flow } from "./flow.ts";
import { bodiesOf, withBodies } from "./walk.ts";

/** Leaves the block with the label; nothing after it is written. */
export const exitTo = (builder: Builder, label: number): void => {
  emit(builder, { kind: "exit", label });
  builder.exits.get(label)?.push(builder.flow);
  builder.flow = undefined;
};

/** Writes what `run` writes; an exit to the label it is given leads behind it. */
export const writeBlock = (builder: Builder, run: (label: number) => void): void => {
  if (builder.flow === undefined) return;
  const { out } = builder;
  const label = builder.labelCount;
  builder.labelCount += 1;
  const exits: (Flow | undefined)[] = [];
  builder.exits.set(label, exits);
  const body: Statement[] = [];
  builder.out = body;
  run(label);
  builder.out = out;
  builder.exits.delete(label);
  builder.flow = exits.reduce(join, builder.flow);
  const trimmed = trimTail(body, label);
  if (trimmed.some((it) => leaves(it, label))) out.push({ kind: "block", label, body: trimmed });
  else out.push(...trimmed);
};

/** An exit that leads where control goes anyway is left out. */
const trimTail = (body: readonly Statement[], label: number): readonly Statement[] => {
  const last = body.at(-1);
  if (last === undefined) return body;
  const before = body.slice(0, -1);
  if (last.kind === "exit") return last.label === label ? trimTail(before, label) : body;
  if (bodiesOf(last).length === 0) return body;
  return [...before, withBodies(last, (inner) => trimTail(inner, label))];
};

const leaves = (statement: Statement, label: number): boolean =>
  statement.kind === "exit"
    ? statement.label === label
    : bodiesOf(statement).some((body) => body.some((it) => leaves(it, label)));
