// Conditional fields are used only where their flag is known to hold: flow through expressions.

import type * as ast from "../syntax/index.ts";
import { domainExpressions, subexpressions } from "../syntax/index.ts";
import { assume, pathOf, rebind, type Known } from "./known-flags.ts";
import type { Session } from "./session.ts";
import { fieldOf } from "./type-layout.ts";
import { fieldWithoutFlag, unguardedField } from "./types-diagnostics.ts";

/** Reports conditional fields that an expression uses without knowing their flags. */
export const checkUses = (session: Session, expression: ast.Expression, known: Known): void => {
  const check = (inner: ast.Expression, under: Known = known): void =>
    checkUses(session, inner, under);
  if (expression.kind === "binary") {
    check(expression.left);
    check(expression.right, afterLeft(expression, known));
    return;
  }
  if (expression.kind === "if") {
    check(expression.condition);
    check(expression.then, assume(known, expression.condition, true));
    check(expression.otherwise, assume(known, expression.condition, false));
    return;
  }
  if (expression.kind === "match") {
    check(expression.subject);
    for (const [position, { body }] of expression.arms.entries()) {
      check(body, underArm(known, expression, position));
    }
    return;
  }
  if (expression.kind === "quantifier" || expression.kind === "comprehension") {
    for (const it of domainExpressions(expression.domain)) check(it);
    check(expression.body, rebind(known, expression.binder.text));
    return;
  }
  if (expression.kind === "field") checkField(session, expression, known);
  if (expression.kind === "with") checkWith(session, expression, known);
  for (const inner of subexpressions(expression)) check(inner);
};

const afterLeft = (
  { operator, left }: Extract<ast.Expression, { kind: "binary" }>,
  known: Known,
): Known => {
  if (operator === "and" || operator === "implies") return assume(known, left, true);
  return operator === "or" ? assume(known, left, false) : known;
};

/** What an arm of a `match` over a bool knows; also of the statement. */
export const underArm = (
  known: Known,
  {
    subject,
    arms,
  }: Pick<Extract<ast.Expression, { kind: "match" }>, "subject"> & {
    readonly arms: readonly ast.MatchArm<unknown>[];
  },
  position: number,
): Known => {
  const valuesOf = ({ patterns }: ast.MatchArm<unknown>): readonly boolean[] =>
    patterns.flatMap((it) => (it.kind === "boolean" ? it.value : []));
  const arm = arms[position];
  if (arm === undefined) return known;
  const taken = arm.isElse ? arms.slice(0, position).flatMap(valuesOf) : valuesOf(arm);
  const [only] = taken;
  if (only === undefined || taken.length !== 1) return known;
  return assume(known, subject, arm.isElse ? !only : only);
};

const checkField = (
  session: Session,
  expression: Extract<ast.Expression, { kind: "field" }>,
  known: Known,
): void => {
  const use = session.facts.conditional.get(expression);
  if (use === undefined) return;
  const object = pathOf(expression.object);
  if (object !== undefined && known.has(`${object.key}.${use.flag}`)) return;
  const facts = { ...use, object: object?.key ?? "…" };
  session.report(unguardedField(expression.field.span, facts));
};

/** `r with { f: x }` gives a conditional field with its flag, or where the flag holds already. */
const checkWith = (
  session: Session,
  expression: Extract<ast.Expression, { kind: "with" }>,
  known: Known,
): void => {
  const type = session.facts.types.get(expression);
  if (type?.kind !== "record") return;
  const object = pathOf(expression.object);
  for (const { name } of expression.fields) {
    const flag = fieldOf(type, name.text)?.when;
    if (flag === undefined) continue;
    const given = expression.fields.find((it) => it.name.text === flag);
    const isSet = given !== undefined && given.value?.kind !== "none" && !isFalse(given.value);
    const holds = given === undefined && object !== undefined && known.has(`${object.key}.${flag}`);
    if (isSet || holds) continue;
    session.report(fieldWithoutFlag(name.span, { field: name.text, flag }));
  }
};

const isFalse = (value: ast.Expression | undefined): boolean =>
  value?.kind === "boolean" && !value.value;
