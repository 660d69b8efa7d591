// Reserved words where only a name can stand: reported once, then read as names. text -> syntax.

import type { IToken, TokenType } from "chevrotain";
import type { Diagnostic } from "../source/index.ts";
import { reservedName } from "./diagnostics.ts";
import type { Layout } from "./layout.ts";
import { retag, spanOf } from "./scanner.ts";
import * as tokens from "./tokens.ts";

/** Words that are always followed by a name. */
const introducers: ReadonlySet<TokenType> = new Set([
  tokens.Const,
  tokens.Enum,
  tokens.TypeWord,
  tokens.RecordWord,
  tokens.MessageWord,
  tokens.Network,
  tokens.EventWord,
  tokens.Fn,
  tokens.Proc,
  tokens.Var,
  tokens.Clock,
  tokens.Bound,
  tokens.Process,
  tokens.Rule,
  tokens.CaseWord,
  tokens.Invariant,
  tokens.Never,
  tokens.Reachable,
  tokens.Recoverable,
  tokens.Let,
  tokens.For,
  tokens.Choose,
  tokens.Forall,
  tokens.Exists,
  tokens.Count,
  tokens.Dot,
]);

/** What may follow a declared name. */
const followers: ReadonlySet<TokenType> = new Set([
  tokens.Colon,
  tokens.Assign,
  tokens.Comma,
  tokens.LeftParen,
  tokens.LeftBrace,
  tokens.LeftBracket,
  tokens.In,
  tokens.When,
  tokens.Carries,
]);

export interface Renamed {
  readonly tokens: IToken[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes names of reserved words that follow `var`, `const`, `.` and the like on the same line. */
export const retagReservedNames = (file: string, list: IToken[], layout: Layout): Renamed => {
  const diagnostics: Diagnostic[] = [];
  const renamed = list.map((token, index) => {
    const before = list[index - 1]?.tokenType;
    if (before === undefined || !introducers.has(before)) return token;
    if (!isReserved(token) || layout.startsLine[index] === 1) return token;
    const after = list[index + 1]?.tokenType;
    const isName = before === tokens.Dot || (after !== undefined && followers.has(after));
    if (!isName || isSysctlKey(list, index)) return token;
    // `case none when not s.ack`: the natural name of the branch where nothing is there.
    if (before === tokens.CaseWord && token.tokenType === tokens.None) {
      return retag(token, tokens.Identifier, token.image);
    }
    diagnostics.push(reservedName(spanOf(file, token), { word: token.image }));
    return retag(token, tokens.Identifier, token.image);
  });
  return { tokens: renamed, diagnostics };
};

const isReserved = (token: IToken): boolean =>
  token.tokenType.CATEGORIES?.includes(tokens.Reserved) === true;

/** In `sysctl net.core.timer = T` the words belong to the kernel. */
const isSysctlKey = (list: readonly IToken[], index: number): boolean => {
  let at = index;
  while (list[at - 1]?.tokenType === tokens.Dot) at -= 2;
  return list[at - 1]?.tokenType === tokens.Sysctl;
};
