// The types of record, array and set literals.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { coerce, join } from "./coerce.ts";
import { fitsSet, requireEnumerable } from "./denote.ts";
import { bindDomain } from "./domains.ts";
import { ghostLeftOut } from "./ghosts-diagnostics.ts";
import { nearestName } from "./nearest-name.ts";
import { unknownField } from "./names-diagnostics.ts";
import { errorType, type Scope, type Session } from "./session.ts";
import { countOf, fieldOf, sameType, typeName } from "./type-layout.ts";
import type { RecordType, Type } from "./types.ts";
import {
  fieldNeedsValue,
  fieldTwice,
  fieldWithoutFlag,
  unknownLiteralType,
  wrongLength,
  wrongType,
} from "./types-diagnostics.ts";

type Literal<Kind extends ast.Expression["kind"]> = Extract<ast.Expression, { kind: Kind }>;

export const checkRecord = (
  session: Session,
  literal: Literal<"record">,
  expected: Type,
  scope: Scope,
): Type => {
  if (expected.kind !== "record") {
    for (const { value } of literal.fields) if (value) session.check(value, errorType, scope);
    return mismatch(session, literal.span, expected, "a record");
  }
  checkFields(session, literal.fields, expected, scope);
  for (const { name } of literal.fields) {
    const flag = fieldOf(expected, name.text)?.when;
    if (flag !== undefined && !isSet(session, literal.fields, flag)) {
      session.report(fieldWithoutFlag(name.span, { field: name.text, flag }));
    }
  }
  if (expected.isMessage && scope.place !== "property") requireGhosts(session, literal, expected);
  return expected;
};

/**
 * A literal of a message gives every ghost field that exists in it: whatever way it takes, it may be
 * sent in the end, but for one that a property compares with.
 */
const requireGhosts = (session: Session, literal: Literal<"record">, message: RecordType): void => {
  const given = new Set(literal.fields.map(({ name }) => name.text));
  const fields = message.fields
    .filter(
      ({ ghost, name, when }) =>
        ghost && !given.has(name) && (when === undefined || given.has(when)),
    )
    .map(({ name }) => name);
  if (fields.length > 0) session.report(ghostLeftOut(literal.span, { fields }));
};

/** Whether a literal gives a flag, and not as the constant false. */
const isSet = (session: Session, fields: readonly ast.FieldValue[], flag: string): boolean => {
  const given = fields.find(({ name }) => name.text === flag);
  if (given === undefined) return false;
  return given.value === undefined || session.evaluate(given.value)?.scalars[0] !== 0;
};

const mismatch = (session: Session, span: Span, expected: Type, found: string): Type => {
  if (expected.kind !== "error") {
    session.report(wrongType(span, { expected: typeName(expected), found }));
  }
  return errorType;
};

/** The fields of a literal, or of `with`: each known, given once, of its type. */
const checkFields = (
  session: Session,
  fields: readonly ast.FieldValue[],
  type: RecordType,
  scope: Scope,
): void => {
  const seen = new Map<string, Span>();
  for (const { name, value } of fields) {
    const field = fieldOf(type, name.text);
    const first = seen.get(name.text);
    seen.set(name.text, first ?? name.span);
    if (value !== undefined) session.check(value, field?.type ?? errorType, scope);
    if (name.text === "") continue;
    if (field === undefined) {
      const nearest = nearestName(
        name.text,
        type.fields.map((it) => it.name),
      );
      session.report(
        unknownField(name.span, { owner: `\`${type.name}\``, name: name.text, nearest }),
      );
    } else if (first !== undefined) {
      session.report(fieldTwice(name.span, { name: name.text, first }));
    } else if (value === undefined && field.type.kind !== "bool" && field.type.kind !== "error") {
      session.report(fieldNeedsValue(name.span, { name: name.text, type: typeName(field.type) }));
    }
  }
};

/** `r with { f: x }`; whether flags are known to be set is judged with the flow of conditions. */
export const inferWith = (session: Session, expression: Literal<"with">, scope: Scope): Type => {
  const type = session.infer(expression.object, scope);
  if (type.kind === "record") {
    checkFields(session, expression.fields, type, scope);
    return type;
  }
  for (const { value } of expression.fields) if (value) session.check(value, errorType, scope);
  if (type.kind === "error") return errorType;
  session.report(
    wrongType(expression.object.span, { expected: "a record", found: typeName(type) }),
  );
  return errorType;
};

export const checkArray = (
  session: Session,
  literal: Literal<"array">,
  expected: Type,
  scope: Scope,
): Type => {
  const element = expected.kind === "array" ? expected.element : errorType;
  const types = literal.elements.map((it) => session.check(it, element, scope));
  if (expected.kind !== "array") return mismatch(session, literal.span, expected, "an array");
  const count = countOf(expected.index);
  if (count !== literal.elements.length) {
    const found = literal.elements.length;
    session.report(wrongLength(literal.span, { expected: count, found }));
    return errorType;
  }
  return arrayOf(expected, types);
};

/** Integers keep their own intervals, so that elements that fit need no check at run time. */
const arrayOf = (expected: Extract<Type, { kind: "array" }>, types: readonly Type[]): Type => {
  if (types.some(({ kind }) => kind === "error")) return errorType;
  if (expected.element.kind !== "int") return expected;
  const element = types.reduce<Type | undefined>(
    (left, right) => left && join(left, right),
    types[0],
  );
  return element === undefined ? expected : { ...expected, element };
};

export const inferArray = (session: Session, literal: Literal<"array">, scope: Scope): Type => {
  const element = inferElements(session, literal.elements, scope, literal.span, "this array");
  if (element.kind === "error") return errorType;
  const high = literal.elements.length - 1;
  return { kind: "array", index: { kind: "int", low: 0, high }, element };
};

/** The common type of elements; the first one decides what the others have to be. */
const inferElements = (
  session: Session,
  elements: readonly ast.Expression[],
  scope: Scope,
  span: Span,
  literal: string,
): Type => {
  const [first, ...rest] = elements;
  if (first === undefined) {
    session.report(unknownLiteralType(span, { literal }));
    return errorType;
  }
  let common = session.infer(first, scope);
  for (const element of rest) {
    const type = session.infer(element, scope);
    const joined = join(common, type);
    if (joined === undefined) {
      if (coerce(session, element, type, common, scope).kind === "error") common = errorType;
    } else if (common.kind !== "error") common = joined;
  }
  return common;
};

export const checkComprehension = (
  session: Session,
  literal: Literal<"comprehension">,
  expected: Type,
  scope: Scope,
): Type => {
  const element = expected.kind === "array" ? expected.element : errorType;
  const index = comprehensionIndex(session, literal, scope);
  const type = session.check(literal.body, element, index.inner);
  if (expected.kind !== "array") return mismatch(session, literal.span, expected, "an array");
  if (index.type === undefined || type.kind === "error") return errorType;
  if (!sameType(index.type, expected.index)) {
    const facts = { expected: typeName(expected.index), found: typeName(index.type) };
    session.report(wrongType(literal.domain.span, facts));
    return errorType;
  }
  return arrayOf(expected, [type]);
};

export const inferComprehension = (
  session: Session,
  literal: Literal<"comprehension">,
  scope: Scope,
): Type => {
  const index = comprehensionIndex(session, literal, scope);
  const element = session.infer(literal.body, index.inner);
  if (index.type === undefined || element.kind === "error") return errorType;
  return { kind: "array", index: index.type, element };
};

/**
 * A comprehension gives one element per value of a type, so its domain is no set and no network.
 */
const comprehensionIndex = (
  session: Session,
  { binder, domain }: Literal<"comprehension">,
  scope: Scope,
): { readonly type: Type | undefined; readonly inner: Scope } => {
  const { meaning, inner } = bindDomain(session, binder, domain, scope);
  if (meaning.kind === "values" && countOf(meaning.type) > 0) {
    return { type: meaning.type, inner };
  }
  if (meaning.kind !== "error") {
    const expected = "a type or a range with at least one value";
    const found =
      meaning.kind === "segments"
        ? "a network"
        : meaning.kind === "members"
          ? `set of ${typeName(meaning.type)}`
          : "an empty range";
    session.report(wrongType(domain.span, { expected, found }));
  }
  return { type: undefined, inner };
};

export const checkSet = (
  session: Session,
  literal: Literal<"set">,
  expected: Type,
  scope: Scope,
): Type => {
  const element = expected.kind === "set" ? expected.element : errorType;
  const types = literal.elements.map((it) => session.check(it, element, scope));
  if (expected.kind !== "set") return mismatch(session, literal.span, expected, "a set");
  return types.some(({ kind }) => kind === "error") ? errorType : expected;
};

export const inferSet = (session: Session, literal: Literal<"set">, scope: Scope): Type => {
  const element = inferElements(session, literal.elements, scope, literal.span, "this set");
  if (!requireEnumerable(session, element, "a set element", literal.span)) return errorType;
  return fitsSet(session, element, literal.span) ? { kind: "set", element } : errorType;
};
