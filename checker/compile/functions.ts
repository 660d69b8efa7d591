// Heads of generated functions, and how much code goes into one function.

import type { Core } from "../core/index.ts";
import type { Layout } from "../machine/index.ts";
import { unpackCode } from "./networks.ts";
import { lengthOf } from "./outline.ts";
import type { Code, Frame } from "./scope.ts";

/** Code, and the frame whose names it needs declared. */
export interface Framed {
  readonly frame: Frame;
  readonly code: Code;
}

/** Neighbours, joined as long as they stay short and belong together. */
export const grouped = <A extends Framed>(
  pieces: readonly A[],
  longest: number,
  belong: (left: A, right: A) => boolean,
): readonly (readonly [A, ...A[]])[] => {
  const groups: [A, ...A[]][] = [];
  let length = 0;
  for (const piece of pieces) {
    const own = lengthOf(piece.code);
    const last = groups.at(-1);
    if (last === undefined || length + own > longest || !belong(last[0], piece)) {
      groups.push([piece]);
      length = own;
    } else {
      last.push(piece);
      length += own;
    }
  }
  return groups;
};

/** The words of the source state, out of which the head unpacks networks. */
export const sourceWords = ({ words }: Layout): Code =>
  Array.from({ length: words }, (_, word) => `const w${word} = S[at + ${word}];`);

/** What stands in a function before the code of the pieces: after the words of the source state. */
export const headCode = (core: Core, layout: Layout, pieces: readonly Framed[]): Code => {
  const names = new Set(pieces.flatMap(({ frame }) => [...frame.names]));
  const networks = new Set(pieces.flatMap(({ frame }) => [...frame.networks]));
  return [
    ...[...networks].flatMap((network) => unpackCode({ core, layout }, network)),
    ...(names.size === 0 ? [] : [`let ${[...names].map((it) => `${it} = 0`).join(", ")};`]),
  ];
};
