// Rotations of sequence spaces in generated code: anchors become 0, or the least rotation is taken.

import type { Code, CodeFunction, Local, Part, Value } from "../code/index.ts";
import {
  add,
  and,
  block,
  both,
  call,
  codeFunction,
  constant,
  either,
  equal,
  greater,
  i32,
  leave,
  less,
  load,
  loop,
  not,
  or,
  run,
  select,
  set,
  shiftLeft,
  shiftRightUnsigned,
  store,
  subtract,
  when,
} from "../code/index.ts";
import type { Space } from "../reduce/index.ts";
import {
  record,
  target,
  type Normal,
  inArea,
  copied,
  slotValue,
  assembled,
  segmentName,
  segmentsOf,
  sortedCode,
  held,
} from "./normal-segments.ts";
import { maskInPlace, rawOf } from "./slots.ts";

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
export const turnFunction = (normal: Normal): CodeFunction => {
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
export const uprightFunction = (normal: Normal): CodeFunction => {
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
