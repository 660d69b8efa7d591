// Events and the properties that listen to them: typed program -> core.

import type * as ast from "../syntax/index.ts";
import { captureValue, emit, lazily, type Builder } from "./builder.ts";
import { certain, itemAt } from "./certain.ts";
import { withLocal, type Elaboration, type Listener, type Scope } from "./elaboration.ts";
import { elaborateFor, elaborateScalar } from "./expressions.ts";
import { truth } from "./term.ts";
import { boolean, scalarOf } from "./value.ts";

type Emit = Extract<ast.Statement, { readonly kind: "emit" }>;

/** What an event decides, in order of the properties: the listeners by the name of the event. */
export const planEvents = (whole: Elaboration): readonly { readonly property: string }[] => {
  const events: { readonly property: string }[] = [];
  for (const property of whole.program.properties) {
    const heard = eventOf(whole, property);
    if (heard === undefined) continue;
    const listener: Listener = { ...heard, event: events.length };
    events.push({ property: property.name.text });
    whole.listeners.set(heard.name, [...(whole.listeners.get(heard.name) ?? []), listener]);
  }
  return events;
};

/** The event that a property is about, for `never` and the event form of `reachable`. */
export const eventOf = (
  whole: Elaboration,
  property: ast.PropertyDeclaration,
): (Omit<Listener, "event"> & { readonly name: string }) | undefined => {
  if (property.kind === "never") {
    const binders = property.binders.map((it) => it.text);
    return { name: property.event.text, binders, when: property.when };
  }
  if (property.kind !== "reachable" || property.subject.kind !== "call") return undefined;
  const { callee, arguments: binders } = property.subject;
  if (!whole.program.events.some((it) => it.name === callee.text)) return undefined;
  return {
    name: callee.text,
    binders: binders.map((it) => (it.kind === "name" ? it.name : "_")),
    when: property.when,
  };
};

/** `emit e(…)`: each property that listens judges the arguments, and the state, here and now. */
export const elaborateEmit = (builder: Builder, scope: Scope, statement: Emit): void => {
  const name = statement.event.text;
  const { parameters } = certain(
    builder.whole.program.events.find((it) => it.name === name),
    `the event ${name}`,
  );
  const values = statement.arguments.map((it, at) => {
    const parameter = itemAt(parameters, at, "a parameter");
    const place = `\`${parameter.name}\` of \`${name}\``;
    return captureValue(builder, elaborateFor(builder, scope, it, parameter.type, place));
  });
  for (const { event, binders, when } of builder.whole.listeners.get(name) ?? []) {
    const inner = binders.reduce<Scope>(
      (sum, binder, at) => withLocal(sum, binder, itemAt(values, at, "an argument")),
      {},
    );
    const condition =
      when === undefined
        ? truth
        : scalarOf(
            lazily(builder, undefined, true, () => boolean(elaborateScalar(builder, inner, when))),
          );
    // Written also where it is never true: that the event happens is what a property is about.
    emit(builder, { kind: "signal", event, when: condition.code });
  }
};
