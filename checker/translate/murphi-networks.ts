// What networks do, as procedures of Murphi (core -> text).

import { type NetworkWords, partText } from "./segment-words.ts";

/** The procedures of one network, by the name that calls them. */
export const murphiNetwork = (words: NetworkWords): readonly (readonly [string, string])[] => {
  const { network, arrays } = words;
  if (network.capacity === 0) return [];
  const first = arrays[0] ?? "";
  return [
    [`insert_${first}`, insert(words)],
    [`remove_${first}`, remove(words)],
    [`double_${first}`, double(words)],
    [`age_${first}`, age(words)],
    [`delivery_${first}`, candidate(words, "delivery")],
    [`fault_${first}`, candidate(words, "fault")],
  ];
};

const last = ({ network }: NetworkWords): number => network.capacity - 1;

/** Exchanges the place `i` with what is carried: the segment there moves on to the next place. */
const exchange = (arrays: readonly string[], indent: string): readonly string[] =>
  arrays.map((name, w) => `${indent}t := ${name}[i]; ${name}[i] := c${w}; c${w} := t;`);

/** Whether the segment carried belongs before the one at `i`. */
const goesBefore = ({ network, arrays, receiver }: NetworkWords): string => {
  if (network.kind === "bag") {
    const less = arrays.map((name, word) => {
      const equal = arrays.slice(0, word).map((it, w) => `${it}[i] = c${w} & `);
      return `(${equal.join("")}${name}[i] < c${word})`;
    });
    return less.join(" | ");
  }
  const first = arrays[0] ?? "";
  if (receiver === undefined) return `${first}[i] = 0`;
  const there = partText(receiver, `${arrays[receiver.word] ?? ""}[i]`);
  const own = partText(receiver, `c${receiver.word}`);
  return `(${first}[i] = 0 ? true : ${there} > ${own})`;
};

const insert = (words: NetworkWords): string =>
  [
    `procedure insert_${words.arrays[0] ?? ""}(${words.arrays.map((_, w) => `s${w}: wide`).join("; ")});`,
    `var t: wide; ${words.arrays.map((_, w) => `c${w}: wide;`).join(" ")} moves: boolean;`,
    "begin",
    `  ${words.arrays.map((_, w) => `c${w} := s${w};`).join(" ")} moves := false;`,
    `  for i: 0..${last(words)} do`,
    `    if !moves then moves := ${goesBefore(words)}; end;`,
    "    if moves then",
    ...exchange(words.arrays, "      "),
    "    end;",
    "  end;",
    "end;",
  ].join("\n");

const remove = (words: NetworkWords): string =>
  [
    `procedure remove_${words.arrays[0] ?? ""}(place: 0..${last(words)});`,
    "begin",
    ...(last(words) === 0
      ? []
      : [
          `  for i: 0..${last(words) - 1} do`,
          "    if i >= place then",
          ...words.arrays.map((name) => `      ${name}[i] := ${name}[i + 1];`),
          "    end;",
          "  end;",
        ]),
    ...words.arrays.map((name) => `  ${name}[${last(words)}] := 0;`),
    "end;",
  ].join("\n");

const double = (words: NetworkWords): string =>
  [
    `procedure double_${words.arrays[0] ?? ""}(place: 0..${last(words)});`,
    `var t: wide; ${words.arrays.map((_, w) => `c${w}: wide;`).join(" ")}`,
    "begin",
    `  ${words.arrays.map((name, w) => `c${w} := ${name}[place];`).join(" ")}`,
    `  for i: 0..${last(words)} do`,
    "    if i > place then",
    ...exchange(words.arrays, "      "),
    "    end;",
    "  end;",
    "end;",
  ].join("\n");

const age = ({ arrays, parts, network }: NetworkWords): string => {
  const { word = 0, shift = 0 } = parts[0] ?? {};
  return [
    `procedure age_${arrays[0] ?? ""}();`,
    "begin",
    `  for i: 0..${network.capacity - 1} do`,
    `    if ${arrays[0] ?? ""}[i] != 0 then`,
    `      ${arrays[word] ?? ""}[i] := ${arrays[word] ?? ""}[i] + ${2 ** shift};`,
    "    end;",
    "  end;",
    "end;",
  ].join("\n");
};

/** In a bag the first of equal segments stands for all; in a FIFO the head is delivered. */
const candidate = (words: NetworkWords, of: "delivery" | "fault"): string => {
  const { network, arrays, receiver } = words;
  const first = arrays[0] ?? "";
  const differs = ((): string => {
    if (network.kind === "bag") {
      return arrays.map((name) => `${name}[place] != ${name}[place - 1]`).join(" | ");
    }
    if (of === "fault") return "true";
    if (receiver === undefined) return "false";
    const at = (index: string): string =>
      partText(receiver, `${arrays[receiver.word] ?? ""}[${index}]`);
    return `${at("place")} != ${at("place - 1")}`;
  })();
  return [
    `function ${of}_${first}(place: 0..${last(words)}): boolean;`,
    "begin",
    `  if ${first}[place] = 0 then return false; end;`,
    "  if place = 0 then return true; end;",
    `  return ${differs};`,
    "end;",
  ].join("\n");
};
