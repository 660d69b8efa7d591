// The values of constants under one configuration: defaults that follow, and overrides by rank.

import type { Diagnostic, Note, Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import {
  defaultOutside,
  overrideOutside,
  wrongOverride,
  wrongOverrideIndex,
} from "./configuration-diagnostics.ts";
import { isAssignable } from "./coerce.ts";
import { anyInteger } from "./denote.ts";
import type { Layer } from "./overrides.ts";
import { constantScope, deadScope, isKnown } from "./scope.ts";
import { errorType, type Session } from "./session.ts";
import {
  isEnumerable,
  isWithin,
  sizeOf,
  typeName,
  valuesOf,
  valueText,
  zeroOf,
} from "./type-layout.ts";
import type { ConstantSymbol } from "./typed-program.ts";
import type { ConstantValue, Type } from "./types.ts";
import { visitExpressions } from "./walk-code.ts";

type Declaration = ast.DeclarationOf<"const">;

// Whether an integer lies in range is judged on its value, not on the interval of its expression.
const scope = deadScope(constantScope);

/** The constant with its value; `error` as its type when it has none. */
export const buildConstant = (
  session: Session,
  declaration: Declaration,
  layers: readonly Layer[],
): ConstantSymbol => {
  const { name } = declaration;
  const source = layers.at(-1)?.source ?? "default";
  const failed = { type: errorType, scalars: [0] };
  const declared = declaration.type && session.denote(declaration.type);
  if (declared?.kind === "error") {
    session.infer(declaration.value, scope);
    return { name: name.text, declaration, value: failed, source };
  }
  const whole = layers.findLastIndex(({ override }) => override.index === undefined);
  // A default that is overridden has a type all the same; without a declared type it gives it.
  const type = declared ?? widen(session.infer(declaration.value, scope));
  const base = layers[whole];
  let value =
    base === undefined
      ? defaultValue(session, declaration, declared)
      : overridingValue(session, base.override, type);
  for (const { override } of layers.slice(whole + 1)) {
    value = value && replaceElement(session, override, value);
  }
  return { name: name.text, declaration, value: value ?? failed, source };
};

/** The type without its bounds: an override of a constant that declares no range may be any. */
const widen = (type: Type): Type => {
  if (type.kind === "int") return anyInteger;
  if (type.kind === "array") return { ...type, element: widen(type.element) };
  if (type.kind === "option") return { ...type, element: widen(type.element) };
  return type;
};

const defaultValue = (
  session: Session,
  declaration: Declaration,
  declared: Type | undefined,
): ConstantValue | undefined => {
  const { value: expression, name } = declaration;
  if (declared === undefined) {
    const value = session.demand(expression, "the value of a constant");
    return value && { ...value, type: narrow(value) };
  }
  return fittingValue(session, expression, declared, (range, value) =>
    defaultOutside(expression.span, {
      name: name.text,
      range,
      value,
      notes: givenElsewhere(session, expression),
    }),
  );
};

const givers: Readonly<Record<Exclude<ConstantSymbol["source"], "default">, string>> = {
  set: "a `set`",
  check: "the check",
  "command-line": "the command line",
};

/** The constants, however far behind, on which a default depends and which are not as declared. */
const givenElsewhere = (
  session: Session,
  expression: ast.Expression,
  seen = new Set<string>(),
): readonly Note[] => {
  const notes: Note[] = [];
  visitExpressions(expression, (it) => {
    if (it.kind !== "name" || seen.has(it.name)) return;
    seen.add(it.name);
    if (session.globals.get(it.name)?.kind !== "const") return;
    const symbol = session.constant(it.name, it.span);
    if (symbol === undefined) return;
    const { source, value, declaration } = symbol;
    if (source === "default") {
      notes.push(...givenElsewhere(session, declaration.value, seen));
    } else {
      notes.push({ message: `\`${it.name}\` is ${valueText(value)}: ${givers[source]} says so` });
    }
  });
  return notes;
};

/**
 * The value of a constant expression as one of a type; one out of range is worded by the caller.
 */
const fittingValue = (
  session: Session,
  expression: ast.Expression,
  type: Type,
  outside: (range: string, value: string) => Diagnostic,
): ConstantValue | undefined => {
  // An integer for a serial number is judged by its range, as every other integer.
  const isInteger = type.kind === "mod" && session.infer(expression, scope).kind === "int";
  const found = session.check(expression, isInteger ? anyInteger : widen(type), scope);
  if (!isKnown(found)) return undefined;
  const value = session.demand(expression, "the value of a constant");
  if (value === undefined) return undefined;
  const stored = type.kind === "option" && value.type.kind !== "option" ? lift(value, type) : value;
  if (isWithin(stored.scalars, type)) return { type, scalars: stored.scalars };
  session.report(outside(typeName(type), valueText(stored)));
  return undefined;
};

const lift = (value: ConstantValue, type: Type): ConstantValue => ({
  type,
  scalars: [1, ...value.scalars],
});

/** The type of a constant that declares none: its integers take exactly the values it has. */
const narrow = ({ type, scalars }: ConstantValue): Type => {
  if (type.kind === "int") {
    return { kind: "int", low: Math.min(...scalars), high: Math.max(...scalars) };
  }
  if (type.kind === "array" && type.element.kind === "int") {
    return { ...type, element: narrow({ type: type.element, scalars }) };
  }
  return type;
};

const overridingValue = (
  session: Session,
  override: ast.Override,
  type: Type,
): ConstantValue | undefined => {
  const value = overrideValue(session, override, override.value, type);
  if (value === undefined || !isWide(type)) return value;
  return { ...value, type: narrow(value) };
};

const isWide = (type: Type): boolean =>
  type === anyInteger || (type.kind === "array" && type.element === anyInteger);

/** An element in place of an array means: all elements. */
const overrideValue = (
  session: Session,
  { name }: ast.Override,
  expression: ast.Expression,
  type: Type,
): ConstantValue | undefined => {
  if (!isKnown(type)) {
    session.check(expression, errorType, scope);
    return undefined;
  }
  const outside = (range: string, value: string): Diagnostic =>
    overrideOutside(expression.span, { name: name.text, range, value });
  const isOne = type.kind === "array" && !isArrayLike(session, expression);
  const target = isOne ? type.element : type;
  if (!isOverrideTyped(session, name, expression, target)) return undefined;
  const value = fittingValue(session, expression, target, outside);
  if (value === undefined || !isOne) return value;
  const scalars = valuesOf(type.index).flatMap(() => value.scalars);
  return { type, scalars };
};

const isLiteral = ({ kind }: ast.Expression): boolean =>
  kind === "array" ||
  kind === "comprehension" ||
  kind === "record" ||
  kind === "none" ||
  kind === "set" ||
  kind === "if" ||
  kind === "match";

const isArrayLike = (session: Session, expression: ast.Expression): boolean =>
  expression.kind === "array" ||
  expression.kind === "comprehension" ||
  (!isLiteral(expression) && session.infer(expression, scope).kind === "array");

/** A plain value of another type is a mistake of the override, worded with the constant's name. */
export const isOverrideTyped = (
  session: Session,
  name: ast.Name,
  expression: ast.Expression,
  type: Type,
): boolean => {
  if (isLiteral(expression)) return true;
  const found = session.infer(expression, scope);
  if (!isKnown(found)) return false;
  const wide = widen(type);
  const isSerial =
    found.kind === "int" &&
    (type.kind === "mod" || (type.kind === "option" && type.element.kind === "mod"));
  if (isSerial || isAssignable(found, wide)) return true;
  if (wide.kind === "option" && isAssignable(found, wide.element)) return true;
  const [expected, members] = [typeName(type), membersOf(type)];
  const facts = { name: name.text, expected, found: typeName(found), members };
  session.report(wrongOverride(expression.span, facts));
  return false;
};

const membersOf = (type: Type): readonly string[] | undefined => {
  if (type.kind === "enum") return type.members;
  if (type.kind === "bool") return ["true", "false"];
  return type.kind === "array" || type.kind === "option" ? membersOf(type.element) : undefined;
};

const replaceElement = (
  session: Session,
  override: ast.Override,
  array: ConstantValue,
): ConstantValue | undefined => {
  const { name, index } = override;
  const { type } = array;
  if (index === undefined) return array;
  const refuse = (span: Span, reason: string): undefined => {
    session.report(wrongOverrideIndex(span, { name: name.text, reason }));
    return undefined;
  };
  if (type.kind !== "array") {
    session.infer(index, scope);
    return refuse(index.span, `it is no array but ${typeName(type)}`);
  }
  const position = elementPosition(session, index, type.index);
  if (position === undefined) return undefined;
  if (position < 0) return refuse(index.span, `the index is not in ${typeName(type.index)}`);
  // Elements of an array without a declared type have no range either.
  const isDeclared =
    session.globals.get(name.text)?.kind === "const" && declaresType(session, name);
  const element = isDeclared ? type.element : widen(type.element);
  const value = overrideValue(session, override, override.value, element);
  if (value === undefined) return undefined;
  const scalars = [...array.scalars];
  scalars.splice(position * sizeOf(type.element), value.scalars.length, ...value.scalars);
  return isDeclared ? { type, scalars } : { type: narrow({ type, scalars }), scalars };
};

const declaresType = (session: Session, { text }: ast.Name): boolean => {
  const global = session.globals.get(text);
  return global?.kind === "const" && global.declaration.type !== undefined;
};

const elementPosition = (
  session: Session,
  index: ast.Expression,
  type: Type,
): number | undefined => {
  if (!isEnumerable(type)) return undefined;
  if (session.check(index, widen(type), scope).kind === "error") return undefined;
  const value = session.demand(index, "the index of an override");
  return value && valuesOf(type).indexOf(value.scalars[0] ?? 0);
};

/** The value a constant has when it has none: enough to go on. */
export const noValue = (declaration: Declaration): ConstantSymbol => ({
  name: declaration.name.text,
  declaration,
  value: zeroOf(errorType),
  source: "default",
});
