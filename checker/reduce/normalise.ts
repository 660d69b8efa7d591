// The normal form of a state: one representative for states of the same future (state -> state).
// The reference, written to be read; generated code does the same on packed words.

import type { Core } from "../core/index.ts";
import { compareWords, layoutOf, pack, type State } from "../machine/index.ts";
import { canonical, type Forgotten } from "./dead-variables.ts";
import { ordered, type Permutation, permutedState } from "./permutation.ts";
import { envelopeLength, type SpaceField } from "./places.ts";
import type { Space } from "./spaces.ts";

/** What makes states alike; empty lists where a reduction is off. */
export interface Likeness extends Pick<Forgotten, "resets" | "fields"> {
  readonly spaces: readonly Space[];
  readonly permutations: readonly Permutation[];
}

type Segment = readonly number[];

/** Of states with the same future, the one that stands for all. */
export type Normaliser = (state: State) => State;

/**
 * The least, in canonical encoding, of the upright forms of a state and its images. `core` is the
 * reduced core.
 */
export const normaliser = (core: Core, likeness: Likeness): Normaliser => {
  const layout = layoutOf(core);
  const least = (states: readonly State[]): State =>
    states.reduce((best, it) => (compare(it, best) < 0 ? it : best));
  const compare = (left: State, right: State): number =>
    compareWords(pack(layout, left), 0, pack(layout, right), 0, layout.words);
  return (state) => {
    const images = likeness.permutations.map((it) => permutedState(core, it, state));
    return least([state, ...images].map((it) => least(uprightForms(core, likeness, it))));
  };
};

/**
 * Dead variables and fields become canonical. Each space is then rotated so that its anchor, the
 * first of its variables that is not dead, is 0. Spaces without an anchor have values in segments
 * only: all their rotations together are upright.
 */
const uprightForms = (core: Core, likeness: Likeness, state: State): readonly State[] => {
  const { state: living, dead } = forgotten(core, likeness, state);
  const anchored: State = likeness.spaces.reduce<State>((it, space) => {
    const anchor = space.variables.find((id) => !dead.has(id));
    return anchor === undefined ? it : rotated(core, space, dead, it, -(it.variables[anchor] ?? 0));
  }, living);
  return likeness.spaces
    .filter((it) => it.variables.every((id) => dead.has(id)))
    .reduce<readonly State[]>(
      (states, space) => states.flatMap((it) => rotations(core, space, dead, it)),
      [anchored],
    );
};

/** A rotation changes nothing where no segment has a value of the space. */
const rotations = (
  core: Core,
  space: Space,
  dead: ReadonlySet<number>,
  state: State,
): readonly State[] => {
  const isUsed = space.fields.some((field) =>
    (state.networks[field.network] ?? []).some((it) => exists(core, field, it)),
  );
  if (!isUsed) return [state];
  return Array.from({ length: space.modulus }, (_, by) => rotated(core, space, dead, state, by));
};

/** A state whose dead variables and fields are canonical, and which variables these are. */
export const forgotten = (
  core: Core,
  { resets, fields }: Pick<Likeness, "resets" | "fields">,
  { variables, networks }: State,
): { readonly state: State; readonly dead: ReadonlySet<number> } => {
  const values = [...variables];
  const dead = new Set<number>();
  for (const { control, dead: lists } of resets) {
    const low = control === undefined ? 0 : (core.variables[control]?.low ?? 0);
    const list = lists[control === undefined ? 0 : (values[control] ?? 0) - low] ?? [];
    for (const id of list) {
      values[id] = canonical(core.variables[id] ?? { low: 0, high: 0 });
      dead.add(id);
    }
  }
  const kept = networks.map((segments, network) => {
    const gone = fields.filter((it) => it.network === network);
    if (gone.length === 0) return segments;
    const first = envelopeLength(core, network);
    return ordered(
      core,
      network,
      segments.map((it) =>
        it.map((value, position) =>
          gone.some((field) => field.position === position)
            ? canonical(core.networks[network]?.fields[position - first] ?? { low: 0, high: 0 })
            : value,
        ),
      ),
    );
  });
  return { state: { variables: values, networks: kept }, dead };
};

/** Adds one amount to all values of a space, except of variables that are dead. */
export const rotated = (
  core: Core,
  { modulus, variables, fields }: Space,
  dead: ReadonlySet<number>,
  state: State,
  by: number,
): State => {
  const turn = (value: number): number => (((value + by) % modulus) + modulus) % modulus;
  const turning = new Set(variables.filter((id) => !dead.has(id)));
  return {
    variables: state.variables.map((value, id) => (turning.has(id) ? turn(value) : value)),
    networks: state.networks.map((segments, network) => {
      const own = fields.filter((it) => it.network === network);
      if (own.length === 0) return segments;
      const moved = segments.map((segment) => {
        const positions = new Set(
          own.filter((it) => exists(core, it, segment)).map((it) => it.position),
        );
        return segment.map((value, position) => (positions.has(position) ? turn(value) : value));
      });
      return ordered(core, network, moved);
    }),
  };
};

/** Whether a segment has a field of a space: its receiver is right, and the field's flag is set. */
const exists = (core: Core, { network, to, flag }: SpaceField, segment: Segment): boolean => {
  const age = core.networks[network]?.lifetime === undefined ? 0 : 1;
  return (to === undefined || segment[age] === to) && (flag === undefined || segment[flag] !== 0);
};
