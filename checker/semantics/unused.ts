// Warnings: what is declared and never used, and ghosts that serve no property.

import type * as ast from "../syntax/index.ts";
import { unreadGhost, unused } from "./ghosts-diagnostics.ts";
import { codeOf, processesOf } from "./program-code.ts";
import type { Global, Session } from "./session.ts";
import { ownExpressions, receiveBlocks, visitExpressions, visitStatements } from "./walk-code.ts";

export const checkUnused = (session: Session): void => {
  useInSettings(session);
  for (const global of session.globals.values()) {
    const what = globalKinds[global.kind];
    if (what !== undefined) reportUnused(session, global.declared, what);
  }
  for (const { groups } of processesOf(session)) {
    for (const { symbol, members } of groups) {
      for (const member of members.values()) {
        if (member.body === symbol)
          reportUnused(session, member.declared, memberKinds[member.kind]);
      }
    }
  }
  for (const name of session.facts.lets) reportUnused(session, name, "`let`");
  reportUnreadGhosts(session);
};

/** A `set` refers to what it mentions, also where a check gives the constant another value. */
const useInSettings = (session: Session): void => {
  for (const { tree } of session.modules.list) {
    for (const it of tree.declarations) {
      if (it.kind !== "set") continue;
      visitExpressions(it.override.value, (expression) => {
        if (expression.kind !== "name") return;
        const global = session.globals.get(expression.name);
        if (global !== undefined) session.use(global.declared);
      });
    }
  }
};

const globalKinds: Partial<Record<Global["kind"], string>> = {
  const: "constant",
  type: "type",
  enum: "enum",
  record: "record",
  message: "message",
  event: "event",
  fn: "function",
  proc: "procedure",
  var: "variable",
  network: "network",
};

const memberKinds = { var: "variable", timer: "timer", fn: "function", proc: "procedure" } as const;

/** What the package ships is used in part by most; its own tests look at it as a whole. */
const isExempt = ({ text, span }: ast.Name): boolean =>
  text.startsWith("_") || span.file.startsWith("timewait:");

const reportUnused = (session: Session, declared: ast.Name, what: string): void => {
  if (session.isUsed(declared) || isExempt(declared) || !session.modules.isComplete) return;
  session.report(unused(declared.span, { what, name: declared.text }));
};

const reportUnreadGhosts = (session: Session): void => {
  const read = new Set(session.facts.readGhosts);
  const own = selfReads(session);
  for (const [expression, declared] of session.facts.ghostSources) {
    if (!own.has(expression)) read.add(declared);
  }
  for (const declared of ghostsOf(session)) {
    if (read.has(declared) || isExempt(declared) || !session.isUsed(declared)) continue;
    session.report(unreadGhost(declared.span, { name: declared.text }));
  }
};

/** Ghost variables and ghost fields; a field counts as used when its record is. */
const ghostsOf = (session: Session): readonly ast.Name[] => {
  const ghosts: ast.Name[] = [];
  for (const global of session.globals.values()) {
    if (global.kind === "var" && global.declaration.ghost) ghosts.push(global.declared);
    if (global.kind !== "record" && global.kind !== "message") continue;
    if (!session.isUsed(global.declared)) continue;
    for (const { ghost, names } of global.declaration.fields) {
      for (const name of ghost ? names : []) {
        session.use(name);
        ghosts.push(name);
      }
    }
  }
  for (const { groups } of processesOf(session)) {
    for (const { symbol } of groups) {
      ghosts.push(...symbol.variables.filter(({ ghost }) => ghost).map((it) => it.declared));
    }
  }
  return ghosts;
};

/** Reads of a ghost that only compute its own next value, and the targets of assignments. */
const selfReads = (session: Session): ReadonlySet<ast.Expression> => {
  const reads = new Set<ast.Expression>();
  const { ghostSources } = session.facts;
  for (const { declaration } of codeOf(session)) {
    if (declaration.kind === "fn") continue;
    for (const block of blocksOf(declaration)) {
      visitStatements(block, (statement) => {
        if (statement.kind !== "assign") return;
        const targets = new Set<ast.Name>();
        visitExpressions(statement.target, (it) => {
          const declared = ghostSources.get(it);
          if (declared !== undefined) targets.add(declared);
        });
        for (const own of ownExpressions(statement)) {
          visitExpressions(own, (it) => {
            const declared = ghostSources.get(it);
            if (declared !== undefined && targets.has(declared)) reads.add(it);
          });
        }
      });
    }
  }
  return reads;
};

const blocksOf = (
  declaration: Exclude<ReturnType<typeof codeOf>[number]["declaration"], ast.FunctionDeclaration>,
): readonly ast.Block[] => {
  if (declaration.kind === "receive") return receiveBlocks(declaration);
  return declaration.body === undefined ? [] : [declaration.body];
};
