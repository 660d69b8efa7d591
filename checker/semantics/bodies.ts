// Checks the code of a program: functions, procedures, rules, handlers, `init`.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { requireCountable } from "./denote.ts";
import { receivedNetwork } from "./networks.ts";
import { bodyScope, indexScope, localsOf } from "./processes.ts";
import { branchTwice, wrongAddress, wrongTimer } from "./rules-diagnostics.ts";
import { behaviourScope, bind, bindParameters, constantScope } from "./scope.ts";
import { errorType, type ProcessEntry, type Scope, type Session } from "./session.ts";
import { checkBlock, guarded, requireState, type Body } from "./statements.ts";
import { isWithin, typeName, valueText } from "./type-layout.ts";
import type { NetworkSymbol } from "./typed-program.ts";
import type { ConstantValue, Type } from "./types.ts";
import { neverFits } from "./types-diagnostics.ts";

/** Functions come first: what they always answer decides which other code can run. */
export const checkFunctions = (session: Session, processes: readonly ProcessEntry[]): void => {
  for (const { tree } of session.modules.list) {
    for (const it of tree.declarations) {
      if (it.kind === "fn") session.typeBody(it, behaviourScope);
    }
  }
  for (const process of processes) {
    for (const group of process.groups) {
      const scope = bodyScope(session, process, group);
      for (const { declaration } of group.symbol.functions) session.typeBody(declaration, scope);
    }
  }
};

/** The code outside of processes. */
export const checkGlobalBodies = (session: Session): void => {
  for (const { tree } of session.modules.list) {
    for (const declaration of tree.declarations) {
      if (declaration.kind === "proc") checkProcedure(session, declaration, behaviourScope);
      if (declaration.kind === "rule") checkRule(session, declaration, behaviourScope);
      if (declaration.kind === "var") {
        checkInitial(session, declaration, constantScope, [new Map()]);
      }
      if (declaration.kind === "init") {
        checkBlock(session, declaration.body, behaviourScope, { kind: "init" });
      }
    }
  }
};

/** The code of one process and all its extensions. */
export const checkProcessBodies = (session: Session, process: ProcessEntry): void => {
  const { symbol } = process;
  const { state } = symbol;
  if (state?.initial !== undefined) {
    session.check(state.initial, state.type, indexScope(symbol));
    requireValues(session, state.initial, state.type, instancesLocals(process, process.instances));
  }
  for (const group of process.groups) {
    const scope = bodyScope(session, process, group);
    const locals = instancesLocals(process, [...group.instances]);
    for (const member of group.symbol.declaration.members) {
      checkMember(session, member, scope, { process, locals });
    }
  }
};

const instancesLocals = (
  { symbol }: ProcessEntry,
  instances: readonly number[],
): readonly ReadonlyMap<string, ConstantValue>[] =>
  instances.map((instance) => localsOf(symbol, instance));

interface Surroundings {
  readonly process: ProcessEntry;
  readonly locals: readonly ReadonlyMap<string, ConstantValue>[];
}

const checkMember = (
  session: Session,
  member: ast.Member,
  scope: Scope,
  { process, locals }: Surroundings,
): void => {
  switch (member.kind) {
    case "var":
      return checkInitial(session, member, { ...scope, place: "constant" }, locals);
    case "proc":
      return checkProcedure(session, member, scope);
    case "rule":
      return checkRule(session, member, scope);
    case "receive":
      return checkReceive(session, member, scope, process);
    case "expire":
      return checkExpire(session, member, scope);
    // Timers have no code, functions have been checked, the state was resolved with the process.
    case "fn":
    case "timer":
    case "state":
  }
};

/** Initial values are constant, and in range in every instance. */
const checkInitial = (
  session: Session,
  { type: typeExpression, initial }: ast.VariableDeclaration,
  scope: Scope,
  locals: readonly ReadonlyMap<string, ConstantValue>[],
): void => {
  const type = session.denote(typeExpression);
  if (initial === undefined) return;
  const found = session.check(initial, type, scope);
  if (found.kind !== "error" && type.kind !== "error")
    requireValues(session, initial, type, locals);
};

const requireValues = (
  session: Session,
  initial: ast.Expression,
  type: Type,
  locals: readonly ReadonlyMap<string, ConstantValue>[],
): void => {
  if (session.facts.types.get(initial)?.kind === "error") return;
  for (const it of locals) {
    const value = session.demand(initial, "an initial value", it);
    if (value === undefined) return;
    const isLifted = type.kind === "option" && value.type.kind !== "option";
    const fits = isWithin(value.scalars, isLifted ? type.element : type);
    if (fits) continue;
    const facts = { expected: typeName(type), found: valueText(value) };
    return session.report(neverFits(initial.span, facts));
  }
};

const checkProcedure = (
  session: Session,
  { parameters, body }: ast.ProcedureDeclaration,
  scope: Scope,
): void => {
  const inner = bindParameters(session, scope, parameters);
  if (body !== undefined) checkBlock(session, body, inner, { kind: "proc" });
};

/** Also called for functions that constants need before their turn. */
export const checkFunction = (
  session: Session,
  { parameters, result, body }: ast.FunctionDeclaration,
  scope: Scope,
): void => {
  const inner = bindParameters(session, scope, parameters);
  const type = session.denote(result);
  if (body !== undefined) session.check(body, type, inner);
};

const checkRule = (session: Session, rule: ast.RuleDeclaration, scope: Scope): void => {
  for (const state of rule.states) requireState(session, state, scope, "this rule");
  for (const { type } of rule.parameters) {
    requireCountable(session, session.denote(type), "a parameter of a rule", type.span);
  }
  const inner = bindParameters(session, scope, rule.parameters);
  checkBlock(session, rule.body, guarded(session, rule.guard, inner), { kind: "rule" });
};

const checkReceive = (
  session: Session,
  receive: ast.ReceiveDeclaration,
  scope: Scope,
  process: ProcessEntry,
): void => {
  const network = receivedNetwork(session, receive, process);
  if (network !== undefined) session.facts.receives.set(receive, network);
  for (const state of receive.states) requireState(session, state, scope, "this handler");
  const inner = bindSegment(session, receive, scope, network);
  const body: Body = { kind: "receive", segment: receive.message };
  const content = receive.body;
  if (content.kind === "cases") {
    checkCases(session, content.cases, inner, body);
    if (content.tail.kind === "else") checkBlock(session, content.tail.body, inner, body);
    return;
  }
  reportTwice(session, content.stages, "stage");
  for (const { cases, otherwise } of content.stages) {
    checkCases(session, cases, inner, body);
    if (otherwise !== undefined) checkBlock(session, otherwise, inner, body);
  }
};

const bindSegment = (
  session: Session,
  { message, from }: ast.ReceiveDeclaration,
  scope: Scope,
  network: NetworkSymbol | undefined,
): Scope => {
  const isKnown = network !== undefined && network.message.name !== "";
  const type = isKnown ? network.message : errorType;
  const inner = bind(session, scope, { declared: message, type, role: "segment", network });
  if (from === undefined) return inner;
  if (network !== undefined && network.between === undefined) {
    const reason = `segments of \`${network.name}\` do not say from whom they are`;
    session.report(wrongAddress(from.span, { reason }));
  }
  const address = network?.between ?? errorType;
  return bind(session, inner, { declared: from, type: address, role: "binder" });
};

const checkCases = (
  session: Session,
  cases: readonly ast.Case[],
  scope: Scope,
  body: Body,
): void => {
  reportTwice(session, cases, "case");
  for (const it of cases) {
    const inner = guarded(session, it.guard, scope);
    if (!isDefer(it.body)) checkBlock(session, it.body, inner, body);
  }
};

/** Whether a case leaves the segment in the network. */
export const isDefer = ({ statements }: ast.Block): boolean =>
  statements.length === 1 && statements[0]?.kind === "defer";

const reportTwice = (
  session: Session,
  branches: readonly { readonly name: ast.Name }[],
  what: string,
): void => {
  const seen = new Map<string, Span>();
  for (const { name } of branches) {
    const first = seen.get(name.text);
    if (first === undefined) seen.set(name.text, name.span);
    else if (name.text !== "") {
      session.report(branchTwice(name.span, { what: `${what} \`${name.text}\``, first }));
    }
  }
};

const checkExpire = (session: Session, expire: ast.ExpireDeclaration, scope: Scope): void => {
  const { timer } = expire;
  const member = scope.group?.members.get(timer.text);
  if (member !== undefined) session.use(member.declared);
  const isExcusable = member === undefined && !session.modules.isComplete;
  if (timer.text !== "" && member?.kind !== "timer" && !isExcusable) {
    const facts = { name: timer.text, reason: "is no timer of this process" };
    session.report(wrongTimer(timer.span, facts));
  }
  for (const state of expire.states) requireState(session, state, scope, "this handler");
  checkBlock(session, expire.body, scope, { kind: "expire" });
};
