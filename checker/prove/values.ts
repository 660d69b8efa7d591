// Which values of enumerations the states of a search have: packed states -> how many have each.

import type { Core, Display } from "../core/index.ts";
import { type Layout, layoutOf, type Slot } from "../machine/index.ts";

/** Of one enumeration that some variable, or some field of a segment, is of. */
export interface Having {
  readonly members: readonly string[];
  /** By member: 0 where no state has it; the number of states if these were counted, else 1. */
  readonly had: readonly number[];
}

/** A stored integer, and what says whether it is there. */
interface Place {
  readonly word: number;
  readonly shift: number;
  readonly mask: number;
  readonly low: number;
  /** A set has a value per bit. */
  readonly isSet: boolean;
  /** Conditions on other bits of the state: each at least so much. */
  readonly given: readonly {
    readonly word: number;
    readonly shift: number;
    readonly mask: number;
    readonly least: number;
  }[];
}

interface Group {
  readonly members: readonly string[];
  readonly places: Place[];
  readonly had: Float64Array;
  /** By member: the state that was counted last. */
  readonly last: Float64Array;
  left: number;
}

const maskOf = (bits: number): number => (bits === 32 ? -1 : (1 << bits) - 1);

const givenBy = (slot: Slot, least: number): Place["given"][number] => ({
  word: slot.word,
  shift: slot.shift,
  mask: maskOf(slot.bits),
  least: least - slot.low,
});

/** The variables that say whether the value of an option around this one is there. */
const presentOf = (name: string, ids: ReadonlyMap<string, number>): readonly number[] =>
  [...name.matchAll(/\.value(?=[.[]|$)/g)].flatMap(({ index }) => {
    const id = ids.get(`${name.slice(0, index)}.present`);
    return id === undefined ? [] : [id];
  });

/** An integer of a state or of a segment that may be of an enumeration. */
interface Integer {
  readonly display: Display;
  readonly slot: Slot;
  readonly given: Place["given"];
}

const variablesOf = (core: Core, layout: Layout): readonly Integer[] => {
  const ids = new Map(core.variables.map(({ name }, id) => [name, id]));
  return core.variables.flatMap(({ name, display }, id) => {
    const slot = layout.variables[id];
    const given = presentOf(name, ids).flatMap((it) => {
      const flag = layout.variables[it];
      return flag === undefined ? [] : [givenBy(flag, 1)];
    });
    return slot === undefined ? [] : [{ display, slot, given }];
  });
};

interface Field {
  readonly display: Display;
  readonly name?: string;
  readonly when?: string;
}

/** The integers of a segment in stored order: age, addresses, fields. */
const fieldsOf = ({ lifetime, addresses, fields }: Core["networks"][number]): readonly Field[] => [
  ...(lifetime === undefined ? [] : [{ display: { kind: "int" } } as const]),
  ...(addresses === undefined ? [] : [{ display: addresses }, { display: addresses }]),
  ...fields,
];

const segmentsOf = (core: Core, layout: Layout): readonly Integer[] =>
  core.networks.flatMap((network, id) => {
    const here = layout.networks[id];
    const fields = fieldsOf(network);
    return (here?.places ?? []).flatMap((words, position) => {
      const slotOf = (at: number): Slot | undefined => {
        const inner = here?.segment.slots[at];
        const outer = inner === undefined ? undefined : words[inner.word];
        return inner === undefined || outer === undefined
          ? undefined
          : { ...inner, word: outer.word, shift: outer.shift + inner.shift };
      };
      return fields.flatMap(({ display, when }, at): readonly Integer[] => {
        const slot = slotOf(at);
        const flag =
          when === undefined ? undefined : slotOf(fields.findIndex((it) => it.name === when));
        if (slot === undefined || here === undefined) return [];
        const isPresent = givenBy(here.count, position + 1);
        return [
          { display, slot, given: [isPresent, ...(flag === undefined ? [] : [givenBy(flag, 1)])] },
        ];
      });
    });
  });

const groupsOf = (core: Core, layout: Layout): readonly Group[] => {
  const groups = new Map<string, Group>();
  for (const { display, slot, given } of [
    ...variablesOf(core, layout),
    ...segmentsOf(core, layout),
  ]) {
    if (display.kind !== "enum" && display.kind !== "set") continue;
    const { members } = display;
    const key = members.join(" ");
    const group: Group = groups.get(key) ?? {
      members,
      places: [],
      had: new Float64Array(members.length),
      last: new Float64Array(members.length).fill(-1),
      left: members.length,
    };
    groups.set(key, group);
    const { word, shift, low } = slot;
    const isSet = display.kind === "set";
    group.places.push({ word, shift, mask: maskOf(slot.bits), low, isSet, given });
  }
  return [...groups.values()];
};

/** What looks at states one after the other. */
export interface Onlooker {
  /** Answers whether nothing is left to be seen. */
  readonly look: (words: Int32Array, at: number) => boolean;
  readonly found: () => readonly Having[];
}

/** Looks for the members of all enumerations that states can have; for each once, or in every state. */
export const valuesOf = (core: Core, isCounting: boolean): Onlooker => {
  const groups = groupsOf(core, layoutOf(core));
  let open = groups.filter((it) => it.left > 0);
  let state = -1;
  const note = (group: Group, value: number): void => {
    if (group.last[value] === state) return;
    group.last[value] = state;
    const before = group.had[value] ?? 0;
    if (before === 0) group.left -= 1;
    if (before === 0 || isCounting) group.had[value] = before + 1;
  };
  const isThere = ({ given }: Place, words: Int32Array, at: number): boolean => {
    for (const { word, shift, mask, least } of given) {
      if ((((words[at + word] ?? 0) >>> shift) & mask) < least) return false;
    }
    return true;
  };
  return {
    look: (words, at) => {
      state += 1;
      for (const group of open) {
        for (const place of group.places) {
          const { word, shift, mask, low, isSet } = place;
          const value = low + (((words[at + word] ?? 0) >>> shift) & mask);
          if (!isSet && !isCounting && (group.had[value] ?? 0) > 0) continue;
          if (!isThere(place, words, at)) continue;
          if (!isSet) note(group, value);
          else
            for (let bit = 0; bit < group.members.length; bit += 1) {
              if (((value >>> bit) & 1) === 1) note(group, bit);
            }
        }
      }
      if (isCounting) return false;
      if (open.some((it) => it.left === 0)) open = open.filter((it) => it.left > 0);
      return open.length === 0;
    },
    found: () => groups.map(({ members, had }) => ({ members, had: [...had] })),
  };
};
