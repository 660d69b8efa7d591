// Which values stem from the configuration: what does not fit there may be meant not to run there.

import type * as ast from "../syntax/index.ts";
import type { Scope, Session } from "./session.ts";
import type { Type } from "./types.ts";
import { visitExpressions } from "./walk-code.ts";

/** Whether an expression mentions a constant, or a function that may. */
export const mentionsConstant = (session: Session, expression: ast.Expression): boolean => {
  let isFound = false;
  visitExpressions(expression, (it) => {
    const name = it.kind === "name" ? it.name : it.kind === "call" ? it.callee.text : "";
    const kind = session.globals.get(name)?.kind;
    if (kind === "const" || kind === "fn") isFound = true;
  });
  return isFound;
};

/**
 * Whether a value that never fits is no mistake here: in code that cannot run, and, under overridden
 * constants, where a constant is what makes it not fit. One point of a sweep may leave no room for
 * what its rules would do, and never do it; if they do, it is a model error with a trace.
 */
export const isExcused = (
  session: Session,
  scope: Scope,
  expression: ast.Expression,
  expected?: Type,
): boolean => {
  if (scope.isDead) return true;
  const { overrides, commandLine } = session.configuration;
  if (overrides.length === 0 && commandLine.length === 0) return false;
  const isConfigured = expected !== undefined && session.facts.configured.has(expected);
  return isConfigured || mentionsConstant(session, expression);
};
