// Gives every name and expression of a program its meaning under one configuration: from the trees
// of
// `syntax` to the typed program that `core` elaborates.

import type { Checked, Diagnostic, Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { processesOf } from "./program-code.ts";
import { checkFunctions, checkGlobalBodies, checkProcessBodies } from "./bodies.ts";
import { checkBindings } from "./bindings.ts";
import { checkCallCycles } from "./call-cycles.ts";
import { checkChecks } from "./checks.ts";
import { checkCodeFlow } from "./code-flow.ts";
import { checkGhostFlow } from "./ghost-flow.ts";
import { checkUnused } from "./unused.ts";
import { checkProcessRules } from "./process-rules.ts";
import { createSession } from "./create-session.ts";
import { checkDeclarations } from "./declarations.ts";
import type { Modules } from "./modules.ts";
import { functionSymbol, procedureSymbol } from "./processes.ts";
import { checkProperties } from "./properties.ts";
import { constantScope, deadScope } from "./scope.ts";
import { errorType, type Global, type Session } from "./session.ts";
import type { Configuration, TypedProgram } from "./typed-program.ts";

/** Checks everything, and reports every mistake of the program in one run. */
export const checkProgram = (
  modules: Modules,
  configuration: Configuration,
): Checked<TypedProgram> => {
  const diagnostics: Diagnostic[] = [];
  const session = createSession(modules, configuration, (it) => diagnostics.push(it));
  checkDeclarations(session);
  const processes = processesOf(session);
  checkFunctions(session, processes);
  for (const process of processes) checkProcessBodies(session, process);
  checkGlobalBodies(session);
  checkProperties(session);
  checkChecks(session);
  checkBindings(session);
  checkProcessRules(session);
  checkCodeFlow(session);
  if (checkCallCycles(session)) checkGhostFlow(session);
  checkUnused(session);
  return { value: toProgram(session), diagnostics: inOrder(modules, diagnostics) };
};

const globalsOf = <Kind extends Global["kind"]>(
  session: Session,
  kind: Kind,
): readonly Extract<Global, { kind: Kind }>[] =>
  [...session.globals.values()].filter(
    (it): it is Extract<Global, { kind: Kind }> => it.kind === kind,
  );

/** By file (the entry last, as the files are read), place and code; the same thing is said once. */
const inOrder = (modules: Modules, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] => {
  const files = new Map(modules.list.map(({ file }, position) => [file, position]));
  const key = ({ code, span }: Diagnostic): string =>
    `${code} ${span.file} ${span.start} ${span.end}`;
  const unique = new Map<string, Diagnostic>();
  for (const it of diagnostics) {
    if (!unique.has(key(it)) && !isEcho(modules, it.span)) unique.set(key(it), it);
  }
  return [...unique.values()].sort(
    (a, b) =>
      (files.get(a.span.file) ?? -1) - (files.get(b.span.file) ?? -1) ||
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      (a.code < b.code ? -1 : 1),
  );
};

/** Beside a syntax error the tree is not what the user meant. */
const isEcho = ({ syntaxErrors }: Modules, { file, start, end }: Span): boolean =>
  syntaxErrors.some((it) => it.file === file && it.start <= end + 1 && start <= it.end + 1);

const toProgram = (session: Session): TypedProgram => {
  const declarations = session.modules.list.flatMap(({ tree }) => tree.declarations);
  const of = <Kind extends ast.Declaration["kind"]>(
    kind: Kind,
  ): readonly ast.DeclarationOf<Kind>[] =>
    declarations.filter((it): it is ast.DeclarationOf<Kind> => it.kind === kind);
  const named = (it: Global): ReturnType<Session["namedType"]> =>
    session.namedType(it.declared.text, it.declared.span);
  const records = [...session.globals.values()].filter(
    ({ kind }) => kind === "record" || kind === "message",
  );
  return {
    constants: globalsOf(session, "const").flatMap(
      ({ declared }) => session.constant(declared.text, declared.span) ?? [],
    ),
    enums: globalsOf(session, "enum")
      .map(named)
      .filter((it) => it.kind === "enum"),
    records: records.map(named).filter((it) => it.kind === "record"),
    networks: globalsOf(session, "network").flatMap(
      ({ declared }) => session.network(declared.text) ?? [],
    ),
    events: globalsOf(session, "event").flatMap(
      ({ declared }) => session.event(declared.text) ?? [],
    ),
    functions: globalsOf(session, "fn").flatMap((it) =>
      it.declarations.map((each) => functionSymbol(session, each)),
    ),
    procedures: globalsOf(session, "proc").flatMap((it) =>
      it.declarations.map((each) => procedureSymbol(session, each)),
    ),
    variables: globalsOf(session, "var").map(({ declared }) => session.variable(declared)),
    clocks: globalsOf(session, "clock").flatMap(({ declared, declaration }) => {
      const type = session.denote(declaration.type);
      return type.kind === "mod" ? [{ name: declared.text, modulus: type.modulus }] : [];
    }),
    processes: globalsOf(session, "process").flatMap(
      ({ declared }) => session.process(declared.text)?.symbol ?? [],
    ),
    rules: of("rule"),
    inits: of("init"),
    bounds: of("bound"),
    finals: of("final"),
    properties: globalsOf(session, "property").map(({ declaration }) => declaration),
    assumptions: of("assume").map((declaration) => ({
      declaration,
      holds: session.evaluate(declaration.condition)?.scalars[0] === 1,
    })),
    bindings: of("binding"),
    ...answers(session),
  };
};

type Answers = Pick<TypedProgram, "typeOf" | "networkOf" | "domainOf" | "denote" | "evaluate">;

const answers = (session: Session): Answers => ({
  typeOf: (expression) => {
    const type = session.facts.types.get(expression);
    if (type === undefined) {
      const { file, start, end } = expression.span;
      throw new Error(`impossible: untyped ${expression.kind} at ${file} ${start}..${end}`);
    }
    return type;
  },
  networkOf: (receive) => session.facts.receives.get(receive),
  domainOf: (domain) => session.facts.domains.get(domain) ?? { kind: "error" },
  denote: session.denote,
  evaluate: (expression, locals) => {
    // Expressions of checks and sweeps belong to no program text that was typed.
    if (!session.facts.types.has(expression)) session.infer(expression, deadScope(constantScope));
    const type = session.facts.types.get(expression) ?? errorType;
    return type.kind === "error" ? undefined : session.evaluate(expression, locals);
  },
});
