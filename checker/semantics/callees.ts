// Whom a call means: a function or procedure of the process, or a global one, with all its bodies.

import type * as ast from "../syntax/index.ts";
import { functionSymbol, procedureSymbol } from "./processes.ts";
import type { Callee, ProcessEntry, Scope, Session } from "./session.ts";
import type { FunctionSymbol, ProcedureSymbol } from "./typed-program.ts";

/**
 * A hook stands for all its bodies: which one an instance has is decided when instances are made.
 */
export const findCallee = (session: Session, name: string, scope: Scope): Callee | undefined => {
  const member = scope.group?.members.get(name);
  if (member !== undefined && scope.process !== undefined) {
    if (member.kind !== "fn" && member.kind !== "proc") return undefined;
    return toCallee(member.symbol, memberBodies(scope.process, name));
  }
  const global = session.globals.get(name);
  if (global?.kind === "fn") {
    const [first] = global.declarations;
    return first && toCallee(functionSymbol(session, first), global.declarations);
  }
  if (global?.kind === "proc") {
    const [first] = global.declarations;
    return first && toCallee(procedureSymbol(session, first), global.declarations);
  }
  return undefined;
};

const toCallee = (symbol: FunctionSymbol | ProcedureSymbol, bodies: Callee["bodies"]): Callee => ({
  name: symbol.name,
  declared: symbol.declaration.name,
  parameters: symbol.parameters,
  ...("result" in symbol ? { result: symbol.result } : {}),
  bodies,
});

const memberBodies = (
  { groups }: ProcessEntry,
  name: string,
): readonly (ast.FunctionDeclaration | ast.ProcedureDeclaration)[] =>
  groups.flatMap(({ symbol }) =>
    [...symbol.functions, ...symbol.procedures]
      .filter((it) => it.name === name)
      .map(({ declaration }) => declaration),
  );
