// What networks do, as C functions inside a Promela text (core -> text).

import { type NetworkWords, partText } from "./segment-words.ts";

/** The functions of one network, by the name that calls them. */
export const promelaNetwork = (words: NetworkWords): readonly (readonly [string, string])[] => {
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

const word = (name: string, index: string): string => `(long)(unsigned)s->${name}[${index}]`;

/** From place `i` on every segment moves on by one, behind what is carried in `c0`, `c1`, … */
const moveOn = ({ arrays, network }: NetworkWords): readonly string[] => [
  `  for (; i < ${network.capacity}; i++) {`,
  ...arrays.map((name, w) => `    t = ${word(name, "i")}; s->${name}[i] = c${w}; c${w} = t;`),
  "  }",
];

/** Whether the segment carried stays behind the one at `i`. */
const staysBehind = ({ network, arrays, receiver }: NetworkWords): string => {
  const first = arrays[0] ?? "";
  if (network.kind === "bag") {
    const notLess = arrays.map((name, w) => {
      const sign = w === arrays.length - 1 ? ">=" : ">";
      const equal = arrays.slice(0, w).map((it, k) => `${word(it, "i")} == c${k} && `);
      return `(${equal.join("")}${word(name, "i")} ${sign} c${w})`;
    });
    return `(${notLess.join(" || ")})`;
  }
  if (receiver === undefined) return `s->${first}[i] != 0`;
  const there = partText(receiver, word(arrays[receiver.word] ?? "", "i"));
  return `(s->${first}[i] != 0 && ${there} <= ${partText(receiver, `c${receiver.word}`)})`;
};

const insert = (words: NetworkWords): string =>
  [
    `static void insert_${words.arrays[0] ?? ""}(State *s, ${words.arrays.map((_, w) => `long c${w}`).join(", ")})`,
    "{ int i = 0; long t;",
    `  while (i < ${words.network.capacity} && ${staysBehind(words)}) i++;`,
    ...moveOn(words),
    "}",
  ].join("\n");

const remove = ({ arrays, network }: NetworkWords): string => {
  const last = network.capacity - 1;
  return [
    `static void remove_${arrays[0] ?? ""}(State *s, int i)`,
    "{",
    `  for (; i < ${last}; i++) { ${arrays.map((it) => `s->${it}[i] = s->${it}[i + 1];`).join(" ")} }`,
    `  ${arrays.map((it) => `s->${it}[${last}] = 0;`).join(" ")}`,
    "}",
  ].join("\n");
};

const double = (words: NetworkWords): string =>
  [
    `static void double_${words.arrays[0] ?? ""}(State *s, int i)`,
    `{ long t; ${words.arrays.map((name, w) => `long c${w} = ${word(name, "i")};`).join(" ")}`,
    "  i++;",
    ...moveOn(words),
    "}",
  ].join("\n");

const age = ({ arrays, parts, network }: NetworkWords): string => {
  const { word: place = 0, shift = 0 } = parts[0] ?? {};
  return [
    `static void age_${arrays[0] ?? ""}(State *s)`,
    "{ int i;",
    `  for (i = 0; i < ${network.capacity} && s->${arrays[0] ?? ""}[i] != 0; i++) s->${arrays[place] ?? ""}[i] += ${2 ** shift};`,
    "}",
  ].join("\n");
};

/** In a bag the first of equal segments stands for all; in a FIFO the head is delivered. */
const candidate = (words: NetworkWords, of: "delivery" | "fault"): string => {
  const { network, arrays, receiver } = words;
  const first = arrays[0] ?? "";
  const differs = ((): string => {
    if (network.kind === "bag") {
      return arrays.map((name) => `s->${name}[i] != s->${name}[i - 1]`).join(" || ");
    }
    if (of === "fault") return "1";
    if (receiver === undefined) return "0";
    const at = (index: string): string =>
      partText(receiver, word(arrays[receiver.word] ?? "", index));
    return `${at("i")} != ${at("i - 1")}`;
  })();
  return [
    `static int ${of}_${first}(State *s, int i)`,
    `{ return s->${first}[i] != 0 && (i == 0 || (${differs})); }`,
  ].join("\n");
};
