// Follows code from statement to statement: which flags hold where, and what is never reached.

import type * as ast from "../syntax/index.ts";
import { checkUses, underArm } from "./field-flow.ts";
import { assume, forget, meet, nothingKnown, pathOf, rebind, type Known } from "./known-flags.ts";
import { codeOf, type Code } from "./program-code.ts";
import { neverRuns } from "./rules-diagnostics.ts";
import type { Session } from "./session.ts";
import { ownExpressions, visitStatements } from "./walk-code.ts";

interface Flow {
  readonly session: Session;
  /** Whether a name is neither a variable of the model nor a process. */
  readonly isLocal: (name: string) => boolean;
  /** The process that the code belongs to: its variables have two names, `x` and `p[i].x`. */
  readonly process: string | undefined;
}

/** The name of a process's control state in its own code; `->` changes it. */
const controlState = "state";

/** Follows all code and all properties. */
export const checkCodeFlow = (session: Session): void => {
  for (const code of codeOf(session)) followCode(session, code);
  for (const { tree } of session.modules.list) {
    for (const declaration of tree.declarations) {
      for (const it of conditionsOf(declaration)) checkUses(session, it, nothingKnown);
    }
  }
};

/** The expressions of a declaration that is no code. */
const conditionsOf = (it: ast.Declaration): readonly ast.Expression[] => {
  if (it.kind === "const") return [it.value];
  if (it.kind === "never") return it.when === undefined ? [] : [it.when];
  if (it.kind === "reachable") return it.when === undefined ? [it.subject] : [it.subject, it.when];
  if (it.kind === "recoverable") return [it.from, it.to];
  const isCondition =
    it.kind === "assume" || it.kind === "invariant" || it.kind === "bound" || it.kind === "final";
  return isCondition ? [it.condition] : [];
};

const followCode = (session: Session, { declaration, process, group }: Code): void => {
  const flow: Flow = {
    session,
    isLocal: (name) =>
      name !== controlState && !session.globals.has(name) && group?.members.has(name) !== true,
    process: process?.declared.text,
  };
  switch (declaration.kind) {
    case "fn":
      if (declaration.body !== undefined) checkUses(session, declaration.body, nothingKnown);
      return;
    case "rule": {
      const { guard, body } = declaration;
      if (guard !== undefined) checkUses(session, guard, nothingKnown);
      followBlock(flow, body, guard ? assume(nothingKnown, guard, true) : nothingKnown);
      return;
    }
    case "receive":
      followReceive(flow, declaration);
      return;
    case "proc":
    case "expire":
    case "init":
      if (declaration.body !== undefined) followBlock(flow, declaration.body, nothingKnown);
  }
};

const followReceive = (flow: Flow, { body }: ast.ReceiveDeclaration): void => {
  if (body.kind === "cases") {
    const { remaining } = followCases(flow, body.cases, nothingKnown);
    if (body.tail.kind === "else") followBlock(flow, body.tail.body, remaining);
    return;
  }
  let known: Known | undefined = nothingKnown;
  for (const { cases, otherwise } of body.stages) {
    // A stage that no segment reaches is looked at all the same.
    const { exit, remaining } = followCases(flow, cases, known ?? nothingKnown);
    const last = otherwise === undefined ? remaining : followBlock(flow, otherwise, remaining);
    known = meet(exit, last);
  }
};

interface AfterCases {
  /** Where a case was taken and has not ended. */
  readonly exit: Known | undefined;
  /** Where no case was taken. */
  readonly remaining: Known;
}

const followCases = (flow: Flow, cases: readonly ast.Case[], before: Known): AfterCases => {
  let exit: Known | undefined;
  let remaining = before;
  for (const { guard, body } of cases) {
    checkUses(flow.session, guard, remaining);
    exit = meet(exit, followBlock(flow, body, assume(remaining, guard, true)));
    remaining = assume(remaining, guard, false);
  }
  return { exit, remaining };
};

/** What is known after a block; undefined when its end is never reached. */
const followBlock = (flow: Flow, block: ast.Block, before: Known): Known | undefined => {
  let known = before;
  for (const [position, statement] of block.statements.entries()) {
    const after = followStatement(flow, statement, known);
    if (after !== undefined) {
      known = after;
      continue;
    }
    const next = block.statements[position + 1];
    if (next !== undefined) {
      flow.session.report(neverRuns(next.span, { after: statement.span }));
    }
    return undefined;
  }
  return known;
};

const followStatement = (flow: Flow, statement: ast.Statement, known: Known): Known | undefined => {
  for (const it of ownExpressions(statement)) {
    if (statement.kind !== "choose" || it !== statement.guard) checkUses(flow.session, it, known);
  }
  switch (statement.kind) {
    case "done":
    case "defer":
    case "reprocess":
      return undefined;
    case "assert":
      return assume(known, statement.condition, true);
    case "assign":
      return afterAssign(flow, statement, known);
    case "call":
      return forget(known, (name) => !flow.isLocal(name));
    case "if":
    case "match":
    case "for":
    case "choose":
    case "either":
      return followCompound(flow, statement, known);
    case "let":
      return rebind(known, statement.name.text);
    case "go":
      return forget(known, (name) => name === controlState || name === flow.process);
    case "send":
    case "start":
    case "stop":
    case "emit":
    case "missing":
      return known;
  }
};

type Of<Kind extends ast.Statement["kind"]> = Extract<ast.Statement, { kind: Kind }>;

const followCompound = (
  flow: Flow,
  statement: Of<"if" | "match" | "for" | "choose" | "either">,
  known: Known,
): Known | undefined => {
  switch (statement.kind) {
    case "if": {
      const { condition, then, otherwise } = statement;
      const not = assume(known, condition, false);
      const first = followBlock(flow, then, assume(known, condition, true));
      return meet(first, otherwise === undefined ? not : followBlock(flow, otherwise, not));
    }
    case "match": {
      const ends = statement.arms.map(({ body }, position) =>
        followBlock(flow, body, underArm(known, statement, position)),
      );
      return ends.length === 0 ? known : ends.reduce(meet);
    }
    case "for": {
      const lasting = forget(known, changedIn(flow, statement.body));
      const inner = rebind(lasting, statement.binder.text);
      followBlock(flow, statement.body, inner);
      return inner;
    }
    case "choose": {
      const { guard, body, binder } = statement;
      const inner = rebind(known, binder.text);
      if (guard !== undefined) checkUses(flow.session, guard, inner);
      return followBlock(flow, body, guard ? assume(inner, guard, true) : inner);
    }
    case "either":
      return statement.branches.map((branch) => followBlock(flow, branch, known)).reduce(meet);
  }
};

const rootOf = (target: ast.Expression): string | undefined => pathOf(target)?.names[0];

/** The names whose values a loop may change between its rounds. */
const changedIn = (flow: Flow, block: ast.Block): ((name: string) => boolean) => {
  const roots = new Set<string | undefined>();
  let calls = false;
  visitStatements(block, (statement) => {
    if (statement.kind === "assign") roots.add(rootOf(statement.target));
    if (statement.kind === "go") roots.add(controlState);
    if (statement.kind === "call") calls = true;
  });
  if (roots.size > 0 && flow.process !== undefined) roots.add(flow.process);
  return (name) => roots.has(name) || roots.has(undefined) || (calls && !flow.isLocal(name));
};

/** Whether two names may stand for one variable: those of a process can also be reached by its own. */
const mayBe = (flow: Flow, name: string, root: string | undefined): boolean => {
  if (name === root) return true;
  const { process, isLocal } = flow;
  return (name === process || root === process) && process !== undefined && !isLocal(name);
};

/** An assignment forgets what was known of its variable, and may set flags itself. */
const afterAssign = (
  flow: Flow,
  { target, value, operator }: Of<"assign">,
  known: Known,
): Known => {
  const root = rootOf(target);
  const left = forget(
    known,
    (name) => name === root || name === flow.process || root === undefined,
  );
  const path = pathOf(target);
  if (path === undefined || operator !== "=") return left;
  const [, ...indexNames] = path.names;
  // Another element may be meant once the index itself has changed.
  if (indexNames.some((name) => mayBe(flow, name, root))) return left;
  const set = (key: string): void => void after.set(key, path.names);
  const after = new Map(left);
  if (value.kind === "boolean" && value.value) set(path.key);
  if (value.kind === "record") {
    for (const { name, value: given } of value.fields) {
      if (given === undefined || (given.kind === "boolean" && given.value)) {
        set(`${path.key}.${name.text}`);
      }
    }
  }
  return after;
};
