// A core as stable text without places: for digests, and for tests to read.

import type { Action, Core, Expression, Property, Statement, Target, Variable } from "./core.ts";

/**
 * Equal texts mean equal models: everything that decides states, steps, verdicts and how they are
 * printed is in it, and nothing of where it stood in a file.
 */
export const serialize = (core: Core): string => {
  const names = namesOf(core);
  return [
    ...core.parameters.map((it) => `parameter ${it.name} = ${it.value}`),
    ...core.variables.map(variableText),
    ...core.networks.map((it) => `network ${textOf(it)}`),
    `init ${core.init.localCount}`,
    ...linesOf(names, core.init.body, 1),
    ...core.actions.flatMap((it) => actionLines(names, it)),
    ...core.properties.map((it) => propertyText(names, it)),
    ...core.events.map((it) => `event ${it.property}`),
    ...core.bounds.map((it) => `bound ${it.name} ${it.localCount} ${code(names, it.condition)}`),
    ...core.finals.map((it) => `final ${it.localCount} ${code(names, it.condition)}`),
    ...core.sites.map((it) => `site ${it.error} ${it.message}`),
    ...core.branches.map((it) => `branch ${it.name}`),
    "",
  ].join("\n");
};

interface Names {
  readonly variables: readonly string[];
  readonly networks: readonly string[];
  readonly branches: readonly string[];
}

const namesOf = (core: Core): Names => ({
  variables: core.variables.map((it) => it.name),
  networks: core.networks.map((it) => it.name),
  branches: core.branches.map((it) => it.name),
});

/** Data as JSON without its places. */
const textOf = (data: unknown): string =>
  JSON.stringify(data, (key, value: unknown) => (key === "span" ? undefined : value));

const variableText = (it: Variable): string =>
  [
    `variable ${it.name}`,
    `${it.low}..${it.high} = ${it.initial}`,
    textOf(it.display),
    textOf(it.origin),
    ...(it.ghost ? ["ghost"] : []),
  ].join(" ");

const actionLines = (names: Names, action: Action): readonly string[] => {
  const head = `${action.kind} ${action.name}${action.fault ? " fault" : ""} ${action.localCount}`;
  switch (action.kind) {
    case "rule":
    case "expiry":
      return [
        [
          head,
          ...action.parameters.map((it) => `${it.name}:l${it.local}:${it.low}..${it.high}`),
          `when ${code(names, action.guard)}`,
        ].join(" "),
        ...linesOf(names, action.body, 1),
      ];
    case "deliver":
      return [`${head} (${action.locals.join(" ")})`, ...linesOf(names, action.body, 1)];
    case "lose":
    case "duplicate":
    case "tick":
      return [head];
  }
};

const propertyText = (names: Names, property: Property): string => {
  const head = `${property.kind} ${property.name}`;
  switch (property.kind) {
    case "invariant":
    case "reachable-state": {
      const { occasion } = property;
      return [
        `${head} ${property.localCount} ${code(names, property.condition)}`,
        ...(occasion === undefined
          ? []
          : [`occasion ${occasion.localCount} ${code(names, occasion.condition)}`]),
      ].join(" ");
    }
    case "never":
    case "reachable-event":
      return `${head} event ${property.event}`;
    case "recoverable":
      return [
        `${head} ${property.localCount} [${property.instance}]`,
        property.withoutFaults ? "without faults" : "",
        code(names, property.from),
        "->",
        code(names, property.to),
      ].join(" ");
  }
};

/** Statements, one on a line, indented by their depth. */
const linesOf = (names: Names, body: readonly Statement[], depth: number): readonly string[] => {
  const indent = "  ".repeat(depth);
  const inner = (it: readonly Statement[]) => linesOf(names, it, depth + 1);
  return body.flatMap((it): readonly string[] => {
    switch (it.kind) {
      case "if":
        return [
          `${indent}if ${code(names, it.condition)}`,
          ...inner(it.then),
          ...(it.otherwise.length === 0 ? [] : [`${indent}else`, ...inner(it.otherwise)]),
        ];
      case "either":
        return it.branches.flatMap((branch, at) => [
          `${indent}${at === 0 ? "either" : "or"}`,
          ...inner(branch),
        ]);
      case "block":
        return [`${indent}block ${it.label}`, ...inner(it.body)];
      case "assign":
      case "let":
      case "send":
      case "signal":
      case "choose":
      case "exit":
      case "require":
      case "disable":
      case "mark":
        return [indent + simple(names, it)];
    }
  });
};

type Simple = Exclude<Statement, { readonly kind: "if" | "either" | "block" }>;

const simple = (names: Names, it: Simple): string => {
  switch (it.kind) {
    case "assign": {
      const range = it.check;
      const check =
        range === undefined ? "" : ` in ${range.low}..${range.high} else s${range.site}`;
      return `${targetText(names, it.target)} := ${code(names, it.value)}${check}`;
    }
    case "let":
      return `l${it.local} := ${code(names, it.value)}`;
    case "send":
      return [
        "send",
        networkName(names, it.network),
        ...it.values.map((each) => code(names, each)),
      ].join(" ");
    case "signal":
      return `signal ${it.event} when ${code(names, it.when)}`;
    case "choose": {
      const guard = it.guard === undefined ? "" : ` when ${code(names, it.guard)}`;
      return `choose ${it.name} l${it.local} ${it.low}..${it.high}${guard} ${textOf(it.display)}`;
    }
    case "exit":
      return `exit ${it.label}`;
    case "require":
      return `require ${code(names, it.condition)} else s${it.site}`;
    case "disable":
      return "disable";
    case "mark":
      return `mark ${names.branches[it.branch] ?? ""}`;
  }
};

const networkName = (names: Names, network: number): string => names.networks[network] ?? "?";

const variableName = (names: Names, variable: number): string => names.variables[variable] ?? "?";

const targetText = (names: Names, target: Target): string => {
  if (target.kind === "variable") return variableName(names, target.variable);
  const { base, stride, index, count, site } = target;
  const place = `${variableName(names, base)}+${stride}*${code(names, index)}`;
  return `${place}<${count} else s${site}`;
};

const code = (names: Names, it: Expression): string => {
  const inner = (operand: Expression): string => code(names, operand);
  switch (it.kind) {
    case "constant":
      return String(it.value);
    case "variable":
      return variableName(names, it.variable);
    case "local":
      return `l${it.local}`;
    case "element": {
      const base = it.of === "variable" ? variableName(names, it.base) : `l${it.base}`;
      return `(${base}+${it.stride}*${inner(it.index)}<${it.count} else s${it.site})`;
    }
    case "not":
    case "negate":
    case "absolute":
    case "size":
      return `(${it.kind} ${inner(it.operand)})`;
    case "binary": {
      const site = it.site === undefined ? "" : ` else s${it.site}`;
      return `(${inner(it.left)} ${it.operator} ${inner(it.right)}${site})`;
    }
    case "serial":
      return `(${inner(it.left)} ${it.operator}%${it.modulus} ${inner(it.right)})`;
    case "if":
      return `(if ${inner(it.condition)} ${inner(it.then)} ${inner(it.otherwise)})`;
    case "let":
      return `(l${it.local} := ${inner(it.value)}; ${inner(it.body)})`;
    case "require":
      return `(require ${inner(it.condition)} else s${it.site}; ${inner(it.then)})`;
    case "quantifier":
      return `(${it.quantifier} l${it.local} ${it.low}..${it.high} ${inner(it.body)})`;
    case "segments": {
      const locals = it.locals.map((local) => (local === undefined ? "_" : `l${local}`));
      return `(${it.quantifier} ${networkName(names, it.network)} [${locals.join(" ")}] ${inner(it.body)})`;
    }
  }
};
