// Code as text that is equal only for code of equal meaning, up to a renaming of variables (core -> reduce).

import type { Core, Expression, LocalId, Statement } from "../core/index.ts";
import { canFail } from "../core/index.ts";
import { type Known, valueOf } from "./known.ts";
import { envelopeLength, receiversOf } from "./places.ts";

/** What variables, addresses and events are called in the text. */
export interface Renaming {
  readonly core: Core;
  readonly variable: (id: number) => number;
  readonly address: (network: number, value: number) => number;
  readonly event: (id: number) => string;
}

/** Locals are numbered as they are met; some are constants in this text. */
interface Writer {
  readonly names: Renaming;
  readonly numbers: Map<LocalId, string>;
  readonly constants: ReadonlyMap<LocalId, number>;
}

export const newWriter = (
  names: Renaming,
  bound: readonly LocalId[] = [],
  constants: ReadonlyMap<LocalId, number> = new Map(),
): Writer => ({
  names,
  numbers: new Map(bound.map((local, position) => [local, `p${position}`])),
  constants,
});

const localText = ({ numbers }: Writer, local: LocalId): string => {
  const found = numbers.get(local) ?? `l${numbers.size}`;
  numbers.set(local, found);
  return found;
};

const knownIn = ({ constants }: Writer): Known => ({
  variable: () => undefined,
  local: (id) => constants.get(id),
});

const commutative: ReadonlySet<string> = new Set(["equal", "unequal", "add", "min", "max"]);

type Of<Kind extends Expression["kind"]> = Extract<Expression, { readonly kind: Kind }>;

export const expressionText = (writer: Writer, code: Expression): string => {
  const text = (it: Expression): string => expressionText(writer, it);
  const value = valueOf(code, knownIn(writer));
  if (value !== undefined) return String(value);
  const { names } = writer;
  switch (code.kind) {
    case "constant":
      return String(code.value);
    case "variable":
      return `v${names.variable(code.variable)}`;
    case "local":
      return localText(writer, code.local);
    case "element":
      return elementText(writer, code);
    case "not":
    case "negate":
    case "absolute":
    case "size":
      return `(${code.kind} ${text(code.operand)})`;
    case "binary":
      return binaryText(writer, code);
    case "serial":
      return `(${code.operator} ${code.modulus} ${text(code.left)} ${text(code.right)})`;
    case "if": {
      const condition = valueOf(code.condition, knownIn(writer));
      if (condition !== undefined) return text(condition === 0 ? code.otherwise : code.then);
      return `(if ${text(code.condition)} ${text(code.then)} ${text(code.otherwise)})`;
    }
    case "let":
      return `(let ${text(code.value)} ${localText(writer, code.local)} ${text(code.body)})`;
    case "require":
      return `(require ${text(code.condition)} ${errorText(writer, code.site)} ${text(code.then)})`;
    case "quantifier":
      return quantifierText(writer, code);
    case "segments":
      return segmentsText(writer, code);
  }
};

/** Sites of the same kind are alike: which of them failed is told up to the renaming. */
const errorText = ({ names }: Writer, site: number | undefined): string =>
  site === undefined ? "" : (names.core.sites[site]?.error ?? "");

const elementText = (writer: Writer, code: Of<"element">): string => {
  const at = valueOf(code.index, knownIn(writer));
  if (code.of === "variable" && at !== undefined && at >= 0 && at < code.count) {
    return `v${writer.names.variable(code.base + code.stride * at)}`;
  }
  const places = Array.from({ length: code.count }, (_, index) => {
    const id = code.base + index * code.stride;
    return code.of === "variable" ? `v${writer.names.variable(id)}` : localText(writer, id);
  });
  const index = expressionText(writer, code.index);
  return `(element ${index} ${errorText(writer, code.site)} ${places.join(" ")})`;
};

const operandsOfChain = (operator: string, code: Expression): readonly Expression[] =>
  code.kind === "binary" && code.operator === operator
    ? [...operandsOfChain(operator, code.left), ...operandsOfChain(operator, code.right)]
    : [code];

/** Where nothing can fail, the order of `and` and `or` means nothing. */
const binaryText = (writer: Writer, code: Of<"binary">): string => {
  const text = (it: Expression): string => expressionText(writer, it);
  const { operator, left, right, site } = code;
  if ((operator === "and" || operator === "or") && !canFail(code)) {
    return `(${operator} ${operandsOfChain(operator, code).map(text).toSorted().join(" ")})`;
  }
  const operands = [text(left), text(right)];
  const isFree = commutative.has(operator) && !canFail(code);
  return `(${operator} ${errorText(writer, site)} ${(isFree ? operands.toSorted() : operands).join(" ")})`;
};

/** Pair of addresses by pair of addresses, for these are renamed. */
const segmentsText = (writer: Writer, code: Of<"segments">): string => {
  const { names } = writer;
  const { network, quantifier } = code;
  const found = names.core.networks[network];
  const locals = code.locals.map((it) => (it === undefined ? "_" : localText(writer, it)));
  const head = `${quantifier} ${network} ${locals.join(" ")}`;
  // Renamed addresses are met in another order: then another segment might be the first to fail.
  if (canFail(code.body)) return unlike();
  if (found?.addresses === undefined) return `(${head} ${expressionText(writer, code.body)})`;
  const first = found.lifetime === undefined ? 0 : 1;
  const [to = unusedLocal, from = unusedLocal] = [code.locals[first], code.locals[first + 1]];
  const addresses = receiversOf(names.core, network).map((it) => it ?? 0);
  const texts = addresses.flatMap((receiver) =>
    addresses.map((sender) => {
      const constants = new Map([
        ...writer.constants,
        [to, receiver] as const,
        [from, sender] as const,
      ]);
      const [a, b] = [names.address(network, receiver), names.address(network, sender)];
      return `${a} ${b} ${expressionText({ ...writer, constants }, code.body)}`;
    }),
  );
  return `(${head} ${texts.toSorted().join(" ")})`;
};

/** No local has this number. */
const unusedLocal = -1_000_000;

const unrolledMost = 16;

/** Written out value by value, so that places chosen by the local get their names. */
const quantifierText = (writer: Writer, code: Of<"quantifier">): string => {
  const { quantifier, local, low, high, body } = code;
  if (high - low >= unrolledMost) {
    const name = localText(writer, local);
    return `(${quantifier} ${name} ${low} ${high} ${expressionText(writer, body)})`;
  }
  const texts = Array.from({ length: high - low + 1 }, (_, at) => {
    const constants = new Map([...writer.constants, [local, low + at] as const]);
    return expressionText({ ...writer, constants }, body);
  });
  return `(${quantifier} ${(isSafe(writer, body, local, low, high) ? texts.toSorted() : texts).join(" ")})`;
};

/** Elements at the values of a local that all lie inside cannot fail. */
const isSafe = (
  writer: Writer,
  code: Expression,
  local: LocalId,
  low: number,
  high: number,
): boolean => {
  if (!canFail(code)) return true;
  const isInside = (it: Expression): boolean => isSafe(writer, it, local, low, high);
  if (code.kind === "element") {
    const { index, count } = code;
    return index.kind === "local" && index.local === local && low >= 0 && high < count;
  }
  if (code.kind === "not") return isInside(code.operand);
  return (
    code.kind === "binary" && code.site === undefined && isInside(code.left) && isInside(code.right)
  );
};

export const bodyText = (writer: Writer, body: readonly Statement[]): string =>
  `{${body.flatMap((it) => statementText(writer, it) ?? []).join(";")}}`;

/** Coverage and events that are never signalled say nothing. */
const statementText = (writer: Writer, it: Statement): string | undefined => {
  const text = (code: Expression): string => expressionText(writer, code);
  switch (it.kind) {
    case "assign": {
      const { target, value, check } = it;
      const range = check === undefined ? "" : `${check.low}..${check.high}`;
      const place =
        target.kind === "variable"
          ? `v${writer.names.variable(target.variable)}`
          : elementText(writer, { ...target, kind: "element", of: "variable" });
      return `${place} := ${text(value)} ${range}`;
    }
    case "let":
      return `let ${text(it.value)} ${localText(writer, it.local)}`;
    case "send":
      return `send ${it.network} ${it.values.map((code, at) => sentText(writer, it.network, code, at)).join(" ")}`;
    case "signal":
      if (valueOf(it.when, knownIn(writer)) === 0) return undefined;
      return `signal ${writer.names.event(it.event)} ${text(it.when)}`;
    case "if": {
      const condition = valueOf(it.condition, knownIn(writer));
      if (condition !== undefined) {
        return bodyText(writer, condition === 0 ? it.otherwise : it.then);
      }
      const [then, otherwise] = [it.then, it.otherwise].map((body) => bodyText(writer, body));
      return `if ${text(it.condition)} ${then} ${otherwise}`;
    }
    case "require":
      return `require ${text(it.condition)} ${errorText(writer, it.site)}`;
    case "choose": {
      const local = localText(writer, it.local);
      return `choose ${local} ${it.low} ${it.high} ${it.guard === undefined ? "" : text(it.guard)}`;
    }
    case "either":
      return `either ${it.branches.map((body) => bodyText(writer, body)).join(" ")}`;
    case "block":
      return `block ${localText(writer, -1 - it.label)} ${bodyText(writer, it.body)}`;
    case "exit":
      return `exit ${localText(writer, -1 - it.label)}`;
    case "disable":
      return "disable";
    case "mark":
      return undefined;
  }
};

/** An address that is not a constant cannot be renamed: its text equals no other. */
const sentText = (writer: Writer, network: number, code: Expression, position: number): string => {
  const { core, address } = writer.names;
  const first = core.networks[network]?.lifetime === undefined ? 0 : 1;
  const isAddress = position >= first && position < envelopeLength(core, network);
  if (!isAddress) return expressionText(writer, code);
  const value = valueOf(code, knownIn(writer));
  return value === undefined ? unlike() : String(address(network, value));
};

let unnamed = 0;

/** A text that equals no other. */
const unlike = (): string => {
  unnamed += 1;
  return `?${unnamed}`;
};
