// No function or procedure calls itself: all are inlined.

import type * as ast from "../syntax/index.ts";
import { recursion } from "./rules-diagnostics.ts";
import type { Callee, Session } from "./session.ts";
import { ownExpressions, visitExpressions, visitStatements } from "./walk-code.ts";

type Routine = Callee["bodies"][number];

/** Reports every circle of calls once, at the routine of it that is declared first. */
export const checkCallCycles = (session: Session): void => {
  const finished = new Set<Routine>();
  const open: Routine[] = [];
  const visit = (routine: Routine): void => {
    if (finished.has(routine)) return;
    const position = open.indexOf(routine);
    if (position >= 0) {
      const cycle = [...open.slice(position), routine].map(({ name }) => name.text);
      session.report(recursion(routine.name.span, { cycle }));
      return;
    }
    open.push(routine);
    for (const called of callsOf(session, routine)) visit(called);
    open.pop();
    finished.add(routine);
  };
  for (const routine of routinesOf(session)) visit(routine);
};

const routinesOf = (session: Session): readonly Routine[] =>
  session.modules.list.flatMap(({ tree }) =>
    tree.declarations.flatMap((it): readonly Routine[] => {
      if (it.kind === "fn" || it.kind === "proc") return [it];
      if (it.kind !== "process" && it.kind !== "extend") return [];
      return it.members.filter((member) => member.kind === "fn" || member.kind === "proc");
    }),
  );

const callsOf = ({ facts }: Session, routine: Routine): readonly Routine[] => {
  const called = new Set<Routine>();
  const note = (node: ast.Expression | ast.Statement): void => {
    for (const it of facts.callees.get(node)?.bodies ?? []) called.add(it);
  };
  if (routine.body === undefined) return [];
  if (routine.kind === "fn") visitExpressions(routine.body, note);
  else {
    visitStatements(routine.body, (statement) => {
      note(statement);
      for (const it of ownExpressions(statement)) visitExpressions(it, note);
    });
  }
  return [...called];
};
