// The rules of `send`: the message with all its ghosts, the addresses, the age.

import type * as ast from "../syntax/index.ts";
import { ghostLeftOut } from "./ghosts-diagnostics.ts";
import { findNetwork } from "./networks.ts";
import { misplacedAge, wrongAddress } from "./rules-diagnostics.ts";
import { errorType, type Scope, type Session } from "./session.ts";
import type { Body } from "./statements.ts";
import { sameType } from "./type-layout.ts";
import type { NetworkSymbol } from "./typed-program.ts";
import type { RecordType } from "./types.ts";

type Send = Extract<ast.Statement, { kind: "send" }>;

export const checkSend = (session: Session, statement: Send, scope: Scope, body: Body): void => {
  const network = findNetwork(session, statement.network);
  if (network === undefined) {
    for (const part of [statement.value, statement.to, statement.from, statement.age]) {
      if (part !== undefined) session.check(part, errorType, scope);
    }
    return;
  }
  const isMessageKnown = network.message.name !== "";
  session.check(statement.value, isMessageKnown ? network.message : errorType, scope);
  requireGhosts(session, statement.value, network.message);
  checkAddresses(session, statement, network, scope);
  checkAge(session, statement, network, scope, body);
};

/** A literal that is sent gives every ghost field that exists in it. */
const requireGhosts = (session: Session, value: ast.Expression, message: RecordType): void => {
  if (value.kind === "if") {
    requireGhosts(session, value.then, message);
    requireGhosts(session, value.otherwise, message);
  }
  if (value.kind === "match") {
    for (const { body } of value.arms) requireGhosts(session, body, message);
  }
  if (value.kind !== "record") return;
  const given = new Set(value.fields.map(({ name }) => name.text));
  const fields = message.fields
    .filter(
      ({ ghost, name, when }) =>
        ghost && !given.has(name) && (when === undefined || given.has(when)),
    )
    .map(({ name }) => name);
  if (fields.length > 0) session.report(ghostLeftOut(value.span, { fields }));
};

const checkAddresses = (
  session: Session,
  statement: Send,
  { between, name }: NetworkSymbol,
  scope: Scope,
): void => {
  const { to, from, network } = statement;
  if (between === undefined) {
    for (const part of [to, from]) {
      if (part === undefined) continue;
      session.check(part, errorType, scope);
      session.report(wrongAddress(part.span, { reason: `\`${name}\` has no addresses` }));
    }
    return;
  }
  if (to === undefined) {
    const reason = `a send into \`${name}\` needs an address`;
    session.report(wrongAddress(network.span, { reason, help: "write `send … to …`" }));
  } else session.check(to, between, scope);
  if (from !== undefined) {
    session.check(from, between, scope);
    return;
  }
  const index = scope.process?.symbol.index;
  if (index !== undefined && sameType(index.type, between)) return;
  const reason = `nothing says from where this is sent into \`${name}\``;
  session.report(wrongAddress(network.span, { reason, help: "write `send … from … to …`" }));
};

const checkAge = (
  session: Session,
  { age }: Send,
  { lifetime, name }: NetworkSymbol,
  scope: Scope,
  body: Body,
): void => {
  if (age === undefined) return;
  if (body.kind !== "init") {
    session.check(age, errorType, scope);
    session.report(misplacedAge(age.span, { reason: "only `init` sends segments that have aged" }));
  } else if (lifetime === undefined) {
    session.check(age, errorType, scope);
    const reason = `segments of \`${name}\` have no age: it declares no \`lifetime\``;
    session.report(misplacedAge(age.span, { reason }));
  } else session.check(age, { kind: "int", low: 0, high: lifetime }, scope);
};
