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
  unequal,
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
  slotInName,
  wordName,
} from "./normal-segments.ts";
import { present } from "./scope.ts";
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

/** Whether a variable of a space is dead in the state whose words are in locals: it does not turn. */
const deadCode = ({ core, layout, likeness }: Normal, variable: number): Value => {
  const conditions = likeness.resets.flatMap(({ control, dead }): readonly Value[] => {
    const values = dead.flatMap((ids, at) => (ids.includes(variable) ? [at] : []));
    if (values.length === 0) return [];
    if (control === undefined) return [constant(1)];
    const slot = present(layout.variables, control);
    // What is stored is the value less the low of the variable, as the lists are.
    const stored = slotInName(slot);
    const size = (core.variables[control]?.high ?? 0) - (core.variables[control]?.low ?? 0);
    if (size >= 32) return values.map((at) => equal(stored, at));
    const mask = values.reduce((bits, at) => bits | (1 << at), 0);
    return [and(shiftRightUnsigned(constant(mask), stored), 1)];
  });
  return either(constant(0), ...conditions);
};

const isLoose = (space: number): Local => i32(`loose${space}`);

/** Words with variables of spaces, and with what tells whether these are dead. */
const wordsLookedAt = ({ layout, likeness }: Normal): readonly number[] => {
  const turning = likeness.spaces.flatMap((it) => it.variables);
  const controls = likeness.resets.flatMap(({ control, dead }) =>
    control !== undefined && dead.flat().some((id) => turning.includes(id)) ? [control] : [],
  );
  const slots = [...turning, ...controls].map((id) => present(layout.variables, id));
  return [...new Set(slots.filter((it) => it.bits > 0).map((it) => it.word))];
};

const loadsOf = (normal: Normal): Code =>
  wordsLookedAt(normal).map((word) => set(wordName(word), load(record, word)));

export interface Uprightness {
  readonly locals: readonly Local[];
  /** Loads what the condition looks at. */
  readonly loads: Code;
  /** Whether the state at `record` may have to turn. */
  readonly mayTurn: Value;
}

/**
 * Most steps assign no anchor, and lead from an upright state to an upright one: this finds them
 * without a call.
 */
export const uprightness = (normal: Normal): Uprightness => {
  const { layout, likeness } = normal;
  const turns = likeness.spaces.map(({ variables }) =>
    variables.reduceRight<Value>(
      (rest, variable) =>
        select(deadCode(normal, variable), rest, slotInName(present(layout.variables, variable))),
      // Without an anchor it depends on what is in flight.
      hasSegments(normal),
    ),
  );
  return {
    locals: wordsLookedAt(normal).map((word) => wordName(word)),
    loads: loadsOf(normal),
    mayTurn: turns.reduce<Value>((sum, it) => or(sum, it), constant(0)),
  };
};

/** Whether there is a segment in a network with fields of a space. */
const hasSegments = ({ layout, likeness }: Normal): Value => {
  const networks = new Set(
    likeness.spaces.flatMap((it) => it.fields.map((field) => field.network)),
  );
  const counts = [...networks].map((it) =>
    unequal(slotValue(record, present(layout.networks, it).count), 0),
  );
  return counts.reduce<Value>((any, it) => either(any, it), constant(0));
};

/** `upright(record)`: anchors become 0; without one, the least of all rotations is taken. */
export const uprightFunction = (normal: Normal): CodeFunction => {
  const { likeness, layout } = normal;
  const { spaces } = likeness;
  if (spaces.length === 0) return codeFunction("upright", { parameters: [record] });
  const amounts = spaces.map((_, id) => amount(id));
  const flags = spaces.map((_, id) => isLoose(id));
  const turning = spaces.flatMap((it) => it.variables.map((id) => present(layout.variables, id)));
  const changed = [...new Set(turning.filter((it) => it.bits > 0).map((it) => it.word))];
  const anyOf = (values: readonly Value[]): Value => either(constant(0), ...values);
  return codeFunction(
    "upright",
    {
      parameters: [record],
      locals: [...amounts, ...flags, ...wordsLookedAt(normal).map((word) => wordName(word))],
    },
    loadsOf(normal),
    ...spaces.map((space, id) => anchorCode(normal, space, id)),
    when(anyOf(amounts), [
      changed.map((word) => store(record, word, wordName(word))),
      run("turn", record, record, ...amounts),
    ]),
    when(anyOf(flags), [when(hasSegments(normal), leastCode(normal))]),
  );
};

/** How far a space turns, and its variables turned. */
const anchorCode = (normal: Normal, space: Space, id: number): Code => {
  const { layout } = normal;
  const by = amount(id);
  const { modulus, variables } = space;
  const chain = variables.reduceRight<Part>(
    (rest, variable) => {
      const value = slotInName(present(layout.variables, variable));
      const back = select(equal(value, 0), constant(0), subtract(modulus, value));
      return when(deadCode(normal, variable), rest, [set(by, back)]);
    },
    [set(by, 0), set(isLoose(id), 1)],
  );
  const turns = variables.map((variable): Part => {
    const slot = present(layout.variables, variable);
    if (slot.bits === 0) return [];
    const word = wordName(slot.word);
    const next = shiftLeft(turned(space, slotInName(slot), by), slot.shift);
    const change = set(word, or(and(word, ~maskInPlace(slot)), next));
    return when(deadCode(normal, variable), [], change);
  });
  return [set(isLoose(id), 0), chain, when(by, turns)].flat();
};

/** Tries the rotations of loose spaces, nested; the amounts count from 0. */
const leastCode = (normal: Normal): Code => {
  const { likeness } = normal;
  const [start, candidate] = [inArea(normal.start), inArea(normal.candidate)];
  const amounts = likeness.spaces.map((_, id) => amount(id));
  const attempt: Code = [
    run("turn", start, candidate, ...amounts),
    when(call("isLess", [candidate, record]), copied(normal, candidate, record)),
  ].flat();
  // What has not turned at all is there already.
  const innermost: Code = [when(either(constant(0), ...amounts), attempt)].flat();
  const loops = likeness.spaces.reduceRight<Code>((body, { modulus }, id): Code => {
    const last = select(isLoose(id), constant(modulus), constant(1));
    return [
      [set(amount(id), 0)].flat(),
      block(
        `tried${id}`,
        loop(
          `try${id}`,
          ...body,
          [set(amount(id), add(amount(id), 1))].flat(),
          when(not(less(amount(id), last)), leave(`tried${id}`)),
        ),
      ),
    ];
  }, innermost);
  return [...copied(normal, record, start), ...loops];
};
