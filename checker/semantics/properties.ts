// The rules of properties, bounds and `final`.

import type * as ast from "../syntax/index.ts";
import { findMeaning, bind, describe, propertyScope, reportUnknown } from "./scope.ts";
import { bindDomain } from "./domains.ts";
import { wrongEventForm } from "./rules-diagnostics.ts";
import { boolType, errorType, type Scope, type Session } from "./session.ts";
import type { EventSymbol } from "./typed-program.ts";
import { wrongArity, wrongType } from "./types-diagnostics.ts";

export const checkProperties = (session: Session): void => {
  for (const { tree } of session.modules.list) {
    for (const declaration of tree.declarations) {
      const { kind } = declaration;
      if (kind === "invariant" || kind === "bound" || kind === "final") {
        session.check(declaration.condition, boolType, propertyScope);
      }
      if (kind === "never") checkNever(session, declaration);
      if (kind === "reachable") checkReachable(session, declaration);
      if (kind === "recoverable") checkRecoverable(session, declaration);
    }
  }
};

type Property<Kind extends ast.PropertyDeclaration["kind"]> = Extract<
  ast.PropertyDeclaration,
  { kind: Kind }
>;

const checkNever = (session: Session, { event: name, binders, when }: Property<"never">): void => {
  const event = findEvent(session, name);
  const scope = bindEvent(session, name, binders, event);
  if (when !== undefined) session.check(when, boolType, scope);
};

const checkRecoverable = (session: Session, property: Property<"recoverable">): void => {
  const { binder, domain } = property;
  let scope = propertyScope;
  if (binder !== undefined && domain !== undefined) {
    const { meaning, inner } = bindDomain(session, binder, domain, propertyScope);
    scope = inner;
    if (meaning.kind === "segments" || meaning.kind === "members") {
      const found = meaning.kind === "segments" ? "a network" : "a set";
      session.report(wrongType(domain.span, { expected: "a type or a range", found }));
    }
  }
  session.check(property.from, boolType, scope);
  session.check(property.to, boolType, scope);
};

/** `reachable n : ev(x, …) when e` binds names as `never` does; other subjects are formulas. */
const checkReachable = (session: Session, { subject, when }: Property<"reachable">): void => {
  const isEvent =
    subject.kind === "call" && session.globals.get(subject.callee.text)?.kind === "event";
  if (!isEvent) {
    session.check(subject, boolType, propertyScope);
    if (when === undefined) return;
    session.check(when, boolType, propertyScope);
    const reason = "only an event has a `when`; write `and` in a formula over states";
    session.report(wrongEventForm(when.span, { reason }));
    return;
  }
  const event = findEvent(session, subject.callee);
  const binders: ast.Name[] = [];
  for (const argument of subject.arguments) {
    if (argument.kind === "name") binders.push({ text: argument.name, span: argument.span });
    else {
      binders.push({ text: "_", span: argument.span });
      const reason = "an event in a property binds names: write a name or `_` here, and a `when`";
      session.report(wrongEventForm(argument.span, { reason }));
    }
  }
  const scope = bindEvent(session, subject.callee, binders, event);
  session.facts.types.set(subject, boolType);
  for (const [position, argument] of subject.arguments.entries()) {
    session.facts.types.set(argument, event?.parameters[position]?.type ?? errorType);
  }
  if (when !== undefined) session.check(when, boolType, scope);
};

const findEvent = (session: Session, name: ast.Name): EventSymbol | undefined => {
  if (name.text === "") return undefined;
  const meaning = findMeaning(session, name.text, propertyScope);
  if (meaning?.kind === "global" && meaning.global.kind === "event")
    return session.event(name.text);
  if (meaning === undefined) reportUnknown(session, name, propertyScope);
  else {
    const reason = `\`${name.text}\` is ${describe(meaning)}, not an event`;
    session.report(wrongEventForm(name.span, { reason }));
  }
  return undefined;
};

const bindEvent = (
  session: Session,
  name: ast.Name,
  binders: readonly ast.Name[],
  event: EventSymbol | undefined,
): Scope => {
  if (event !== undefined && event.parameters.length !== binders.length) {
    const [expected, found] = [event.parameters.length, binders.length];
    const declared = event.declaration.name.span;
    session.report(wrongArity(name.span, { callee: name.text, expected, found, declared }));
  }
  let scope = propertyScope;
  for (const [position, declared] of binders.entries()) {
    if (declared.text === "_") continue;
    const type = event?.parameters[position]?.type ?? errorType;
    scope = bind(session, scope, { declared, type, role: "binder" });
  }
  return scope;
};
