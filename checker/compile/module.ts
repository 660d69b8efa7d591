// The whole generated program: pieces become functions, functions become the source of one module.

import type { Core } from "../core/index.ts";
import type { Layout } from "../machine/index.ts";
import { pack } from "../machine/index.ts";
import type { Piece } from "./actions.ts";
import { actionPiece, initialPiece } from "./actions.ts";
import { grouped, headCode, sourceWords } from "./functions.ts";
import { judgingCode } from "./judging.ts";
import type { Lengths } from "./outline.ts";
import { linesOf, outline } from "./outline.ts";
import type { Code } from "./scope.ts";

/** The source text, and how long its arrays have to be. */
export interface Module {
  readonly source: string;
  readonly choices: number;
  readonly marks: number;
}

const expandFunction = (
  core: Core,
  layout: Layout,
  name: string,
  pieces: readonly Piece[],
  stepWords: number,
): Code => [
  `function ${name}(S, at, out, o) {`,
  `const last = out.length - ${stepWords};`,
  ...sourceWords(layout),
  ...headCode(core, layout, pieces),
  ...pieces.map((it) => it.code),
  "return o;",
  "}",
];

/** Its source state, of the initial values, is known now. */
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
    ...headCode(core, layout, [piece]),
    piece.code,
    "return o;",
    "}",
  ];
};

/**
 * Calls each function with the place where the one before ended; when `out` is full, counters go
 * back.
 */
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
  const groups = grouped(pieces, lengths.function, () => true);
  const judging = judgingCode(core, layout, lengths.function);
  const code: Code = [
    '"use strict";',
    "const { taken, dropped, cut, failure, pick, top, marks } = environment;",
    "function bits(x) { let n = 0; for (; x !== 0; x = x & x - 1) n = n + 1; return n; }",
    `const F = new Int32Array(${returned});`,
    ...[...shared].map((it) => `let F${it} = 0;`),
    ...outlined.map((it) => it.functions),
    initialFunction(core, layout, first, stepWords),
    ...groups.map((it, id) => expandFunction(core, layout, `expand${id}`, it, stepWords)),
    judging.functions,
    "return {",
    ...entryPoints(
      core,
      groups.map((_, id) => `expand${id}`),
      stepWords,
    ),
    judging.entry,
    "};",
  ];
  const all = [first, ...pieces];
  return {
    source: linesOf(code).join("\n"),
    choices: Math.max(...all.map((it) => it.choices)),
    marks: Math.max(...all.map((it) => it.marks)),
  };
};
