// The whole generated program: pieces become functions, functions become the source of one module.

import type { Core } from "../core/index.ts";
import type { Layout } from "../machine/index.ts";
import { conditionOf, formulasOf, pack } from "../machine/index.ts";
import type { Piece } from "./actions.ts";
import { actionPiece, initialPiece } from "./actions.ts";
import { truthOf } from "./loops.ts";
import { unpackCode } from "./networks.ts";
import type { Lengths } from "./outline.ts";
import { lengthOf, linesOf, outline } from "./outline.ts";
import type { Code, Frame } from "./scope.ts";
import { declared, newFrame, newScope, sourceContent } from "./scope.ts";

/** The source text, and how long its arrays have to be. */
export interface Module {
  readonly source: string;
  readonly choices: number;
  readonly marks: number;
}

const declarations = ({ names }: Frame): Code =>
  names.size === 0 ? [] : [`let ${[...names].map((it) => `${it} = 0`).join(", ")};`];

const sourceWords = ({ words }: Layout): Code =>
  Array.from({ length: words }, (_, word) => `const w${word} = S[at + ${word}];`);

const networksOf = (core: Core, layout: Layout, frame: Frame): Code =>
  [...frame.networks].flatMap((network) => unpackCode({ core, layout }, network));

/** Neighbouring pieces, joined as long as they stay short. */
const grouped = (pieces: readonly Piece[], longest: number): readonly (readonly Piece[])[] => {
  const groups: Piece[][] = [];
  let length = Infinity;
  for (const piece of pieces) {
    const own = lengthOf(piece.code);
    const last = groups.at(-1);
    if (last === undefined || length + own > longest) {
      groups.push([piece]);
      length = own;
    } else {
      last.push(piece);
      length += own;
    }
  }
  return groups;
};

const joinFrames = (frames: readonly Frame[]): Frame => ({
  names: new Set(frames.flatMap(({ names }) => [...names])),
  networks: new Set(frames.flatMap(({ networks }) => [...networks])),
});

const expandFunction = (
  core: Core,
  layout: Layout,
  name: string,
  pieces: readonly Piece[],
  stepWords: number,
): Code => {
  const frame = joinFrames(pieces.map((it) => it.frame));
  return [
    `function ${name}(S, at, out, o) {`,
    `const last = out.length - ${stepWords};`,
    ...sourceWords(layout),
    ...networksOf(core, layout, frame),
    ...declarations(frame),
    ...pieces.map((it) => it.code),
    "return o;",
    "}",
  ];
};

const initialFunction = (core: Core, layout: Layout, piece: Piece, stepWords: number): Code => {
  const start = pack(layout, {
    variables: core.variables.map(({ initial }) => initial),
    networks: core.networks.map(() => []),
  });
  return [
    "function initial(out) {",
    "let o = 0;",
    `const last = out.length - ${stepWords};`,
    ...[...start].map((value, word) => `const w${word} = ${value};`),
    ...networksOf(core, layout, piece.frame),
    ...declarations(piece.frame),
    piece.code,
    "return o;",
    "}",
  ];
};

/** One function per word of judgement: it evaluates up to 32 formulas. */
const judgeFunction = (core: Core, layout: Layout, word: number): Code => {
  const frame = newFrame();
  const formulas = formulasOf(core).slice(word * 32, word * 32 + 32);
  const code = formulas.map((formula, bit): Code => {
    const { condition, localCount } = conditionOf(core, formula);
    const content = sourceContent(frame);
    const parts = { core, layout, frame, content, changedWords: new Set<number>() };
    const scope = newScope(parts, localCount);
    const held = truthOf(condition, scope);
    const set = `result = result | ${1 << bit};`;
    if (!scope.notes.canFail) return [...held.code, `if (${held.text}) ${set}`];
    const k = word * 32 + bit + 1;
    const value = declared(frame, "q");
    return [
      "err = 0;",
      ...held.code,
      `${value} = ${held.text} ? 1 : 0;`,
      `if (err !== 0) { if (failed === 0 && from < ${k}) { failed = ${k}; failure.site = err - 1; } }`,
      `else if (${value} !== 0) ${set}`,
    ];
  });
  return [
    `function judge${word}(S, at, out, from, failed) {`,
    "let result = 0;",
    ...sourceWords(layout),
    ...networksOf(core, layout, frame),
    ...declarations(frame),
    ...code,
    `out[${word}] = result;`,
    "return failed;",
    "}",
  ];
};

/** Calls each function with the place where the one before ended; when `out` is full, counters go back. */
const entryPoints = (core: Core, calls: readonly string[], stepWords: number): Code => {
  const drops = core.networks.flatMap(({ full }, id) =>
    full === "drop" ? [`dropped[${id}]`] : [],
  );
  const counters = [...drops, ...core.bounds.map((_, id) => `cut[${id}]`)];
  const save = counters.map((it, id) => `const save${id} = ${it};`);
  const restore = counters.map((it, id) => `${it} = save${id};`);
  const entry = (head: string, steps: readonly string[]): Code => [
    `${head} {`,
    ...save,
    "let o = 0;",
    ...steps,
    `if (o < 0) { ${restore.join(" ")} return -1; }`,
    `return o / ${stepWords};`,
    "},",
  ];
  return [
    ...entry(
      "expand(S, at, out)",
      calls.map((name) => `if (o >= 0) o = ${name}(S, at, out, o);`),
    ),
    ...entry("initial(out)", ["o = initial(out);"]),
  ];
};

/** Writes the program of a core. */
export const moduleOf = (core: Core, layout: Layout, lengths: Lengths): Module => {
  const stepWords = layout.words + 1 + Math.ceil(core.events.length / 32);
  const written = core.actions.map((it) => actionPiece(core, layout, it));
  const first = initialPiece(core, layout);
  const outlined = written.map((it, id) => outline(it, `part${id}`, lengths));
  const pieces = written.map((it, id) => ({ ...it, code: outlined[id]?.code ?? it.code }));
  const shared = new Set(outlined.flatMap((it) => [...it.shared]));
  const returned = Math.max(0, ...outlined.map((it) => it.returned));
  const groups = grouped(pieces, lengths.function);
  const judgeWords = Array.from(
    { length: Math.ceil(formulasOf(core).length / 32) },
    (_, word) => word,
  );
  const code: Code = [
    '"use strict";',
    "const { taken, dropped, cut, failure, pick, top, marks } = environment;",
    "function bits(x) { let n = 0; for (; x !== 0; x = x & x - 1) n = n + 1; return n; }",
    `const F = new Int32Array(${returned});`,
    ...[...shared].map((it) => `let F${it} = 0;`),
    ...outlined.map((it) => it.functions),
    initialFunction(core, layout, first, stepWords),
    ...groups.map((it, id) => expandFunction(core, layout, `expand${id}`, it, stepWords)),
    ...judgeWords.map((word) => judgeFunction(core, layout, word)),
    "return {",
    ...entryPoints(
      core,
      groups.map((_, id) => `expand${id}`),
      stepWords,
    ),
    "judge(S, at, out, from = 0) {",
    "let failed = 0;",
    ...judgeWords.map((word) => `failed = judge${word}(S, at, out, from, failed);`),
    "return failed;",
    "},",
    "};",
  ];
  const all = [first, ...pieces];
  return {
    source: linesOf(code).join("\n"),
    choices: Math.max(...all.map((it) => it.choices)),
    marks: Math.max(...all.map((it) => it.marks)),
  };
};
