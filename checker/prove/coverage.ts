// What the searches of a file took, place by place: what each search took -> items of the source.

import type { Branch, Core } from "../core/index.ts";
import type { Exploration } from "../explore/index.ts";
import type { Span } from "../source/index.ts";
import type { Census } from "./census.ts";
import { type Item, type ItemKind, type Items, placeKey } from "./items.ts";
import { type Premise, premisesOf } from "./premises.ts";
import type { Having } from "./values.ts";

/** What one search took. */
export interface Coverage {
  /** No more of it, so that the code of thousands of models is not kept. */
  readonly core: Pick<Core, "branches" | "properties">;
  readonly rules: readonly Branch[];
  /** By branch id, and by position of the rule: 1 once some step took it. */
  readonly taken: Uint8Array;
  readonly fired: Uint8Array;
  /** Undefined where states were not looked at, or are not those of the model: then nothing is known. */
  readonly values?: readonly Having[];
  /** Why the search ended before everything was visited, if it did. */
  readonly stopped: Exploration["stopped"];
  /** Whether the premises of its properties were watched. */
  readonly isWatched: boolean;
  readonly premises: readonly Premise[];
  readonly isMet: readonly boolean[];
  /** Properties that this search judged, by name. */
  readonly isSelected: (name: string) => boolean;
  /** How often, where that was asked for. */
  readonly counts?: Counts;
}

/** Over all states that were expanded, and the transitions out of them. */
export interface Counts {
  readonly branches: readonly number[];
  readonly rules: readonly number[];
  readonly premises: readonly number[];
}

/** What a census of the searched core counts, by what it is about. */
export const countsOf = (
  { branches, events, conditions }: Census,
  core: Core,
  searched: Core,
  premises: readonly Premise[],
): Counts => {
  const first = searched.properties.length - premises.length;
  return {
    branches: branches.slice(0, core.branches.length),
    rules: branches.slice(core.branches.length),
    premises: premises.map((_, at) => {
      const witness = searched.properties[first + at];
      return witness?.kind === "reachable-event"
        ? (events[witness.event] ?? 0)
        : (conditions[first + at] ?? 0);
    }),
  };
};

/** Something that searches can take, over all searches of a file. */
export interface Covered {
  readonly kind: ItemKind;
  /** In its first instance: `tcp[A].TIME_WAIT.sequence.outside`; of others the name in the source. */
  readonly name: string;
  readonly span: Span;
  /**
   * Transitions that take it, states that have the value, occasions of the property: the sum over all
   * searches, where these were counted.
   */
  readonly count: number;
  /** Searches that take it. */
  readonly taken: number;
  /** Searches that could: whose model has it, and which watch for it. */
  readonly searches: number;
  /** Searches that may have taken it and did not see it: they ended early, or did not watch. */
  readonly open: number;
  /** Why it is never taken, as the source says. */
  readonly reason?: string;
}

/** The same with all its names, one per instance and control state. */
export interface Tally extends Covered {
  readonly names: readonly string[];
}

interface Occurrence {
  readonly kind: ItemKind;
  readonly name: string;
  readonly span: Span;
  readonly isTaken: boolean;
  readonly count: number;
  /** Did the search watch for it? */
  readonly isWatched: boolean;
}

const placesOf = (
  kind: "case" | "rule",
  places: readonly Branch[],
  taken: Uint8Array,
  counts: readonly number[] | undefined,
): readonly Occurrence[] =>
  places.map(({ name, span }, id) => ({
    kind,
    name,
    span,
    isTaken: taken[id] === 1,
    count: counts?.[id] ?? 0,
    isWatched: true,
  }));

const propertiesOf = (it: Coverage): readonly Occurrence[] => {
  const { core, premises, isMet, isSelected, isWatched, counts } = it;
  const occasion = (position: number, at: number): readonly Occurrence[] => {
    const property = core.properties[position];
    if (property === undefined || !isSelected(property.name)) return [];
    const { name, span } = property;
    const count = counts?.premises[at] ?? 0;
    return [{ kind: "property", name, span, isTaken: isMet[at] === true, count, isWatched }];
  };
  if (isWatched) return premises.flatMap(({ property }, at) => occasion(property, at));
  return premisesOf(core).flatMap(({ property }) => occasion(property, -1));
};

const membersOf = (
  { values }: Coverage,
  items: ReadonlyMap<string, Item>,
  isCounted: boolean,
): readonly Occurrence[] =>
  (values ?? []).flatMap(({ members, had }) =>
    members.flatMap((name, at): readonly Occurrence[] => {
      const item = items.get(name);
      const times = had[at] ?? 0;
      if (item === undefined) return [];
      const { span } = item;
      const count = isCounted ? times : 0;
      return [{ kind: "value", name, span, isTaken: times > 0, count, isWatched: true }];
    }),
  );

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

interface Sum extends Mutable<Omit<Tally, "names" | "reason">> {
  readonly names: Set<string>;
}

/** The same place of the source in several instances and states of one search is one. */
const addSearch = (
  sums: Map<string, Sum>,
  it: Coverage,
  values: ReadonlyMap<string, Item>,
  items: Items,
): void => {
  const here = new Map<Sum, { isTaken: boolean; isWatched: boolean }>();
  const all = [
    ...placesOf("case", it.core.branches, it.taken, it.counts?.branches),
    ...placesOf("rule", it.rules, it.fired, it.counts?.rules),
    ...propertiesOf(it),
    ...membersOf(it, values, it.counts !== undefined),
  ];
  for (const { kind, name, span, isTaken, count, isWatched } of all) {
    // Several properties may stand for one place; what else has a place has it alone.
    if (items.get(placeKey(span))?.isPlain === true) continue;
    const key = `${kind === "property" ? name : kind} ${placeKey(span)}`;
    const none = { count: 0, taken: 0, searches: 0, open: 0 };
    const sum: Sum = sums.get(key) ?? { kind, name, span, ...none, names: new Set() };
    sums.set(key, sum);
    sum.names.add(name);
    sum.count += count;
    const before = here.get(sum);
    here.set(sum, { isTaken: before?.isTaken === true || isTaken, isWatched });
  }
  for (const [sum, { isTaken, isWatched }] of here) {
    if (isWatched) sum.searches += 1;
    if (isTaken) sum.taken += 1;
    else if (!isWatched || it.stopped !== undefined) sum.open += 1;
  }
};

const isBefore = (left: Span, right: Span): boolean =>
  left.file === right.file ? left.start < right.start : left.file < right.file;

/** A case or a rule of the file itself, which the constants of every check may leave out. */
const isOwn = ({ kind, span, name }: Item, file: string): boolean =>
  (kind === "case" || kind === "rule") &&
  span.file === file &&
  // Expiries of a timer are one step, which stands at its first handler.
  !name.includes(".expire ");

/** What no search of the file has in its model. */
const leftOut = (file: string, found: readonly Tally[], items: Items): readonly Tally[] => {
  const known = new Set(found.map(({ span }) => placeKey(span)));
  return [...items].flatMap(([key, it]) =>
    known.has(key) || !isOwn(it, file)
      ? []
      : [{ ...it, names: [it.name], count: 0, taken: 0, searches: 0, open: 0 }],
  );
};

/** Everything that searches of a file had to take, in the order of the text; of a search that stopped, what it saw. */
export const tallied = (
  file: string,
  coverage: readonly Coverage[],
  items: Items,
): readonly Tally[] => {
  const values = new Map(
    [...items.values()].flatMap((it) => (it.kind === "value" ? [[it.name, it] as const] : [])),
  );
  const sums = new Map<string, Sum>();
  for (const it of coverage) addSearch(sums, it, values, items);
  const found = [...sums.values()].map(({ names, ...sum }): Tally => {
    const reason = items.get(placeKey(sum.span))?.reason;
    return { ...sum, names: [...names], ...(reason === undefined ? {} : { reason }) };
  });
  return [...found, ...(coverage.length === 0 ? [] : leftOut(file, found, items))].toSorted(
    (left, right) => (isBefore(left.span, right.span) ? -1 : 1),
  );
};
