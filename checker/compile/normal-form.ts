// Steps into normal forms: a program and what makes states alike -> a program with fewer states.

import type { Code, CodeFunction, Local, Part, Value } from "../code/index.ts";
import {
  add,
  advance,
  and,
  block,
  both,
  call,
  codeFunction,
  constant,
  either,
  equal,
  giveBack,
  greater,
  i32,
  leave,
  less,
  lessUnsigned,
  load,
  loop,
  loopWhile,
  not,
  or,
  place,
  pointer,
  run,
  select,
  set,
  shiftLeft,
  shiftRightUnsigned,
  store,
  subtract,
  when,
} from "../code/index.ts";
import type { Core } from "../core/index.ts";
import type { Layout, Slot } from "../machine/index.ts";
import type { Likeness, Permutation, Space } from "../reduce/index.ts";
import { areaGlobal } from "./functions.ts";
import type { Program } from "./program.ts";
import { endPointer, outPointer, statePointer } from "./scope.ts";
import { maskInPlace, rawOf } from "./slots.ts";

/*
 * Every record that a call has written is brought into its normal form, in place, before the caller
 * sees it. What the normal form is, `reduce/normalise.ts` says; dead variables and fields are
 * canonical already, for the reduced core ends its bodies with that. The area holds three states
 * more: the image of a permutation, the state that rotations start from, and the rotated one.
 */

const record = pointer("record");
const target = pointer("target");
const count = i32("count");

interface Normal {
  readonly core: Core;
  readonly layout: Layout;
  readonly likeness: Likeness;
  /** Where in the area the states stand. */
  readonly image: number;
  readonly start: number;
  readonly candidate: number;
}

/** The program with `expand` and `initial` into normal forms. */
export const withNormalForms = (program: Program, core: Core, likeness: Likeness): Program => {
  if (likeness.spaces.length === 0 && likeness.permutations.length === 0) return program;
  const { layout, area } = program;
  const [image, start] = [area.words, area.words + layout.words];
  const candidate = start + layout.words;
  const normal: Normal = { core, layout, likeness, image, start, candidate };
  const inner = program.functions.map((it) =>
    it.name === "expand" || it.name === "initial" ? { ...it, name: `${it.name}Any` } : it,
  );
  return {
    ...program,
    area: { ...area, words: candidate + layout.words },
    functions: [
      ...inner,
      turnFunction(normal),
      compareFunction(normal),
      uprightFunction(normal),
      normaliseFunction(normal),
      entryPoint(program, "expand", [statePointer, outPointer, endPointer]),
      entryPoint(program, "initial", [outPointer, endPointer]),
    ],
  };
};

const entryPoint = (
  { layout, stepWords }: Program,
  name: string,
  parameters: readonly Local[],
): CodeFunction => {
  const left = i32("left");
  const isState = equal(shiftRightUnsigned(load(record, layout.words), 1), 0);
  return codeFunction(
    name,
    { parameters, result: "i32", locals: [count, left, record] },
    set(count, call(`${name}Any`, parameters)),
    set(left, count),
    set(record, outPointer),
    loopWhile(
      "records",
      greater(left, 0),
      when(isState, run("normalise", record)),
      set(record, advance(record, stepWords)),
      set(left, subtract(left, 1)),
      // The condition is asked again.
    ),
    giveBack(count),
  );
};

const inArea = (at: number): Value => advance(place(areaGlobal), at);

const copied = ({ layout }: Normal, from: Value, to: Value): Code =>
  Array.from({ length: layout.words }, (_, word) => store(to, word, load(from, word)));

/** Whether the state at `record` is less than the one at `target`, word by word. */
const compareFunction = ({ layout }: Normal): CodeFunction =>
  codeFunction(
    "isLess",
    { parameters: [record, target], result: "i32" },
    ...Array.from({ length: layout.words }, (_, word): Part => {
      const [left, right] = [load(record, word), load(target, word)];
      return when(not(equal(left, right)), giveBack(lessUnsigned(left, right)));
    }),
    giveBack(constant(0)),
  );

/** The upright form, or the least one of it and those of the images. */
const normaliseFunction = (normal: Normal): CodeFunction => {
  const image = inArea(normal.image);
  const images = normal.likeness.permutations.map((it, id): Part => {
    const code = permutedCode(normal, it, id);
    return [code.body, run("upright", image)];
  });
  // The image is made of the state as it was.
  const [only, ...more] = images;
  if (more.length > 0) throw new Error("normal forms know one permutation");
  const locals = normal.likeness.permutations.flatMap(
    (it, id) => permutedCode(normal, it, id).locals,
  );
  return codeFunction(
    "normalise",
    { parameters: [record], locals },
    only ?? [],
    run("upright", record),
    only === undefined ? [] : when(call("isLess", [image, record]), copied(normal, image, record)),
  );
};

const slotValue = (from: Value, slot: Slot): Value => rawOf(load(from, slot.word), slot);

/** What goes into a word of a state: the values of slots, in place. */
const assembled = (parts: readonly { readonly slot: Slot; readonly value: Value }[]): Value =>
  parts.reduce<Value>(
    (sum, { slot, value }) => (slot.bits === 0 ? sum : or(sum, shiftLeft(value, slot.shift))),
    constant(0),
  );

const segmentName = (network: number, position: number, word: number): Local =>
  i32(`s${network}_${position}_${word}`);

interface Segments {
  readonly locals: readonly Local[];
  readonly read: Code;
  readonly parts: readonly { readonly slot: Slot; readonly value: Local }[];
}

/** The segments of a network in locals, and where they go. */
const segmentsOf = ({ layout }: Normal, network: number, from: Value): Segments => {
  const places = layout.networks[network]?.places ?? [];
  const parts = places.flatMap((slots, position) =>
    slots.map((slot, word) => ({ slot, value: segmentName(network, position, word) })),
  );
  return {
    parts,
    locals: parts.map((it) => it.value),
    read: parts.map(({ slot, value }) => set(value, slotValue(from, slot))),
  };
};

/** Sorts the segments of a bag, the greatest first; absent ones are 0 and stay behind. */
const sortedCode = ({ core, layout }: Normal, network: number): Code => {
  if (core.networks[network]?.kind === "fifo") return [];
  const capacity = core.networks[network]?.capacity ?? 0;
  const words = layout.networks[network]?.segment.words ?? 0;
  const swaps: Part[] = [];
  for (let last = capacity - 1; last > 0; last -= 1) {
    for (let at = 0; at < last; at += 1) swaps.push(swapCode(network, at, words));
  }
  return swaps;
};

/** Puts the segments of a FIFO in order of their receivers; those of one keep their order. */
const queuedCode = ({ core, layout }: Normal, network: number): Code => {
  const [found, declared] = [layout.networks[network], core.networks[network]];
  const to = found?.segment.slots[declared?.lifetime === undefined ? 0 : 1];
  if (declared?.kind !== "fifo" || found === undefined || to === undefined) return [];
  const receiver = (position: number): Value =>
    rawOf(segmentName(network, position, to.word), to, 31);
  const words = found.segment.words;
  const swaps: Part[] = [];
  for (let last = declared.capacity - 1; last > 0; last -= 1) {
    for (let at = 0; at < last; at += 1) {
      const isThere = greater(slotValue(record, found.count), at + 1);
      const isBehind = both(isThere, greater(receiver(at), receiver(at + 1)));
      swaps.push(when(isBehind, exchanged(network, at, words)));
    }
  }
  return swaps;
};

const exchanged = (network: number, at: number, words: number): Code =>
  Array.from({ length: words }, (_, word): Code => {
    const [left, right] = [segmentName(network, at, word), segmentName(network, at + 1, word)];
    return [set(held, left), set(left, right), set(right, held)].flat();
  });

const held = i32("held");

const swapCode = (network: number, at: number, words: number): Part => {
  const name = (position: number, word: number): Local => segmentName(network, position, word);
  const isBehind = (word: number): Value => {
    const [left, right] = [name(at, word), name(at + 1, word)];
    return word === words - 1
      ? less(left, right)
      : either(less(left, right), both(equal(left, right), isBehind(word + 1)));
  };
  if (words === 0) return [];
  return when(isBehind(0), exchanged(network, at, words));
};

const amount = (space: number): Local => i32(`by${space}`);

/** A value of a space, turned on; amounts are less than the modulus. */
const turned = ({ modulus }: Space, value: Value, by: Value): Value => {
  const sum = add(value, by);
  if ((modulus & (modulus - 1)) === 0) return and(sum, modulus - 1);
  return select(less(sum, modulus), sum, subtract(sum, modulus));
};

/**
 * `turn(record, target, by0, by1, …)`: the segments of a state turned and sorted, and its other
 * words; variables stay as they are.
 */
const turnFunction = (normal: Normal): CodeFunction => {
  const { core, layout, likeness } = normal;
  const networks = core.networks.flatMap((_, network) =>
    likeness.spaces.some((it) => it.fields.some((field) => field.network === network))
      ? [network]
      : [],
  );
  const segments = networks.map((network) => segmentsOf(normal, network, record));
  const parts = segments.flatMap((it) => it.parts);
  const words = Array.from({ length: layout.words }, (_, word): Part => {
    const here = parts.filter(({ slot }) => slot.bits > 0 && slot.word === word);
    const kept = here.reduce((mask, { slot }) => mask & ~maskInPlace(slot), -1);
    return store(target, word, or(and(load(record, word), kept), assembled(here)));
  });
  return codeFunction(
    "turn",
    {
      parameters: [record, target, ...likeness.spaces.map((_, id) => amount(id))],
      locals: [...segments.flatMap((it) => it.locals), held],
    },
    ...segments.map((it) => it.read),
    ...networks.map((network) => [turnedFields(normal, network), sortedCode(normal, network)]),
    ...words,
  );
};

/** Turns the fields of the segments that are there. */
const turnedFields = ({ core, layout, likeness }: Normal, network: number): Code => {
  const found = layout.networks[network];
  const declared = core.networks[network];
  if (found === undefined || declared === undefined) return [];
  const { slots } = found.segment;
  const first = declared.lifetime === undefined ? 0 : 1;
  return found.places.map((_, position): Code => {
    const value = (at: number): Value => {
      const slot = slots[at];
      if (slot === undefined) throw new Error(`a segment has no integer ${at}`);
      return rawOf(segmentName(network, position, slot.word), slot, 31);
    };
    const turns = likeness.spaces.flatMap((space, id) =>
      space.fields
        .filter((field) => field.network === network)
        .map(({ to, flag, position: at }): Part => {
          const slot = slots[at];
          if (slot === undefined || slot.bits === 0) return [];
          const word = segmentName(network, position, slot.word);
          const low = declared.addresses?.low ?? 0;
          const isHere = to === undefined ? constant(1) : equal(value(first), to - low);
          const isSet = flag === undefined ? constant(1) : value(flag);
          const next = shiftLeft(turned(space, value(at), amount(id)), slot.shift);
          return when(both(isHere, isSet), set(word, or(and(word, ~maskInPlace(slot)), next)));
        }),
    );
    return [when(greater(slotValue(record, found.count), position), turns)];
  });
};

/** Whether a variable of a space is dead in the state at `record`: it does not turn. */
const deadCode = ({ core, layout, likeness }: Normal, variable: number): Value => {
  const conditions = likeness.resets.flatMap(({ control, dead }): readonly Value[] => {
    const values = dead.flatMap((ids, at) => (ids.includes(variable) ? [at] : []));
    if (values.length === 0) return [];
    if (control === undefined) return [constant(1)];
    const slot = layout.variables[control];
    if (slot === undefined) throw new Error(`no variable ${control} in this core`);
    // What is stored is the value less the low of the variable, as the lists are.
    const stored = slotValue(record, slot);
    const size = (core.variables[control]?.high ?? 0) - (core.variables[control]?.low ?? 0);
    if (size >= 32) return values.map((at) => equal(stored, at));
    const mask = values.reduce((bits, at) => bits | (1 << at), 0);
    return [and(shiftRightUnsigned(constant(mask), stored), 1)];
  });
  return either(constant(0), ...conditions);
};

const isLoose = (space: number): Local => i32(`loose${space}`);

/** `upright(record)`: anchors become 0; without one, the least of all rotations is taken. */
const uprightFunction = (normal: Normal): CodeFunction => {
  const { likeness } = normal;
  const spaces = likeness.spaces.map((space, id) => anchorCode(normal, space, id));
  const amounts = likeness.spaces.map((_, id) => amount(id));
  const flags = likeness.spaces.map((_, id) => isLoose(id));
  if (likeness.spaces.length === 0) {
    return codeFunction("upright", { parameters: [record] });
  }
  return codeFunction(
    "upright",
    { parameters: [record], locals: [...amounts, ...flags] },
    ...spaces,
    run("turn", record, record, ...amounts),
    when(either(constant(0), ...flags), leastCode(normal)),
  );
};

/** How far a space turns, and its variables turned. */
const anchorCode = ({ layout, ...normal }: Normal, space: Space, id: number): Code => {
  const whole = { layout, ...normal };
  const by = amount(id);
  const { modulus, variables } = space;
  const chain = variables.reduceRight<Part>(
    (rest, variable) => {
      const slot = layout.variables[variable];
      if (slot === undefined) throw new Error(`no variable ${variable} in this core`);
      const back = subtract(modulus, slotValue(record, slot));
      const isZero = equal(slotValue(record, slot), 0);
      return when(
        deadCode(whole, variable),
        rest,
        [set(by, select(isZero, constant(0), back))].flat() as Code,
      );
    },
    [set(by, 0), set(isLoose(id), 1)].flat() as Code,
  );
  const turns = variables.map((variable): Part => {
    const slot = layout.variables[variable];
    if (slot === undefined || slot.bits === 0) return [];
    const word = load(record, slot.word);
    const next = shiftLeft(turned(space, slotValue(record, slot), by), slot.shift);
    const change = store(record, slot.word, or(and(word, ~maskInPlace(slot)), next));
    return when(deadCode(whole, variable), [], change);
  });
  return [set(isLoose(id), 0), chain, ...turns].flat() as Code;
};

/** Tries the rotations of loose spaces, nested; the amounts count from 0. */
const leastCode = (normal: Normal): Code => {
  const { likeness } = normal;
  const [start, candidate] = [inArea(normal.start), inArea(normal.candidate)];
  const amounts = likeness.spaces.map((_, id) => amount(id));
  const innermost: Code = [
    run("turn", start, candidate, ...amounts),
    when(call("isLess", [candidate, record]), copied(normal, candidate, record)),
  ].flat() as Code;
  const loops = likeness.spaces.reduceRight<Code>((body, { modulus }, id): Code => {
    const last = select(isLoose(id), constant(modulus), constant(1));
    return [
      [set(amount(id), 0)].flat() as Code,
      block(
        `tried${id}`,
        loop(
          `try${id}`,
          ...body,
          [set(amount(id), add(amount(id), 1))].flat() as Code,
          when(not(less(amount(id), last)), leave(`tried${id}`)),
        ),
      ),
    ];
  }, innermost);
  return [...copied(normal, record, start), ...loops];
};

/** The image of the state at `record`, written to the area. */
const permutedCode = (
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
