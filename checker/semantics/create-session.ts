// Ties the parts of the checker together: the session that each of them asks about the others.

import type { Diagnostic, Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { checkFunction } from "./bodies.ts";
import { findCallee } from "./callees.ts";
import { cyclicConstants } from "./configuration-diagnostics.ts";
import { buildConstant, noValue } from "./constants.ts";
import { declaredType, denoteType } from "./denote.ts";
import { denoteDomain } from "./domains.ts";
import { evaluateExpression, type Evaluation } from "./evaluate.ts";
import { collectGlobals } from "./globals.ts";
import { checkExpression, inferExpression } from "./infer.ts";
import { deepestChain, lazily } from "./lazy.ts";
import { tooDeep } from "./limits-diagnostics.ts";
import type { Modules } from "./modules.ts";
import { buildNetwork } from "./networks.ts";
import { layersOf } from "./overrides.ts";
import { buildProcess, parametersOf } from "./processes.ts";
import { errorType, type Facts, type ProcessEntry, type Session } from "./session.ts";
import type {
  Configuration,
  ConstantSymbol,
  EventSymbol,
  NetworkSymbol,
  VariableSymbol,
} from "./typed-program.ts";
import type { Type } from "./types.ts";
import { constantFails, cyclicType, needsConstant } from "./types-diagnostics.ts";

const emptyFacts = (): Facts => ({
  types: new Map(),
  denoted: new Map(),
  configured: new Set(),
  domains: new Map(),
  receives: new Map(),
  ghostReads: new Map(),
  ghostSources: new Map(),
  ghostTargets: new Set(),
  conditional: new Map(),
  callees: new Map(),
  certain: new Map(),
  lets: [],
  readGhosts: new Set(),
});

type Report = (diagnostic: Diagnostic) => void;

/** A session in which nothing has been looked at yet. */
export const createSession = (
  modules: Modules,
  configuration: Configuration,
  report: Report,
): Session => {
  const globals = collectGlobals(modules, report);
  const facts = emptyFacts();
  const used = new Set<ast.Name>();
  let suggestions = 0;
  const typedBodies = new Set<ast.FunctionDeclaration>();
  const session: Session = {
    modules,
    // The other overrides of the command line are for other files.
    configuration: {
      ...configuration,
      commandLine: configuration.commandLine.filter(
        (it) => globals.get(it.name.text)?.kind === "const",
      ),
    },
    globals,
    facts,
    report,
    suggests: () => suggestions++ < 100,
    use: (declared) => used.add(declared),
    isUsed: (declared) => used.has(declared),
    infer: (expression, scope) => inferExpression(session, expression, scope),
    check: (expression, expected, scope) => checkExpression(session, expression, expected, scope),
    domain: (domain, scope) => denoteDomain(session, domain, scope),
    denote: (type) => {
      const known = facts.denoted.get(type);
      if (known !== undefined) return known;
      const denoted = denoteType(session, type);
      facts.denoted.set(type, denoted);
      return denoted;
    },
    ...evaluators(() => session, report),
    ...symbols(() => session, report),
    callee: (name, scope) => findCallee(session, name, scope),
    typeBody: (declaration, scope) => {
      if (typedBodies.has(declaration)) return;
      typedBodies.add(declaration);
      checkFunction(session, declaration, scope);
    },
  };
  return session;
};

const evaluators = (
  session: () => Session,
  report: Report,
): Pick<Session, "evaluate" | "demand"> => {
  const begin = (): Evaluation => ({
    session: session(),
    failure: undefined,
    isReported: false,
    depth: 0,
    steps: 0,
  });
  return {
    evaluate: (expression, locals = new Map()) => evaluateExpression(begin(), expression, locals),
    demand: (expression, what, locals = new Map()) => {
      const evaluation = begin();
      const value = evaluateExpression(evaluation, expression, locals);
      if (value !== undefined || evaluation.isReported) return value;
      if (evaluation.failure !== undefined) {
        const { span, reason } = evaluation.failure;
        report(constantFails(span, { reason }));
      } else {
        report(needsConstant(expression.span, { what }));
      }
      return undefined;
    },
  };
};

type Symbols = Pick<
  Session,
  "constant" | "namedType" | "variable" | "network" | "event" | "process"
>;

const symbols = (session: () => Session, report: Report): Symbols => {
  const global = (name: string): ReturnType<Session["globals"]["get"]> =>
    session().globals.get(name);
  let layers: ReturnType<typeof layersOf> | undefined;
  const constant = lazily<string, ConstantSymbol | undefined>(
    (name) => {
      const it = global(name);
      layers ??= layersOf(session());
      return it?.kind === "const"
        ? buildConstant(session(), it.declaration, layers.get(name) ?? [])
        : undefined;
    },
    ([name = ""]) => {
      const it = global(name);
      return it?.kind === "const" ? noValue(it.declaration) : undefined;
    },
  );
  const namedType = lazily<string, Type>(
    (name) => declaredType(session(), name),
    () => errorType,
  );
  const variable = lazily<ast.Name, VariableSymbol>(
    (declared) => {
      const it = global(declared.text);
      if (it?.kind !== "var") throw new Error(`impossible: ${declared.text} is no variable`);
      const { ghost, initial, type } = it.declaration;
      const start = initial === undefined ? {} : { initial };
      const denoted = session().denote(type);
      return { name: declared.text, type: denoted, ghost, ...start, declared };
    },
    () => {
      throw new Error("impossible: a variable needs itself");
    },
  );
  return {
    constant: (name, at) =>
      constant(name, (cycle) =>
        report(cycle.length === 1 ? chainTooLong(at) : cyclicConstants(at, { cycle })),
      ),
    namedType: (name, at) =>
      namedType(name, (cycle) =>
        report(cycle.length === 1 ? chainTooLong(at) : cyclicType(at, { cycle })),
      ),
    variable: (declared) => variable(declared),
    ...owners(session),
  };
};

const chainTooLong = (at: Span): Diagnostic =>
  tooDeep(at, {
    what: "declarations that stand after their uses hang together",
    limit: deepestChain,
  });

const owners = (session: () => Session): Pick<Session, "network" | "event" | "process"> => {
  const network = lazily<string, NetworkSymbol | undefined>(
    (name) => {
      const it = session().globals.get(name);
      return it?.kind === "network" ? buildNetwork(session(), it.declaration) : undefined;
    },
    () => undefined,
  );
  const event = lazily<string, EventSymbol | undefined>(
    (name) => {
      const it = session().globals.get(name);
      if (it?.kind !== "event") return undefined;
      const parameters = parametersOf(session(), it.declaration.parameters);
      return { name, parameters, declaration: it.declaration };
    },
    () => undefined,
  );
  const process = lazily<string, ProcessEntry | undefined>(
    (name) => {
      const it = session().globals.get(name);
      return it?.kind === "process" ? buildProcess(session(), it.declaration) : undefined;
    },
    () => undefined,
  );
  return {
    network: (name) => network(name),
    event: (name) => event(name),
    process: (name) => process(name),
  };
};
