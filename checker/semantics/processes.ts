// Processes with their extensions: which instance has which members, and what each body can see.

import type * as ast from "../syntax/index.ts";
import { requireCountable } from "./denote.ts";
import { builtins } from "./globals.ts";
import { builtinName, nameTwice, wrongKindOfName } from "./names-diagnostics.ts";
import { wrongHook } from "./rules-diagnostics.ts";
import { bind, constantScope, describe, findMeaning, reportUnknown } from "./scope.ts";
import {
  boolType,
  errorType,
  type GroupEntry,
  type Member,
  type ProcessEntry,
  type Scope,
  type Session,
} from "./session.ts";
import { sameType, typeName, valuesOf } from "./type-layout.ts";
import type {
  FunctionSymbol,
  MemberGroup,
  ProcedureSymbol,
  ProcessSymbol,
  VariableSymbol,
} from "./typed-program.ts";
import type { ConstantValue, Type } from "./types.ts";

type Body = MemberGroup["declaration"];

export const buildProcess = (
  session: Session,
  declaration: ast.DeclarationOf<"process">,
): ProcessEntry => {
  const index = indexOf(session, declaration);
  const state = stateOf(session, declaration);
  const bodies: readonly Body[] = [declaration, ...extensionsOf(session, declaration.name.text)];
  const symbols = bodies.map((body) => groupSymbol(session, body));
  const name = declaration.name.text;
  const symbol: ProcessSymbol = {
    name,
    declaration,
    ...(index === undefined ? {} : { index: { name: index.name.text, type: index.type } }),
    ...(state === undefined ? {} : { state }),
    groups: symbols,
  };
  const instances = index === undefined ? [0] : valuesOf(index.type);
  const groups = symbols.map((group) => ({
    symbol: group,
    instances: new Set(instances.filter((value) => hasGroup(session, symbol, group, value))),
  }));
  const seen = groups.map((group) => ({
    ...group,
    members: visibleMembers(session, groups, group),
  }));
  const hasState = declaration.members.some(({ kind }) => kind === "state");
  const stateType = state?.type ?? (hasState ? errorType : undefined);
  return { symbol, declared: declaration.name, state: stateType, instances, groups: seen };
};

const indexOf = (
  session: Session,
  { index }: ast.DeclarationOf<"process">,
): { readonly name: ast.Name; readonly type: Type } | undefined => {
  if (index === undefined) return undefined;
  const type = session.denote(index.type);
  const isSound = requireCountable(session, type, "a process index", index.type.span);
  return { name: index.name, type: isSound ? type : errorType };
};

const stateOf = (
  session: Session,
  { members }: ast.DeclarationOf<"process">,
): ProcessSymbol["state"] => {
  const [declaration, second] = members.filter((it) => it.kind === "state");
  if (declaration === undefined) return undefined;
  if (second !== undefined) {
    const first = declaration.type.span;
    session.report(nameTwice(second.type.span, { name: "state", first }));
  }
  const { type: name, initial } = declaration;
  const meaning = findMeaning(session, name.text, constantScope);
  if (meaning === undefined) {
    reportUnknown(session, name, constantScope);
    return undefined;
  }
  const type =
    meaning.kind === "global" && ["enum", "type"].includes(meaning.global.kind)
      ? session.namedType(name.text, name.span)
      : undefined;
  if (type?.kind === "enum") return { type, ...(initial === undefined ? {} : { initial }) };
  if (type?.kind !== "error") {
    const found = describe(meaning);
    session.report(wrongKindOfName(name.span, { name: name.text, found, expected: "an enum" }));
  }
  return undefined;
};

const extensionsOf = (session: Session, name: string): readonly ast.DeclarationOf<"extend">[] =>
  session.modules.list.flatMap(({ tree }) =>
    tree.declarations.filter((it) => it.kind === "extend").filter((it) => it.process.text === name),
  );

const groupSymbol = (session: Session, declaration: Body): MemberGroup => {
  const { members } = declaration;
  const when = declaration.kind === "extend" ? declaration.when : undefined;
  return {
    ...(when === undefined ? {} : { when }),
    declaration,
    variables: members
      .filter((it) => it.kind === "var")
      .flatMap(({ names, type, ghost, initial }) => {
        const denoted = session.denote(type);
        return names.map((declared): VariableSymbol => ({
          name: declared.text,
          type: denoted,
          ghost,
          ...(initial === undefined ? {} : { initial }),
          declared,
        }));
      }),
    timers: members.filter((it) => it.kind === "timer").flatMap(({ names }) => names),
    functions: members.filter((it) => it.kind === "fn").map((it) => functionSymbol(session, it)),
    procedures: members
      .filter((it) => it.kind === "proc")
      .map((it) => procedureSymbol(session, it)),
    rules: members.filter((it) => it.kind === "rule"),
    receives: members.filter((it) => it.kind === "receive"),
    expires: members.filter((it) => it.kind === "expire"),
  };
};

export const functionSymbol = (
  session: Session,
  declaration: ast.FunctionDeclaration,
): FunctionSymbol => ({
  name: declaration.name.text,
  parameters: parametersOf(session, declaration.parameters),
  result: session.denote(declaration.result),
  declaration,
});

export const procedureSymbol = (
  session: Session,
  declaration: ast.ProcedureDeclaration,
): ProcedureSymbol => ({
  name: declaration.name.text,
  parameters: parametersOf(session, declaration.parameters),
  declaration,
});

export const parametersOf = (
  session: Session,
  parameters: readonly ast.Parameter[],
): FunctionSymbol["parameters"] =>
  parameters.map(({ name, type }) => ({ name: name.text, type: session.denote(type) }));

/** The scope of an `extend … when`: constants and the index of the process. */
export const indexScope = (process: ProcessSymbol): Scope => {
  const name = process.declaration.index?.name;
  if (name === undefined || process.index === undefined) return constantScope;
  const local = { declared: name, type: process.index.type, role: "index" } as const;
  return { ...constantScope, locals: { local, outer: undefined } };
};

const hasGroup = (
  session: Session,
  process: ProcessSymbol,
  { when }: MemberGroup,
  instance: number,
): boolean => {
  if (when === undefined) return true;
  if (!session.facts.types.has(when)) {
    session.check(when, boolType, indexScope(process));
    // A condition without a value is told once, for the first instance.
    const locals = localsOf(process, instance);
    if (session.facts.types.get(when)?.kind === "bool") {
      session.demand(when, "the condition of an extension", locals);
    }
  }
  return session.evaluate(when, localsOf(process, instance))?.scalars[0] === 1;
};

/** The index name with the value that it has in one instance. */
export const localsOf = (
  { index }: ProcessSymbol,
  instance: number,
): ReadonlyMap<string, ConstantValue> =>
  index === undefined
    ? new Map()
    : new Map([[index.name, { type: index.type, scalars: [instance] }]]);

type Group = Omit<GroupEntry, "members">;

/** A body sees the process, the extensions that every instance has, and itself. */
const visibleMembers = (
  session: Session,
  groups: readonly Group[],
  own: Group,
): ReadonlyMap<string, Member> => {
  const members = new Map<string, Member>();
  const seen = groups.filter((it) => it.symbol.when === undefined || it === own);
  for (const group of seen) {
    for (const member of membersOf(group.symbol))
      addMember(session, members, member, group === own);
  }
  return members;
};

const membersOf = (body: MemberGroup): readonly Member[] => [
  ...body.variables.map((symbol): Member => {
    const { declared } = symbol;
    return { kind: "var", declared, symbol, body };
  }),
  ...body.timers.map((declared): Member => ({ kind: "timer", declared, body })),
  ...body.functions.map((symbol): Member => {
    const declared = symbol.declaration.name;
    return { kind: "fn", declared, symbol, body };
  }),
  ...body.procedures.map((symbol): Member => {
    const declared = symbol.declaration.name;
    return { kind: "proc", declared, symbol, body };
  }),
];

/** Names that two bodies give are judged per instance, when instances are made. */
const addMember = (
  session: Session,
  members: Map<string, Member>,
  member: Member,
  isOwn: boolean,
): void => {
  const { text, span } = member.declared;
  if (text === "") return;
  const before = members.get(text);
  const filled = before && joinHook(session, before, member, isOwn);
  if (before === undefined || filled !== undefined || isOwn) members.set(text, filled ?? member);
  if (!isOwn || filled !== undefined) return;
  const global = session.globals.get(text);
  if (builtins.has(text) && (member.kind === "fn" || member.kind === "proc")) {
    session.report(builtinName(span, { name: text }));
  } else if (before?.body === member.body) {
    session.report(nameTwice(span, { name: text, first: before.declared.span }));
  } else if (global !== undefined) {
    session.report(nameTwice(span, { name: text, first: global.declared.span }));
  }
};

/** The hook of a hook and its body; undefined when the two are no such pair. */
const joinHook = (
  session: Session,
  before: Member,
  added: Member,
  isReported: boolean,
): Member | undefined => {
  if (
    !(before.kind === "fn" && added.kind === "fn") &&
    !(before.kind === "proc" && added.kind === "proc")
  ) {
    return undefined;
  }
  const isHook = ({ symbol }: typeof before): boolean => symbol.declaration.body === undefined;
  // Who fills a hook, and how often, is counted per instance when instances are made.
  if (!isHook(before) && !isHook(added)) return undefined;
  if (isHook(before) && isHook(added)) return undefined;
  const [hook, body] = isHook(before) ? [before, added] : [added, before];
  if (isReported) checkSignature(session, hook.symbol, body.symbol);
  return hook;
};

type Callable = FunctionSymbol | ProcedureSymbol;

/** Whether a body has the parameter types and the result of its hook; reports when not. */
export const checkSignature = (session: Session, hook: Callable, body: Callable): void => {
  const refuse = (reason: string): void =>
    session.report(
      wrongHook(body.declaration.name.span, {
        name: hook.name,
        reason,
        hook: hook.declaration.name.span,
      }),
    );
  const [expected, found] = [hook.parameters.length, body.parameters.length];
  if (expected !== found) return refuse(`expected ${expected} parameters, found ${found}`);
  for (const [position, { type }] of hook.parameters.entries()) {
    const other = body.parameters[position]?.type ?? type;
    if (!sameType(type, other)) {
      return refuse(`expected ${typeName(type)}, found ${typeName(other)}`);
    }
  }
  if ("result" in hook && "result" in body && !sameType(hook.result, body.result)) {
    refuse(`expected the result ${typeName(hook.result)}, found ${typeName(body.result)}`);
  }
};

/** The scope of the rules, handlers and procedures of one body of a process. */
export const bodyScope = (session: Session, process: ProcessEntry, group: GroupEntry): Scope => {
  const isDead = group.instances.size === 0;
  const outer: Scope = { place: "behaviour", process, group, locals: undefined, isDead };
  const name = process.symbol.declaration.index?.name;
  if (name === undefined || process.symbol.index === undefined) return outer;
  const local = { declared: name, type: process.symbol.index.type, role: "index" } as const;
  if (group !== process.groups[0]) return { ...outer, locals: { local, outer: undefined } };
  return bind(session, outer, local);
};
