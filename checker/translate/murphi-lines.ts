// Lines as statements of Murphi (program -> text).

import type { Line, Place } from "./program.ts";
import { type Dialect, integerText, truthText } from "./print-term.ts";
import { cellIn, type Storage } from "./storage.ts";
import { type NetworkWords, partText, wordTexts } from "./segment-words.ts";

export interface MurphiPlaces {
  readonly storage: Storage;
  readonly networks: readonly NetworkWords[];
  readonly parameters: readonly string[];
  /** Locals from this one on are the elements of the array `w`, up to and with the last. */
  readonly localArray?: { readonly first: number; readonly last: number };
}

const shifted = (index: string, factor: number, offset: number): string => {
  const scaled = factor === 1 ? index : `${index} * ${factor}`;
  return offset === 0 ? scaled : `${scaled} + ${offset}`;
};

export const murphiLocal = ({ localArray }: MurphiPlaces, id: number): string =>
  localArray !== undefined && id >= localArray.first && id <= localArray.last
    ? `w[${id - localArray.first}]`
    : `x${id}`;

const variableText = ({ storage }: MurphiPlaces, id: number): string => {
  const home = storage.homes[id];
  if (home === undefined) throw new Error(`there is no variable ${id}`);
  if (home.kind === "array") return `${home.array.name}[${home.index}]`;
  if (home.kind === "single") return home.name;
  return home.value < 0 ? `(${home.value})` : String(home.value);
};

const cellText = (
  places: MurphiPlaces,
  cell: Extract<Place, { readonly kind: "cell" }>,
  index: string,
): string => {
  if (cell.of === "local") {
    const first = places.localArray?.first ?? 0;
    return `w[${shifted(index, cell.stride, cell.base - first)}]`;
  }
  const { array, offset, factor } = cellIn(places.storage, cell);
  return `${array.name}[${shifted(index, factor, offset)}]`;
};

export const murphiDialect = (places: MurphiPlaces): Dialect => {
  const words = (network: number): NetworkWords => {
    const found = places.networks[network];
    if (found === undefined) throw new Error(`there is no network ${network}`);
    return found;
  };
  const first = (network: number): string => words(network).arrays[0] ?? "";
  return {
    and: "&",
    or: "|",
    not: "!",
    equal: "=",
    variable: (id) => variableText(places, id),
    local: (id) => murphiLocal(places, id),
    parameter: (id) => places.parameters[id] ?? "",
    cell: (cell, index) => cellText(places, cell, index),
    full: (network) => `(${first(network)}[${words(network).network.capacity - 1}] != 0)`,
    occupied: (network, position) => `(${first(network)}[${position}] != 0)`,
    candidate: (network, of, position) => `${of}_${first(network)}(${position})`,
    part: (network, part, position) => {
      const { parts, arrays } = words(network);
      const slot = parts[part];
      if (slot === undefined)
        throw new Error(`segments of network ${network} have no part ${part}`);
      return partText(slot, `${arrays[slot.word] ?? ""}[${position}]`);
    },
    call: (name, of) => `${name}(${of.join(", ")})`,
  };
};

/** What a line that ends a path says. */
export interface Endings {
  readonly fail: (site: number) => string;
}

export const murphiStatements = (
  lines: readonly Line[],
  places: MurphiPlaces,
  endings: Endings,
): readonly string[] => {
  const dialect = murphiDialect(places);
  const inner = (some: readonly Line[]): readonly string[] =>
    murphiStatements(some, places, endings).map((it) => `  ${it}`);
  const name = (network: number): string => places.networks[network]?.arrays[0] ?? "";
  const one = (line: Line): readonly string[] => {
    switch (line.kind) {
      case "set": {
        const { place } = line;
        if (place.kind === "variable" && places.storage.homes[place.variable]?.kind === "fixed") {
          return [];
        }
        return [`${integerText(place, dialect)} := ${integerText(line.value, dialect)};`];
      }
      case "if": {
        const otherwise = line.no.length === 0 ? [] : ["else", ...inner(line.no)];
        return [
          `if ${truthText(line.condition, dialect)} then`,
          ...inner(line.yes),
          ...otherwise,
          "end;",
        ];
      }
      case "while":
        return [`while ${truthText(line.condition, dialect)} do`, ...inner(line.body), "end;"];
      case "insert": {
        const words = places.networks[line.network];
        if (words === undefined) throw new Error(`there is no network ${line.network}`);
        const values = line.values.map((it) => integerText(it, dialect));
        return [`insert_${name(line.network)}(${wordTexts(words, values).join(", ")});`];
      }
      case "remove":
      case "double":
        return [`${line.kind}_${name(line.network)}(${integerText(line.position, dialect)});`];
      case "age":
        return [`age_${name(line.network)}();`];
      case "fail":
        return [endings.fail(line.site)];
      case "disable":
        return ["assume false;"];
      case "event":
        return [`e${line.event} := true;`];
      case "answer":
        return [`return ${integerText(line.value, dialect)};`];
    }
  };
  return lines.flatMap(one);
};
