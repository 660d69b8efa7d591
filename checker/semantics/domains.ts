// What `for`, `choose`, quantifiers and comprehensions range over.

import type * as ast from "../syntax/index.ts";
import { constantInteger, requireCountable } from "./denote.ts";
import { hiddenNetwork } from "./rules-diagnostics.ts";
import { bind, deadScope, findMeaning, isKnown } from "./scope.ts";
import { errorType, type Scope, type Session } from "./session.ts";
import { countOf, typeName } from "./type-layout.ts";
import type { DomainMeaning } from "./typed-program.ts";
import type { Type } from "./types.ts";
import { wrongType } from "./types-diagnostics.ts";

const errorDomain: DomainMeaning = { kind: "error" };

/** The meaning of a domain; kept for `TypedProgram.domainOf`. */
export const denoteDomain = (session: Session, domain: ast.Domain, scope: Scope): DomainMeaning => {
  const before = session.facts.domains.get(domain);
  if (before !== undefined) return before;
  const meaning = denoteKind(session, domain, scope);
  session.facts.domains.set(domain, meaning);
  return meaning;
};

const denoteKind = (session: Session, domain: ast.Domain, scope: Scope): DomainMeaning => {
  switch (domain.kind) {
    case "type-domain":
      return valuesOfType(session, session.denote(domain.type), domain);
    case "range-domain": {
      const low = constantInteger(session, domain.low, "the bound of a domain", scope);
      const high = constantInteger(session, domain.high, "the bound of a domain", scope);
      if (low === undefined || high === undefined) return errorDomain;
      return valuesOfType(session, { kind: "int", low, high }, domain);
    }
    case "expression-domain":
      return denoteExpression(session, domain.value, domain, scope);
  }
};

const valuesOfType = (session: Session, type: Type, domain: ast.Domain): DomainMeaning =>
  requireCountable(session, type, "a domain", domain.span) ? { kind: "values", type } : errorDomain;

const denoteExpression = (
  session: Session,
  value: ast.Expression,
  domain: ast.Domain,
  scope: Scope,
): DomainMeaning => {
  const meaning = value.kind === "name" ? findMeaning(session, value.name, scope) : undefined;
  if (value.kind === "name" && meaning?.kind === "global") {
    const { kind } = meaning.global;
    if (kind === "enum" || kind === "type" || kind === "record" || kind === "message") {
      return valuesOfType(session, session.namedType(value.name, value.span), domain);
    }
    if (kind === "network") {
      const network = session.network(value.name);
      if (scope.place !== "property") {
        session.report(hiddenNetwork(value.span, { network: value.name }));
        return errorDomain;
      }
      return network === undefined ? errorDomain : { kind: "segments", network };
    }
  }
  const type = session.infer(value, scope);
  if (type.kind === "set") return { kind: "members", type: type.element, set: value };
  if (isKnown(type)) {
    const expected = "a type, a range, a network or a set";
    session.report(wrongType(value.span, { expected, found: typeName(type) }));
  }
  return errorDomain;
};

/** Binds the name that runs through a domain. Over an empty domain the body never runs. */
export const bindDomain = (
  session: Session,
  declared: ast.Name,
  domain: ast.Domain,
  scope: Scope,
): { readonly meaning: DomainMeaning; readonly inner: Scope } => {
  const meaning = session.domain(domain, scope);
  if (meaning.kind === "error") {
    const inner = bind(session, scope, { declared, type: errorType, role: "binder" });
    return { meaning, inner };
  }
  if (meaning.kind === "segments") {
    const { network } = meaning;
    const local = { declared, type: network.message, role: "segment", network } as const;
    return { meaning, inner: bind(session, scope, local) };
  }
  const { type } = meaning;
  const isEmpty = countOf(type) === 0;
  const shown: Type = isEmpty && type.kind === "int" ? { ...type, high: type.low } : type;
  const inner = bind(session, scope, { declared, type: shown, role: "binder" });
  return { meaning, inner: isEmpty ? deadScope(inner) : inner };
};
