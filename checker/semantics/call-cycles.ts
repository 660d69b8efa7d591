// No function or procedure calls itself: all are inlined.

import type * as ast from "../syntax/index.ts";
import { tooDeep } from "./limits-diagnostics.ts";
import { recursion } from "./rules-diagnostics.ts";
import type { Callee, Session } from "./session.ts";
import { ownExpressions, visitExpressions, visitStatements } from "./walk-code.ts";

type Routine = Callee["bodies"][number];

const deepestCall = 64;

/**
 * Reports every circle of calls once, where it is found first, and calls that are too deep. False:
 * the calls cannot be followed.
 */
export const checkCallCycles = (session: Session): boolean => {
  const heights = new Map<Routine, number>();
  let isSound = true;
  for (const start of routinesOf(session)) {
    // The way from `start`, with the calls of each routine that are still to be followed.
    const path: { readonly routine: Routine; readonly rest: Routine[]; height: number }[] = [];
    const enter = (routine: Routine): void => {
      path.push({ routine, rest: [...callsOf(session, routine)].reverse(), height: 1 });
    };
    if (!heights.has(start)) enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        path.pop();
        heights.set(top.routine, top.height);
        const above = path.at(-1);
        if (above !== undefined) above.height = Math.max(above.height, top.height + 1);
        if (top.height === deepestCall + 1) {
          isSound = false;
          const facts = {
            what: `the calls of \`${top.routine.name.text}\` go`,
            limit: deepestCall,
          };
          session.report(tooDeep(top.routine.name.span, facts));
        }
        continue;
      }
      const known = heights.get(next);
      const position = path.findIndex(({ routine }) => routine === next);
      if (known !== undefined) top.height = Math.max(top.height, known + 1);
      else if (position < 0) enter(next);
      else {
        isSound = false;
        const cycle = [...path.slice(position).map(({ routine }) => routine), next];
        const names = cycle.map(({ name }) => name.text);
        session.report(recursion(next.name.span, { cycle: names }));
      }
    }
  }
  return isSound;
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
