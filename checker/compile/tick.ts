// The tick as code: timers, ages and clocks move, where nothing that is due holds time up.

import type { Part, Value } from "../code/index.ts";
import {
  add,
  both,
  either,
  equal,
  greater,
  greaterEqual,
  not,
  select,
  subtract,
} from "../code/index.ts";
import type { NetworkId, VariableId } from "../core/index.ts";
import type { Change } from "./networks.ts";
import type { Num } from "./number.ts";
import { ranged } from "./number.ts";
import { pathsCode } from "./paths.ts";
import type { Workshop } from "./rules.ts";
import { nested } from "./rules.ts";
import type { Scope } from "./scope.ts";
import { emit, present, readVariable, segmentInteger, sharedNumber, sourceScope } from "./scope.ts";
import { writeVariable } from "./statements.ts";

export interface Moving {
  readonly timers: readonly VariableId[];
  readonly clocks: readonly VariableId[];
  /** Networks whose segments age. */
  readonly networks: readonly NetworkId[];
  readonly fault: boolean;
}

export const tickCode = (
  { scope, plan }: Workshop,
  { timers, clocks, networks, fault }: Moving,
): void => {
  const source = sourceScope(scope);
  const read = (id: VariableId): Value => readVariable(source, id).value;
  const waits = [
    ...timers.map((id) => equal(read(id), 1)),
    ...networks.flatMap((id) => overdue(source, id)),
  ];
  const changing = [
    ...timers.map((id) => greater(read(id), 0)),
    ...networks.map((id) => greater(source.content(id).count, 0)),
  ];
  const setUp = (): void => {
    for (const id of timers) writeVariable(id, runDown(scope, readVariable(scope, id)), scope);
    for (const id of clocks) writeVariable(id, goneOn(scope, id), scope);
  };
  const changes = new Map(
    networks.map((id): [NetworkId, Change] => [
      id,
      { kind: "age", slot: present(present(scope.layout.networks, id).segment.slots, 0) },
    ]),
  );
  const paths: Part = pathsCode({ scope, plan, fault, changes, setUp, statements: [] });
  const movesSomething = clocks.length > 0 ? [] : [either(...changing)];
  emit(scope, nested([not(either(...waits)), ...movesSomething], paths));
};

const runDown = (scope: Scope, timer: Num): Num => {
  const { value, ...range } = sharedNumber(scope, timer);
  return ranged(subtract(value, greater(value, 0)), range);
};

const goneOn = (scope: Scope, id: VariableId): Num => {
  const { value, ...range } = sharedNumber(scope, readVariable(scope, id));
  return ranged(select(equal(value, range.high), 0, add(value, 1)), range);
};

/** Conditions of which one holds when a segment of the network has reached its lifetime. */
const overdue = (source: Scope, network: NetworkId): readonly Value[] => {
  const { kind, capacity, lifetime } = present(source.core.networks, network);
  const { count, word } = source.content(network);
  // The first segment of a bag is the oldest.
  const places = kind === "bag" ? Math.min(capacity, 1) : capacity;
  return Array.from({ length: places }, (_, place) => {
    const age = segmentInteger(source, network, 0, (it) => word(place, it)).value;
    return both(greater(count, place), greaterEqual(age, lifetime ?? 0));
  });
};
