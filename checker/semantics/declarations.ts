// Asks for every declaration of a program, so that each is checked also where nothing uses it.

import type * as ast from "../syntax/index.ts";
import { tooManyScalars } from "./limits-diagnostics.ts";
import { largestState } from "./denote.ts";
import { wrongKindOfName } from "./names-diagnostics.ts";
import { checkSignature, functionSymbol, indexScope, procedureSymbol } from "./processes.ts";
import { constantScope, deadScope, describe, findMeaning, reportUnknown } from "./scope.ts";
import { boolType, type Global, type Session } from "./session.ts";
import { sizeOf, typeName } from "./type-layout.ts";
import { wrongType } from "./types-diagnostics.ts";

export const checkDeclarations = (session: Session): void => {
  for (const global of session.globals.values()) checkGlobal(session, global);
  for (const { tree } of session.modules.list) {
    for (const declaration of tree.declarations) {
      if (declaration.kind === "extend") checkExtend(session, declaration);
      if (declaration.kind === "assume") {
        session.check(declaration.condition, boolType, deadScope(constantScope));
      }
    }
  }
  checkSize(session);
};

const checkGlobal = (session: Session, global: Global): void => {
  const { text, span } = global.declared;
  switch (global.kind) {
    case "const":
      session.constant(text, span);
      return;
    case "enum":
    case "type":
    case "record":
    case "message":
      session.namedType(text, span);
      return;
    case "network":
      session.network(text);
      return;
    case "event":
      session.event(text);
      return;
    case "var":
      session.variable(global.declared);
      return;
    case "clock": {
      const { type } = global.declaration;
      const denoted = session.denote(type);
      if (denoted.kind === "mod" || denoted.kind === "error") return;
      session.report(wrongType(type.span, { expected: "mod N", found: typeName(denoted) }));
      return;
    }
    case "fn": {
      const [hook, body] = global.declarations.map((it) => functionSymbol(session, it));
      if (hook !== undefined && body !== undefined) checkSignature(session, hook, body);
      return;
    }
    case "proc": {
      const [hook, body] = global.declarations.map((it) => procedureSymbol(session, it));
      if (hook !== undefined && body !== undefined) checkSignature(session, hook, body);
      return;
    }
    case "process":
      session.process(text);
      return;
    case "member":
    case "bound":
    case "property":
  }
};

const checkExtend = (session: Session, { process, when }: ast.DeclarationOf<"extend">): void => {
  if (process.text === "") return;
  const meaning = findMeaning(session, process.text, constantScope);
  if (meaning?.kind === "global" && meaning.global.kind === "process") {
    const entry = session.process(process.text);
    // Without instances nobody has asked for the condition.
    if (entry !== undefined && when !== undefined && !session.facts.types.has(when)) {
      session.check(when, boolType, indexScope(entry.symbol));
    }
    return;
  }
  if (meaning === undefined) reportUnknown(session, process, constantScope);
  else {
    const facts = { name: process.text, found: describe(meaning), expected: "a process" };
    session.report(wrongKindOfName(process.span, facts));
  }
};

/** The variables must be few enough to be packed; networks are judged where they are packed. */
const checkSize = (session: Session): void => {
  let count = 0;
  let largest: { readonly declared: ast.Name; readonly size: number } | undefined;
  const add = (declared: ast.Name, size: number): void => {
    count += size;
    if (size > (largest?.size ?? 0)) largest = { declared, size };
  };
  for (const global of session.globals.values()) {
    const { declared } = global;
    if (global.kind === "var") add(declared, sizeOf(session.variable(declared).type));
    if (global.kind !== "process") continue;
    for (const { symbol, instances } of session.process(declared.text)?.groups ?? []) {
      for (const it of symbol.variables) add(it.declared, instances.size * sizeOf(it.type));
      for (const it of symbol.timers) add(it, instances.size);
    }
  }
  if (count <= largestState || largest === undefined) return;
  const facts = { what: "the state, most of it here,", count };
  session.report(tooManyScalars(largest.declared.span, facts));
};
