// The patterns of a `match`: constants of the subject's type, each once, all of them or `else`.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { isEnumerable, scalarText, typeName, valuesOf, countOf } from "./type-layout.ts";
import { deadScope } from "./scope.ts";
import type { Scope, Session } from "./session.ts";
import type { Type } from "./types.ts";
import {
  matchNotCovering,
  needsConstant,
  notEnumerable,
  patternTwice,
} from "./types-diagnostics.ts";

interface Matching<Body> {
  readonly span: Span;
  readonly subject: ast.Expression;
  readonly arms: readonly ast.MatchArm<Body>[];
}

/** An arm with the scope of its body: dead where a constant subject takes another arm. */
export interface ScopedArm<Body> {
  readonly arm: ast.MatchArm<Body>;
  readonly inner: Scope;
}

/** Most values that are counted through to see whether a match of integers covers them. */
const countable = 64;

/** Checks subject and patterns; the bodies are the caller's. */
export const checkPatterns = <Body>(
  session: Session,
  matching: Matching<Body>,
  scope: Scope,
): readonly ScopedArm<Body>[] => {
  const type = session.infer(matching.subject, scope);
  const seen = new Map<number, Span>();
  let isSound = type.kind !== "error";
  if (isSound && !isEnumerable(type)) {
    const facts = { role: "the subject of `match`", found: typeName(type) };
    session.report(notEnumerable(matching.subject.span, facts));
    isSound = false;
  }
  for (const { patterns } of matching.arms) {
    for (const pattern of patterns) {
      const value = patternValue(session, pattern, isSound ? type : { kind: "error" }, scope);
      if (value === undefined) isSound = false;
      else addPattern(session, seen, value, type, pattern.span);
    }
  }
  if (isSound && !matching.arms.some(({ isElse }) => isElse)) {
    requireCover(session, matching, type, seen);
  }
  const taken = isSound ? takenArm(session, matching) : undefined;
  return matching.arms.map((arm) => ({
    arm,
    inner: taken === undefined || taken === arm ? scope : deadScope(scope),
  }));
};

const takenArm = <Body>(
  session: Session,
  { subject, arms }: Matching<Body>,
): ast.MatchArm<Body> | undefined => {
  const value = session.evaluate(subject)?.scalars[0];
  if (value === undefined) return undefined;
  return arms.find(
    ({ isElse, patterns }) =>
      isElse || patterns.some((it) => session.evaluate(it)?.scalars[0] === value),
  );
};

const patternValue = (
  session: Session,
  pattern: ast.Expression,
  type: Type,
  scope: Scope,
): number | undefined => {
  const constant: Scope = { ...scope, place: "constant" };
  if (session.check(pattern, type, constant).kind === "error") return undefined;
  if (type.kind === "error") return undefined;
  const value = session.evaluate(pattern)?.scalars[0];
  if (value === undefined) session.report(needsConstant(pattern.span, { what: "a pattern" }));
  return value;
};

const addPattern = (
  session: Session,
  seen: Map<number, Span>,
  value: number,
  type: Type,
  span: Span,
): void => {
  const first = seen.get(value);
  if (first === undefined) seen.set(value, span);
  else session.report(patternTwice(span, { pattern: scalarText(type, value), first }));
};

const requireCover = (
  session: Session,
  matching: Matching<unknown>,
  type: Type,
  seen: ReadonlyMap<number, Span>,
): void => {
  if (countOf(type) === seen.size) return;
  const missing =
    countOf(type) > countable
      ? []
      : valuesOf(type)
          .filter((value) => !seen.has(value))
          .map((value) => scalarText(type, value));
  const { start } = matching.span;
  const span = { ...matching.span, start, end: matching.subject.span.end };
  session.report(matchNotCovering(span, { missing: missing.slice(0, 8) }));
};
