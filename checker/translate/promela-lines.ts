// Lines as C statements inside a Promela text (program -> text).

import { type Dialect, integerText, truthText } from "./print-term.ts";
import type { Line, Place } from "./program.ts";
import { type NetworkWords, partText, wordTexts } from "./segment-words.ts";
import { cellIn, type Storage } from "./storage.ts";

export interface PromelaPlaces {
  readonly storage: Storage;
  readonly networks: readonly NetworkWords[];
  readonly parameters: readonly string[];
  /** Locals from the first to the last are the elements of the array `w`. */
  readonly localArray?: { readonly first: number; readonly last: number };
}

export const promelaLocal = ({ localArray }: PromelaPlaces, id: number): string =>
  localArray !== undefined && id >= localArray.first && id <= localArray.last
    ? `w[${id - localArray.first}]`
    : `x${id}`;

const scaled = (index: string, factor: number, offset: number): string => {
  const product = factor === 1 ? index : `${index} * ${factor}`;
  return offset === 0 ? product : `${product} + ${offset}`;
};

/** The component of a state that a place is, and what is taken off its value to store it there. */
const stored = (
  place: Exclude<Place, { readonly kind: "local" }>,
  { storage }: PromelaPlaces,
  dialect: Dialect,
): { readonly text: string; readonly low: number } | undefined => {
  if (place.kind === "cell") {
    const { array, offset, factor } = cellIn(storage, place);
    const index = scaled(integerText(place.index, dialect), factor, offset);
    return { text: `s->${array.name}[${index}]`, low: array.low };
  }
  const home = storage.homes[place.variable];
  if (home === undefined) throw new Error(`there is no variable ${place.variable}`);
  if (home.kind === "array") {
    return { text: `s->${home.array.name}[${home.index}]`, low: home.array.low };
  }
  return home.kind === "single" ? { text: `s->${home.name}`, low: home.low } : undefined;
};

/** An array of SPIN has signed elements, and what it stores is never negative. */
const loaded = (text: string, low: number): string => {
  const value = `(long)(unsigned)${text}`;
  return low === 0 ? `(${value})` : `(${value} + (${low}))`;
};

export const promelaDialect = (places: PromelaPlaces): Dialect => {
  const words = (network: number): NetworkWords => {
    const found = places.networks[network];
    if (found === undefined) throw new Error(`there is no network ${network}`);
    return found;
  };
  const first = (network: number): string => words(network).arrays[0] ?? "";
  const read = (place: Exclude<Place, { readonly kind: "local" }>, fixed: number): string => {
    const found = stored(place, places, dialect);
    return found === undefined ? `(${fixed})` : loaded(found.text, found.low);
  };
  const dialect: Dialect = {
    and: "&&",
    or: "||",
    not: "!",
    equal: "==",
    variable: (variable) => {
      const home = places.storage.homes[variable];
      // SPIN takes 64 KiB of C at most in one piece, so what is read often is short.
      if (home?.kind === "single") return `g${variable}(s)`;
      return read({ kind: "variable", variable }, home?.kind === "fixed" ? home.value : 0);
    },
    local: (id) => promelaLocal(places, id),
    parameter: (id) => places.parameters[id] ?? "",
    cell: (cell, index) =>
      cell.of === "local"
        ? `w[${scaled(index, cell.stride, cell.base - (places.localArray?.first ?? 0))}]`
        : read(cell, 0),
    full: (network) => `(s->${first(network)}[${words(network).network.capacity - 1}] != 0)`,
    occupied: (network, position) => `(s->${first(network)}[${position}] != 0)`,
    candidate: (network, of, position) => `${of}_${first(network)}(s, ${position})`,
    part: (network, part, position) => {
      const { parts, arrays } = words(network);
      const slot = parts[part];
      if (slot === undefined)
        throw new Error(`segments of network ${network} have no part ${part}`);
      return partText(slot, `(long)(unsigned)s->${arrays[slot.word] ?? ""}[${position}]`);
    },
    call: (name, of) => `${name}(${of.join(", ")})`,
  };
  return dialect;
};

/** A function for every variable that stands alone. */
export const variableReaders = ({ homes }: Storage): readonly string[] =>
  homes.flatMap((home, id) =>
    home.kind === "single"
      ? [`static long g${id}(State *s) { return ${loaded(`s->${home.name}`, home.low)}; }`]
      : [],
  );

export interface Endings {
  readonly fail: (site: number) => string;
  readonly disable: string;
  /** What stands for a branch of many statements: as it is, if absent. */
  readonly outline?: (statements: readonly string[]) => readonly string[];
}

export const promelaStatements = (
  lines: readonly Line[],
  places: PromelaPlaces,
  endings: Endings,
): readonly string[] => {
  const dialect = promelaDialect(places);
  const inner = (some: readonly Line[]): readonly string[] =>
    promelaStatements(some, places, endings).map((it) => ` ${it}`);
  const { outline = (statements) => statements } = endings;
  const name = (network: number): string => places.networks[network]?.arrays[0] ?? "";
  const set = (place: Place, value: string): readonly string[] => {
    if (place.kind === "local") return [`${promelaLocal(places, place.local)} = ${value};`];
    if (place.kind === "cell" && place.of === "local") {
      return [`${integerText(place, dialect)} = ${value};`];
    }
    const found = stored(place, places, dialect);
    if (found === undefined) return [];
    return [`${found.text} = ${found.low === 0 ? value : `${value} - (${found.low})`};`];
  };
  const one = (line: Line): readonly string[] => {
    switch (line.kind) {
      case "set":
        return set(line.place, integerText(line.value, dialect));
      case "if": {
        const otherwise = line.no.length === 0 ? [] : ["} else {", ...outline(inner(line.no))];
        const head = `if (${truthText(line.condition, dialect)}) {`;
        return [head, ...outline(inner(line.yes)), ...otherwise, "}"];
      }
      case "while":
        return [`while (${truthText(line.condition, dialect)}) {`, ...inner(line.body), "}"];
      case "insert": {
        const words = places.networks[line.network];
        if (words === undefined) throw new Error(`there is no network ${line.network}`);
        const values = line.values.map((it) => integerText(it, dialect));
        return [`insert_${name(line.network)}(s, ${wordTexts(words, values).join(", ")});`];
      }
      case "remove":
      case "double":
        return [`${line.kind}_${name(line.network)}(s, ${integerText(line.position, dialect)});`];
      case "age":
        return [`age_${name(line.network)}(s);`];
      case "fail":
        return [endings.fail(line.site)];
      case "disable":
        return [endings.disable];
      case "event":
        return [`e${line.event} = 1;`];
      case "answer":
        return [`return ${integerText(line.value, dialect)};`];
    }
  };
  return lines.flatMap(one);
};
