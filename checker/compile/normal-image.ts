// The image of a packed state under an interchange, in generated code.

import type { Code, Local, Part, Value } from "../code/index.ts";
import {
  and,
  constant,
  equal,
  greater,
  load,
  or,
  select,
  set,
  shiftLeft,
  store,
  when,
} from "../code/index.ts";
import type { Permutation } from "../reduce/index.ts";
import {
  record,
  type Normal,
  inArea,
  slotValue,
  assembled,
  segmentName,
  segmentsOf,
  sortedCode,
  queuedCode,
  held,
} from "./normal-segments.ts";
import { maskInPlace, rawOf } from "./slots.ts";

/** The image of the state at `record`, written to the area. */
export const permutedCode = (
  normal: Normal,
  { variables, addresses }: Permutation,
  id: number,
): { readonly body: Code; readonly locals: readonly Local[] } => {
  const { core, layout } = normal;
  const image = inArea(normal.image);
  const networks = addresses.flatMap((it, network) => (it === undefined ? [] : [network]));
  const segments = networks.map((network) => segmentsOf(normal, network, record));
  const moved = variables.flatMap((to, from) => {
    const [slot, source] = [layout.variables[to], layout.variables[from]];
    return slot === undefined || source === undefined || to === from
      ? []
      : [{ slot, value: slotValue(record, source) }];
  });
  const parts = [...moved, ...segments.flatMap((it) => it.parts)];
  const words = Array.from({ length: layout.words }, (_, word): Part => {
    const here = parts.filter(({ slot }) => slot.bits > 0 && slot.word === word);
    const kept = here.reduce((mask, { slot }) => mask & ~maskInPlace(slot), -1);
    return store(image, word, or(and(load(record, word), kept), assembled(here)));
  });
  const readdressed = networks.flatMap((network): Code => {
    const found = layout.networks[network];
    const becomes = addresses[network];
    const low = core.networks[network]?.addresses?.low ?? 0;
    if (found === undefined || becomes === undefined) return [];
    const first = core.networks[network]?.lifetime === undefined ? 0 : 1;
    return found.places.map(
      (_, position): Code =>
        [
          when(
            greater(slotValue(record, found.count), position),
            [first, first + 1].flatMap((at): Code => {
              const slot = found.segment.slots[at];
              if (slot === undefined || slot.bits === 0) return [];
              const word = segmentName(network, position, slot.word);
              const value = rawOf(word, slot, 31);
              const next = becomes.reduceRight<Value>(
                (rest, to, from) => select(equal(value, from), constant(to - low), rest),
                value,
              );
              return [
                set(word, or(and(word, ~maskInPlace(slot)), shiftLeft(next, slot.shift))),
              ].flat() as Code;
            }),
          ),
        ].flat() as Code,
    );
  });
  void id;
  return {
    locals: [...segments.flatMap((it) => it.locals), held],
    body: [
      ...segments.map((it) => it.read),
      ...readdressed,
      ...networks.map((network) => [sortedCode(normal, network), queuedCode(normal, network)]),
      ...words,
    ].flat() as Code,
  };
};
