// The rules of checks and sweeps: overrides, selected properties, expectations, axes.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import {
  expectationFollows,
  overrideTwice,
  titleTwice,
  wrongExpectation,
  wrongOverrideIndex,
  wrongSweep,
} from "./configuration-diagnostics.ts";
import { isOverrideTyped } from "./constants.ts";
import { unbounded } from "./infer-operators.ts";
import { nearestName } from "./nearest-name.ts";
import { unknownProperty } from "./names-diagnostics.ts";
import { isConstant, targetKey } from "./overrides.ts";
import { constantScope, deadScope } from "./scope.ts";
import { errorType, type Session } from "./session.ts";
import { typeName } from "./type-layout.ts";
import type { Type } from "./types.ts";
import { needsConstant } from "./types-diagnostics.ts";
import { visitExpressions } from "./walk-code.ts";

/** Values of one check say nothing of another, so ranges are judged when a check is run. */
const scope = deadScope(constantScope);

/** All files, because an imported file with mistakes in its checks is a mistake as well. */
export const checkChecks = (session: Session): void => {
  for (const { tree } of session.modules.list) {
    const titles = new Map<string, Span>();
    for (const declaration of tree.declarations) {
      if (declaration.kind !== "check" && declaration.kind !== "sweep") continue;
      const { title, titleSpan } = declaration;
      const first = titles.get(title);
      if (first === undefined) titles.set(title, titleSpan);
      else session.report(titleTwice(titleSpan, { title, first }));
      if (declaration.kind === "check") checkCheck(session, declaration);
      else checkSweep(session, declaration);
    }
  }
};

const checkCheck = (session: Session, check: ast.CheckDeclaration): void => {
  checkOverrides(session, check.overrides);
  checkSelected(session, check.only);
  checkExpectation(session, check);
};

const checkOverrides = (session: Session, overrides: readonly ast.Override[]): void => {
  const seen = new Map<string, Span>();
  for (const override of overrides) {
    const { name } = override;
    const key = targetKey(override);
    const first = seen.get(key);
    if (first !== undefined) session.report(overrideTwice(name.span, { name: name.text, first }));
    else if (name.text !== "") seen.set(key, name.span);
    // What the check that runs overrides is judged with its values.
    if (!session.configuration.overrides.includes(override)) checkOverride(session, override);
  }
};

const checkOverride = (session: Session, { name, index, value }: ast.Override): void => {
  const type = isConstant(session, name) ? constantType(session, name) : errorType;
  if (type.kind === "error") {
    if (index !== undefined) session.check(index, errorType, scope);
    session.check(value, errorType, scope);
    return;
  }
  if (index !== undefined && type.kind !== "array") {
    session.infer(index, scope);
    const reason = `it is no array but ${typeName(type)}`;
    session.report(wrongOverrideIndex(index.span, { name: name.text, reason }));
    return;
  }
  if (index !== undefined && type.kind === "array") session.check(index, type.index, scope);
  const isOne = type.kind === "array" && value.kind !== "array" && value.kind !== "comprehension";
  const target = isOne && isElement(session, value) ? type.element : type;
  if (isOverrideTyped(session, name, value, target)) session.check(value, widened(target), scope);
};

const isElement = (session: Session, value: ast.Expression): boolean =>
  value.kind === "record" || value.kind === "none" || session.infer(value, scope).kind !== "array";

/** The declared type, or that of the value. */
const constantType = (session: Session, name: ast.Name): Type => {
  const global = session.globals.get(name.text);
  if (global?.kind !== "const") return errorType;
  const { type } = global.declaration;
  if (type !== undefined) return session.denote(type);
  return widened(session.constant(name.text, name.span)?.value.type ?? errorType);
};

const widened = (type: Type): Type => {
  if (type.kind === "int") return unbounded;
  return type.kind === "array" ? { ...type, element: widened(type.element) } : type;
};

const propertyNames = (session: Session): readonly string[] =>
  [...session.globals.values()]
    .filter(({ kind }) => kind === "property")
    .map(({ declared }) => declared.text);

/** A deadlock is judged like a property, and can be selected like one. */
const checkSelected = (session: Session, only: readonly ast.Name[]): void => {
  const names = [...propertyNames(session), "deadlock"];
  for (const { text, span } of only) {
    if (text === "" || names.includes(text) || !session.modules.isComplete) continue;
    session.report(unknownProperty(span, { name: text, nearest: nearestName(text, names) }));
  }
};

const errorKinds = ["range", "index", "none", "division", "unhandled", "full", "assert", "timer"];

const checkExpectation = (session: Session, { expectation, only }: ast.CheckDeclaration): void => {
  for (const name of expectation.names) {
    if (expectation.kind === "violated") checkViolated(session, name, only);
    else if (name.text !== "" && !errorKinds.includes(name.text)) {
      const nearest = nearestName(name.text, errorKinds);
      const reason = `\`${name.text}\` is no kind of model error`;
      const help =
        nearest === undefined
          ? `known are ${errorKinds.join(", ")}`
          : `did you mean \`${nearest}\`?`;
      session.report(wrongExpectation(name.span, { reason, help }));
    }
  }
  for (const { value } of expectation.figures) checkFigure(session, value);
};

const checkViolated = (session: Session, name: ast.Name, only: readonly ast.Name[]): void => {
  if (name.text === "" || name.text === "assert") return;
  const known = session.modules.isComplete ? [...propertyNames(session), "deadlock"] : [name.text];
  if (!known.includes(name.text)) {
    const nearest = nearestName(name.text, [...known, "assert"]);
    session.report(unknownProperty(name.span, { name: name.text, nearest }));
  } else if (only.length > 0 && !only.some(({ text }) => text === name.text)) {
    const reason = `\`${name.text}\` is not among the properties that \`only\` selects`;
    session.report(wrongExpectation(name.span, { reason }));
  }
};

const checkFigure = (session: Session, value: ast.Expression): void => {
  if (session.check(value, unbounded, scope).kind === "error") return;
  const figure = session.evaluate(value)?.scalars[0];
  if (figure === undefined) session.report(needsConstant(value.span, { what: "a figure" }));
  else if (figure < 0) {
    session.report(wrongExpectation(value.span, { reason: `a figure is not negative: ${figure}` }));
  }
};

const checkSweep = (session: Session, sweep: ast.SweepDeclaration): void => {
  const seen = new Map<string, Span>();
  for (const axis of sweep.axes) {
    const { text, span } = axis.name;
    const first = seen.get(text);
    if (first !== undefined) session.report(overrideTwice(span, { name: text, first }));
    else if (text !== "") seen.set(text, span);
    if (axis.kind === "fixed") checkOverride(session, axis);
    else checkAxis(session, axis);
  }
  checkSelected(session, sweep.only);
  checkLeast(session, sweep);
};

const checkAxis = (
  session: Session,
  { name, domain }: Extract<ast.Axis, { kind: "axis" }>,
): void => {
  const type = isConstant(session, name) ? constantType(session, name) : errorType;
  const meaning = session.domain(domain, constantScope);
  if (type.kind === "error" || meaning.kind === "error") return;
  const found = meaning.kind === "segments" ? errorType : meaning.type;
  const isSame = found.kind === type.kind || (found.kind === "int" && type.kind === "mod");
  if (isSame && (found.kind !== "enum" || typeName(found) === typeName(type))) return;
  const reason = `\`${name.text}\` expected ${typeName(type)}, found values of ${typeName(found)}`;
  session.report(wrongSweep(domain.span, { reason }));
};

/** What the value of a name is made of; an axis of the sweep that is not looked for has its own. */
const definitionsOf = (
  session: Session,
  name: string,
  axes: readonly ast.Axis[],
): readonly ast.Expression[] => {
  const axis = axes.find((it) => it.name.text === name);
  if (axis !== undefined) return axis.kind === "fixed" ? [axis.value] : [];
  const global = session.globals.get(name);
  if (global?.kind === "const") return [global.declaration.value];
  if (global?.kind !== "fn") return [];
  return global.declarations.flatMap(({ body }) => (body === undefined ? [] : [body]));
};

/** The names that an expression reads, with their places. */
const namesIn = (expression: ast.Expression): readonly ast.Name[] => {
  const names: ast.Name[] = [];
  visitExpressions(expression, (it) => {
    if (it.kind === "name") names.push({ text: it.name, span: it.span });
    if (it.kind === "call") names.push(it.callee);
  });
  return names;
};

/** An expectation that reads the swept constant would be another one at every point. */
const checkIndependent = (
  session: Session,
  expected: ast.Expression,
  axis: string,
  axes: readonly ast.Axis[],
): void => {
  const known = new Set<string>();
  const follows = (name: string): boolean => {
    if (name === axis) return true;
    if (known.has(name)) return false;
    known.add(name);
    return definitionsOf(session, name, axes).some((it) =>
      namesIn(it).some(({ text }) => follows(text)),
    );
  };
  const name = namesIn(expected).find(({ text }) => follows(text));
  if (name !== undefined) session.report(expectationFollows(name.span, { name: name.text, axis }));
};

const checkLeast = (session: Session, { least, expected, axes }: ast.SweepDeclaration): void => {
  if (least === undefined) return;
  const axis = axes.find(({ name }) => name.text === least.text);
  if (axis?.kind !== "axis") {
    if (least.text !== "") {
      const reason = `\`${least.text}\` does not range over values in this sweep`;
      session.report(wrongSweep(least.span, { reason }));
    }
    if (expected !== undefined) session.check(expected, errorType, scope);
    return;
  }
  const meaning = session.domain(axis.domain, constantScope);
  if (meaning.kind === "values" && meaning.type.kind !== "int") {
    const reason = `\`${least.text}\` is no integer, so it has no least value`;
    session.report(wrongSweep(least.span, { reason }));
  }
  if (expected === undefined) return;
  session.check(expected, { kind: "option", element: unbounded }, scope);
  checkIndependent(session, expected, least.text, axes);
};
