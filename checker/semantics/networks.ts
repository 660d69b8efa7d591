// Networks and events: their clauses under a configuration, and who receives from which.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { requireEnumerable } from "./denote.ts";
import { wrongKindOfName } from "./names-diagnostics.ts";
import { reservedField, whichNetwork, wrongReceiver } from "./rules-diagnostics.ts";
import { constantScope, deadScope, describe, findMeaning, reportUnknown } from "./scope.ts";
import { errorType, type ProcessEntry, type Session } from "./session.ts";
import { fieldOf, sameType, typeName } from "./type-layout.ts";
import type { NetworkSymbol } from "./typed-program.ts";
import type { RecordType, Type } from "./types.ts";
import { neverFits } from "./types-diagnostics.ts";

const largestCapacity = 65535;
const largestAge = 65535;

/** A network whose message is an error still has a name and can be sent to. */
const noMessage: RecordType = { kind: "record", name: "", isMessage: true, fields: [] };

export const buildNetwork = (
  session: Session,
  declaration: ast.NetworkDeclaration,
): NetworkSymbol => {
  const { name, full, reorder } = declaration;
  const message = messageOf(session, declaration.message) ?? noMessage;
  const between = declaration.between && session.denote(declaration.between);
  if (declaration.between !== undefined && between !== undefined) {
    requireEnumerable(session, between, "an address", declaration.between.span);
  }
  const lifetime =
    declaration.lifetime && clause(session, declaration.lifetime, "a lifetime", 0, largestAge);
  const capacity =
    declaration.capacity && clause(session, declaration.capacity, "a capacity", 1, largestCapacity);
  const symbol: NetworkSymbol = {
    name: name.text,
    message,
    ...(between === undefined ? {} : { between }),
    capacity: capacity ?? 1,
    full,
    ...(lifetime === undefined ? {} : { lifetime }),
    loss: budget(session, declaration.loss),
    duplication: budget(session, declaration.duplication),
    reorder,
    declaration,
  };
  checkReserved(session, symbol, declaration.message.span);
  return symbol;
};

const messageOf = (session: Session, name: ast.Name): RecordType | undefined => {
  if (name.text === "") return undefined;
  const meaning = findMeaning(session, name.text, constantScope);
  if (meaning === undefined) {
    reportUnknown(session, name, constantScope);
    return undefined;
  }
  if (meaning.kind === "global" && meaning.global.kind === "message") {
    const type = session.namedType(name.text, name.span);
    return type.kind === "record" ? type : undefined;
  }
  const facts = { name: name.text, found: describe(meaning), expected: "a message" };
  session.report(wrongKindOfName(name.span, facts));
  return undefined;
};

/** The value of a number in a network declaration; the least one when it is wrong. */
const clause = (
  session: Session,
  expression: ast.Expression,
  what: string,
  low: number,
  high: number,
): number => {
  const range: Type = { kind: "int", low, high };
  const any: Type = { kind: "int", low: -Infinity, high: Infinity };
  const type = session.check(expression, any, deadScope(constantScope));
  const value = type.kind === "error" ? undefined : session.demand(expression, what)?.scalars[0];
  if (value === undefined) return low;
  if (value >= low && value <= high) return value;
  session.report(neverFits(expression.span, { expected: typeName(range), found: String(value) }));
  return low;
};

const budget = (session: Session, { kind, ...rest }: ast.Budget): "none" | "any" | number =>
  kind !== "budget" || !("value" in rest)
    ? kind === "any"
      ? "any"
      : "none"
    : clause(session, rest.value, "a budget", 0, largestAge);

const checkReserved = (session: Session, network: NetworkSymbol, span: Span): void => {
  const reserved = [
    ...(network.between === undefined ? [] : ["to", "from"]),
    ...(network.lifetime === undefined ? [] : ["age"]),
  ];
  for (const field of reserved) {
    if (fieldOf(network.message, field) === undefined) continue;
    session.report(reservedField(span, { field, network: network.name }));
  }
};

/** Resolves the name of a network; what is no network is reported. */
export const findNetwork = (session: Session, name: ast.Name): NetworkSymbol | undefined => {
  if (name.text === "") return undefined;
  const meaning = findMeaning(session, name.text, constantScope);
  if (meaning === undefined) {
    reportUnknown(session, name, constantScope);
    return undefined;
  }
  if (meaning.kind === "global" && meaning.global.kind === "network") {
    return session.network(name.text);
  }
  const facts = { name: name.text, found: describe(meaning), expected: "a network" };
  session.report(wrongKindOfName(name.span, facts));
  return undefined;
};

/** The network a handler receives from: the named one, or the only one that fits its process. */
export const receivedNetwork = (
  session: Session,
  receive: ast.ReceiveDeclaration,
  process: ProcessEntry,
): NetworkSymbol | undefined => {
  const address = process.symbol.index?.type;
  if (receive.network !== undefined) {
    const network = findNetwork(session, receive.network);
    const reason = network && misfit(network, address);
    if (network === undefined || reason === undefined) return network;
    session.report(wrongReceiver(receive.network.span, { network: network.name, reason }));
    return undefined;
  }
  const networks = [...session.globals.values()]
    .filter((it) => it.kind === "network")
    .flatMap(({ declared }) => session.network(declared.text) ?? []);
  const [only] = networks;
  if (networks.length === 1 && only !== undefined) {
    const reason = misfit(only, address);
    if (reason === undefined) return chosen(session, only);
    session.report(wrongReceiver(receive.message.span, { network: only.name, reason }));
    return undefined;
  }
  const fitting = networks.filter((it) => misfit(it, address) === undefined);
  if (fitting.length === 1) return chosen(session, fitting[0]);
  const candidates = fitting.map(({ name }) => name);
  session.report(whichNetwork(receive.message.span, { candidates }));
  return undefined;
};

const chosen = (session: Session, network: NetworkSymbol | undefined): typeof network => {
  if (network !== undefined) session.use(network.declaration.name);
  return network;
};

/** Why a network cannot deliver to a process with this index; undefined when it can. */
const misfit = ({ between }: NetworkSymbol, index: Type | undefined): string | undefined => {
  if (between === undefined) {
    return index === undefined ? undefined : "it has no addresses to choose an instance by";
  }
  if (index === undefined)
    return `its addresses are ${typeName(between)}, and the process has no index`;
  if (sameType(between, index) || between === errorType) return undefined;
  return `its addresses are ${typeName(between)}, the index is ${typeName(index)}`;
};
