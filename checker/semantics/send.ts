// The rules of `send`: the message, the addresses, the age.

import type * as ast from "../syntax/index.ts";
import { findNetwork } from "./networks.ts";
import { misplacedAge, wrongAddress } from "./rules-diagnostics.ts";
import { errorType, type Scope, type Session } from "./session.ts";
import type { Body } from "./statements.ts";
import { sameType } from "./type-layout.ts";
import type { NetworkSymbol } from "./typed-program.ts";

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
  checkAddresses(session, statement, network, scope);
  checkAge(session, statement, network, scope, body);
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
