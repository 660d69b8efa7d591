// What may stand to the left of `=`: variables, their fields and their elements.

import type * as ast from "../syntax/index.ts";
import { findProcess } from "./process-members.ts";
import { foreignWrite, notAssignable } from "./rules-diagnostics.ts";
import { findMeaning } from "./scope.ts";
import { errorType, type Scope, type Session } from "./session.ts";
import { fieldOf } from "./type-layout.ts";
import type { Type } from "./types.ts";

type Assign = Extract<ast.Statement, { kind: "assign" }>;

/** The type of an assignment's target; what cannot be assigned is reported. */
export const checkTarget = (session: Session, statement: Assign, scope: Scope): Type => {
  const { target } = statement;
  const type = session.infer(target, scope);
  const verdict = judge(session, target, scope);
  if (verdict.kind === "refused") {
    if (type.kind !== "error") session.report(verdict.report());
    return errorType;
  }
  if (verdict.isGhost) session.facts.ghostTargets.add(statement);
  return type;
};

type Verdict =
  | { readonly kind: "variable"; readonly isGhost: boolean }
  | { readonly kind: "refused"; readonly report: () => ReturnType<typeof notAssignable> };

const judge = (session: Session, target: ast.Expression, scope: Scope): Verdict => {
  const refuse = (reason: string, help?: string): Verdict => ({
    kind: "refused",
    report: () => notAssignable(target.span, help === undefined ? { reason } : { reason, help }),
  });
  if (target.kind === "name") return judgeName(session, target, scope, refuse);
  if (target.kind === "field") {
    const foreign = findProcess(session, target.object, scope);
    if (foreign !== undefined) {
      const process = foreign.entry.declared.text;
      if (scope.process !== undefined) {
        return { kind: "refused", report: () => foreignWrite(target.span, { process }) };
      }
      return { kind: "variable", isGhost: session.facts.ghostReads.has(target) };
    }
    const object = judge(session, target.object, scope);
    if (object.kind === "refused") return object;
    const type = session.facts.types.get(target.object);
    const field = type?.kind === "record" ? fieldOf(type, target.field.text) : undefined;
    return { kind: "variable", isGhost: object.isGhost || field?.ghost === true };
  }
  if (target.kind === "index") return judge(session, target.object, scope);
  return refuse("this is no variable");
};

const judgeName = (
  session: Session,
  { name }: Extract<ast.Expression, { kind: "name" }>,
  scope: Scope,
  refuse: (reason: string, help?: string) => Verdict,
): Verdict => {
  const meaning = findMeaning(session, name, scope);
  if (meaning?.kind === "local") {
    const { role } = meaning.local;
    const what = role === "let" ? "a `let` keeps its value" : `it is ${roles[role]}`;
    return refuse(`\`${name}\` is no variable: ${what}`);
  }
  if (meaning?.kind === "member" && meaning.member.kind === "var") {
    return { kind: "variable", isGhost: meaning.member.symbol.ghost };
  }
  if (meaning?.kind === "global") {
    const { global } = meaning;
    if (global.kind === "var") return { kind: "variable", isGhost: global.declaration.ghost };
    if (global.kind === "clock") return refuse(`\`${name}\` is a clock, which ticks set`);
    return refuse(`\`${name}\` is a constant`);
  }
  if (name === "state") return refuse("the control state is set by `->`", "write `-> STATE`");
  return refuse(`\`${name}\` is no variable`);
};

const roles = {
  parameter: "a parameter",
  binder: "bound by `for`, `choose` or a quantifier",
  index: "the index of the process",
  segment: "the received segment",
} as const;
