// Which `///` comments document which declaration: text -> syntax.

import type { IToken } from "chevrotain";
import { endOf } from "./scanner.ts";
import * as tokens from "./tokens.ts";

export interface Documentation {
  /** Texts by the offset of the token they stand before. */
  readonly texts: ReadonlyMap<number, string>;
  /** The comments of each text. */
  readonly comments: ReadonlyMap<number, readonly IToken[]>;
}

/**
 * Finds the runs of `///` lines that stand directly before a token: each on its own line, with no
 * other comment between them and the token.
 */
export const findDocumentation = (
  list: readonly IToken[],
  comments: readonly IToken[],
  text: string,
): Documentation => {
  const texts = new Map<number, string>();
  const runs = new Map<number, readonly IToken[]>();
  let at = 0;
  let previousEnd = 0;
  for (const token of list) {
    let run: IToken[] = [];
    let comment = comments[at];
    while (comment !== undefined && comment.startOffset < token.startOffset) {
      const isFirst = previousEnd === 0;
      const ownLine = isFirst || /[\n\r]/.test(text.slice(previousEnd, comment.startOffset));
      if (comment.tokenType === tokens.DocComment && ownLine) run.push(comment);
      else run = [];
      previousEnd = endOf(comment);
      at += 1;
      comment = comments[at];
    }
    if (run.length > 0) {
      texts.set(token.startOffset, run.map(docText).join("\n"));
      runs.set(token.startOffset, run);
    }
    previousEnd = endOf(token);
  }
  return { texts, comments: runs };
};

const docText = (comment: IToken): string => comment.image.replace(/^\/\/\/ ?/, "").trimEnd();
