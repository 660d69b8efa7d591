// From code to functions: what they read at their head, and how much code goes into one.

import type { Code, CodeFunction, Local, Type, Value } from "../code/index.ts";
import { codeFunction, f64, global, i32, load, place, pointer, set } from "../code/index.ts";
import type { Layout } from "../machine/index.ts";
import { pack } from "../machine/index.ts";
import type { Core } from "../core/index.ts";
import type { Model } from "./scope.ts";
import { areaPointer, statePointer } from "./scope.ts";
import { rawOf } from "./slots.ts";
import type { Usage } from "./usage.ts";
import { sizeOfCode, usageOf } from "./usage.ts";

/** What a function finds out for itself, at its head, when it uses one of these names. */
export type Sources = ReadonlyMap<string, { readonly name: Local; readonly value: Value }>;

/** The word index of the area. */
export const areaGlobal = global("area");

const sourcesWith = (layout: Layout, word: (word: number) => Value): Sources => {
  const sources = new Map<string, { readonly name: Local; readonly value: Value }>();
  const note = (name: Local, value: Value): void => {
    sources.set(name.name, { name, value });
  };
  note(areaPointer, place(areaGlobal));
  for (let it = 0; it < layout.words; it += 1) note(i32(`w${it}`), word(it));
  layout.networks.forEach(({ count, places }, network) => {
    const read = (slot: typeof count): Value => rawOf(i32(`w${slot.word}`), slot);
    note(i32(`C${network}`), read(count));
    places.forEach((slots, position) =>
      slots.forEach((slot, part) => note(i32(`B${network}_${position}_${part}`), read(slot))),
    );
  });
  return sources;
};

/** The names of the source state, which the parameter `state` points to. */
export const stateSources = ({ layout }: Model): Sources =>
  sourcesWith(layout, (word) => load(statePointer, word));

/** The names of the source state when it is the one of the initial values. */
export const initialSources = ({ core, layout }: Pick<Model, "core" | "layout">): Sources => {
  const words = pack(layout, {
    variables: core.variables.map(({ initial }: Core["variables"][number]) => initial),
    networks: core.networks.map(() => []),
  });
  return sourcesWith(layout, (word) => ({
    kind: "constant",
    type: "i32",
    value: words[word] ?? 0,
  }));
};

export const localOf = (name: string, type: Type): Local =>
  type === "i32" ? i32(name) : type === "f64" ? f64(name) : pointer(name);

/** The assignments with which code begins that uses these names. */
export const headOf = (usage: Usage, sources: Sources): Code => {
  const used = [...usage.keys()].filter((name) => sources.has(name));
  const reads = used.flatMap((name) => {
    const source = sources.get(name);
    return source === undefined ? [] : [set(source.name, source.value)];
  });
  // Networks are read from words of the state.
  const names = new Set([...usageOf(reads).keys()].filter((name) => sources.has(name)));
  return [...sources].flatMap(([name, { name: local, value }]) =>
    names.has(name) ? [set(local, value)] : [],
  );
};

/** A function of this code: names that it uses and is not given are its locals. */
export const completed = (
  name: string,
  given: { readonly parameters: readonly Local[]; readonly sources: Sources },
  body: Code,
  usage: Usage = usageOf(body),
): CodeFunction => {
  const head = headOf(usage, given.sources);
  const parameters = new Set(given.parameters.map((it) => it.name));
  const used = new Map([...usageOf(head), ...usage]);
  const locals = [...used].flatMap(([it, { type }]) =>
    parameters.has(it) ? [] : [localOf(it, type)],
  );
  return codeFunction(name, { parameters: given.parameters, result: "i32", locals }, head, body);
};

/** Neighbours, joined as long as they stay short and belong together. */
export const grouped = <A extends { readonly code: Code }>(
  pieces: readonly A[],
  longest: number,
  belong: (left: A, right: A) => boolean,
): readonly (readonly [A, ...A[]])[] => {
  const groups: [A, ...A[]][] = [];
  let size = 0;
  for (const piece of pieces) {
    const own = sizeOfCode(piece.code);
    const last = groups.at(-1);
    if (last === undefined || size + own > longest || !belong(last[0], piece)) {
      groups.push([piece]);
      size = own;
    } else {
      last.push(piece);
      size += own;
    }
  }
  return groups;
};
