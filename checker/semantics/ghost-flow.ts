// Ghost data influence nothing: non-interference of ghosts with the behaviour of the model.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import {
  carry,
  taintOf,
  taintOfDomain,
  taintSearch,
  type Taint,
  type Tainted,
  type TaintSearch,
} from "./ghost-taint.ts";
import { ghostDecides, ghostInfluences } from "./ghosts-diagnostics.ts";
import { codeOf } from "./program-code.ts";
import type { Callee, Session } from "./session.ts";
import { receiveBlocks } from "./walk-code.ts";
import { subexpressions } from "../syntax/index.ts";

interface Flow {
  readonly session: Session;
  readonly taints: TaintSearch;
  /** Procedures that were looked into, each with what was tainted. */
  readonly seen: Map<Callee["bodies"][number], Set<string>>;
}

/** What code runs under: taints of its locals, and the ghost that decides whether it runs. */
interface Context {
  readonly locals: Tainted;
  readonly decider: Taint | undefined;
}

const free: Context = { locals: new Map(), decider: undefined };

/**
 * Rules: a tainted value flows into ghosts and `emit` only; under a tainted condition there are
 * only ghost assignments and `emit`. Procedures are looked into at each call, with the taints of
 * that call.
 */
export const checkGhostFlow = (session: Session): void => {
  if (session.facts.ghostReads.size === 0) return;
  const flow: Flow = { session, taints: taintSearch(session), seen: new Map() };
  for (const { tree } of session.modules.list) {
    for (const it of tree.declarations) {
      if (it.kind === "bound") refuseGuard(flow, it.condition, "which states are explored");
    }
  }
  for (const { declaration } of codeOf(session)) {
    switch (declaration.kind) {
      case "rule":
        refuseGuard(flow, declaration.guard, "when this rule can happen");
        visitBlock(flow, declaration.body, free);
        break;
      case "receive":
        visitReceive(flow, declaration);
        break;
      case "expire":
      case "init":
        visitBlock(flow, declaration.body, free);
        break;
      case "proc":
        if (declaration.body !== undefined) visitBlock(flow, declaration.body, free);
        break;
      case "fn":
    }
  }
};

const influence = (flow: Flow, taint: Taint | undefined, into: string): void => {
  if (taint === undefined) return;
  const { ghost, notes } = taint;
  flow.session.report(ghostInfluences(taint.at, { ghost, into, notes }));
};

const decide = (flow: Flow, taint: Taint | undefined, what: string, effect?: Span): void => {
  if (taint === undefined) return;
  const { ghost } = taint;
  const note = effect && { message: "this would depend on it", span: effect };
  const notes = note === undefined ? taint.notes : [...taint.notes, note];
  flow.session.report(ghostDecides(taint.at, { ghost, what, notes }));
};

const refuseGuard = (flow: Flow, guard: ast.Expression | undefined, what: string): void => {
  if (guard !== undefined) decide(flow, taintOf(flow.taints, guard, new Map()), what);
};

/** Which case is taken is behaviour, whatever its body does: traces and coverage tell it. */
const visitReceive = (flow: Flow, receive: ast.ReceiveDeclaration): void => {
  const { body } = receive;
  const cases = body.kind === "cases" ? body.cases : body.stages.flatMap((it) => it.cases);
  for (const { guard, name } of cases) {
    refuseGuard(flow, guard, `whether the case \`${name.text}\` is taken`);
  }
  for (const block of receiveBlocks(receive)) visitBlock(flow, block, free);
};

const visitBlock = (flow: Flow, block: ast.Block, context: Context): void => {
  let inner = context;
  for (const statement of block.statements) inner = visitStatement(flow, statement, inner);
};

type Of<Kind extends ast.Statement["kind"]> = Extract<ast.Statement, { kind: Kind }>;

/** Gives the context of what follows. */
const visitStatement = (flow: Flow, statement: ast.Statement, context: Context): Context => {
  const of = (expression: ast.Expression | undefined): Taint | undefined =>
    expression && taintOf(flow.taints, expression, context.locals);
  const effect = (what: string): void => decide(flow, context.decider, what, statement.span);
  switch (statement.kind) {
    case "assign":
      visitAssign(flow, statement, context);
      return context;
    case "let": {
      const taint = of(statement.value);
      if (taint === undefined) return context;
      const { text } = statement.name;
      return { ...context, locals: new Map(context.locals).set(text, carry(taint, text)) };
    }
    case "send":
      effect("a send");
      influence(flow, of(statement.value), `a segment of \`${statement.network.text}\``);
      for (const it of [statement.to, statement.from]) influence(flow, of(it), "an address");
      influence(flow, of(statement.age), "an age");
      return context;
    case "start":
      effect("whether a timer starts");
      influence(flow, of(statement.ticks), "a timer");
      return context;
    case "assert":
      effect("an `assert`");
      influence(flow, of(statement.condition), "an `assert`, which ends paths");
      return context;
    case "go":
      effect("a control state");
      return context;
    case "stop":
      effect("whether a timer stops");
      return context;
    case "done":
    case "defer":
    case "reprocess":
      effect(`a \`${statement.kind}\``);
      return context;
    case "call":
      visitCall(flow, statement, context);
      return context;
    case "if":
    case "match":
    case "for":
    case "choose":
    case "either":
      visitCompound(flow, statement, context);
      return context;
    case "emit":
    case "missing":
      return context;
  }
};

const visitAssign = (flow: Flow, statement: Of<"assign">, context: Context): void => {
  if (flow.session.facts.ghostTargets.has(statement)) return;
  const name = rootName(statement.target);
  decide(flow, context.decider, `an assignment to \`${name}\``, statement.span);
  influence(flow, taintOf(flow.taints, statement.value, context.locals), `\`${name}\``);
  for (const index of indexesOf(statement.target)) {
    const into = `the choice of the element of \`${name}\` that is assigned`;
    influence(flow, taintOf(flow.taints, index, context.locals), into);
  }
};

const rootName = (target: ast.Expression): string => {
  if (target.kind === "name") return target.name;
  if (target.kind === "field" || target.kind === "index") return rootName(target.object);
  return "this";
};

const indexesOf = (target: ast.Expression): readonly ast.Expression[] => {
  const inner = subexpressions(target).slice(0, 1).flatMap(indexesOf);
  return target.kind === "index" ? [...inner, target.index] : inner;
};

const visitCompound = (
  flow: Flow,
  statement: Of<"if" | "match" | "for" | "choose" | "either">,
  context: Context,
): void => {
  const { decider, locals } = context;
  const under = (taint: Taint | undefined): Context => ({ locals, decider: decider ?? taint });
  switch (statement.kind) {
    case "if": {
      const inner = under(taintOf(flow.taints, statement.condition, locals));
      visitBlock(flow, statement.then, inner);
      if (statement.otherwise !== undefined) visitBlock(flow, statement.otherwise, inner);
      return;
    }
    case "match": {
      const inner = under(taintOf(flow.taints, statement.subject, locals));
      for (const { body } of statement.arms) visitBlock(flow, body, inner);
      return;
    }
    case "for": {
      const taint = taintOfDomain(flow.taints, statement.domain, locals);
      visitBlock(flow, statement.body, under(taint));
      return;
    }
    case "choose": {
      decide(flow, decider, "a choice", statement.span);
      decide(flow, taintOfDomain(flow.taints, statement.domain, locals), "what can be chosen");
      const guard = statement.guard && taintOf(flow.taints, statement.guard, locals);
      decide(flow, guard, "what can be chosen");
      visitBlock(flow, statement.body, context);
      return;
    }
    case "either":
      decide(flow, decider, "a choice", statement.span);
      for (const branch of statement.branches) visitBlock(flow, branch, context);
  }
};

const visitCall = (flow: Flow, statement: Of<"call">, context: Context): void => {
  const callee = flow.session.facts.callees.get(statement);
  const taints = statement.arguments.map((it) => taintOf(flow.taints, it, context.locals));
  // Without taints a procedure is judged where it is declared.
  if (context.decider === undefined && taints.every((it) => it === undefined)) return;
  for (const body of callee?.bodies ?? []) {
    if (body.kind !== "proc" || body.body === undefined) continue;
    const locals = new Map<string, Taint>();
    for (const [position, { name }] of body.parameters.entries()) {
      const taint = taints[position];
      if (taint !== undefined) locals.set(name.text, carry(taint, name.text));
    }
    const { decider } = context;
    const key = [...locals.keys(), decider === undefined ? "" : "?"].join(" ");
    const before = flow.seen.get(body) ?? new Set<string>();
    flow.seen.set(body, before);
    if (before.has(key)) continue;
    before.add(key);
    visitBlock(flow, body.body, { locals, decider });
  }
};
