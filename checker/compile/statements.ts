// Statements as JavaScript: core -> code. A body is straight code; its choices follow a script.

import type { Statement } from "../core/index.ts";
import type { Body } from "./body.ts";
import { checked, failCode, joinFlows, selectCode } from "./body.ts";
import { chooseCode, eitherCode } from "./choices.ts";
import { numberOf, truthOf } from "./loops.ts";
import { noteLocal, rangeOf } from "./ranges.ts";
import type { Code, Scope } from "./scope.ts";
import { declared, freshName, localName, present, wordName } from "./scope.ts";
import { sendCode } from "./sends.ts";
import { replacedText } from "./slots.ts";

type Of<Kind extends Statement["kind"]> = Extract<Statement, { readonly kind: Kind }>;

export const statementsCode = (statements: readonly Statement[], body: Body): Code =>
  statements.map((it) => statementCode(it, body));

const statementCode = (statement: Statement, body: Body): Code => {
  switch (statement.kind) {
    case "assign":
      return assignCode(statement, body);
    case "let":
      return letCode(statement, body);
    case "send":
      return sendCode(statement, body);
    case "signal":
      return signalCode(statement, body);
    case "if":
      return ifCode(statement, body);
    case "choose":
      return chooseCode(statement, body);
    case "either":
      return eitherCode(statement, body, statementsCode);
    case "block":
      return blockCode(statement, body);
    case "exit":
      body.exits.get(statement.label)?.push(body.flow);
      body.flow = undefined;
      return [`break b${statement.label};`];
    case "require":
      return requireCode(statement, body);
    case "disable":
      body.flow = undefined;
      return ["break v;"];
    case "mark":
      return [markText(statement.branch, body)];
  }
};

/** From left to right: the index of the target, then the value, then its range. */
const assignCode = ({ target, value, check }: Of<"assign">, body: Body): Code => {
  const { scope } = body;
  const index = target.kind === "element" ? indexCode(target, body) : undefined;
  const result = checked(value, body, numberOf);
  const code: (string | Code)[] = [...(index?.code ?? []), ...result.code];
  let text = result.text;
  if (check !== undefined || target.kind === "element") {
    const name = freshName(scope);
    code.push(`${name} = ${text};`);
    text = name;
  }
  if (check !== undefined) {
    const outside = `${text} < ${check.low} || ${text} > ${check.high}`;
    code.push(`if (${outside}) ${failCode(body, check.site)}`);
  }
  if (target.kind === "variable") return [...code, writeVariable(target.variable, text, scope)];
  const { base, stride, count } = target;
  const writes = Array.from({ length: count }, (_, position) =>
    writeVariable(base + stride * position, text, scope),
  );
  return [...code, selectCode(index?.text ?? "0", writes)];
};

const indexCode = (target: Extract<Of<"assign">["target"], { kind: "element" }>, body: Body) => {
  const { low, high } = rangeOf(target.index, body.scope.ranges, body.scope.core);
  const index = checked(target.index, body, numberOf);
  const name = freshName(body.scope);
  const code: (string | Code)[] = [...index.code, `${name} = ${index.text};`];
  if (low < 0 || high >= target.count) {
    const outside = `${name} < 0 || ${name} >= ${target.count}`;
    code.push(`if (${outside}) ${failCode(body, target.site)}`);
  }
  return { code, text: name };
};

/** A statement that gives a variable its value. */
export const writeVariable = (id: number, text: string, scope: Scope): string => {
  const slot = present(scope.layout.variables, id);
  if (slot.bits === 0) return "";
  const word = wordName(scope, slot.word);
  return `${word} = ${replacedText(word, slot, text)};`;
};

const letCode = ({ local, value }: Of<"let">, body: Body): Code => {
  const { scope } = body;
  const range = rangeOf(value, scope.ranges, scope.core);
  const result = checked(value, body, numberOf);
  noteLocal(scope.ranges, local, range);
  return [...result.code, `${localName(scope, local)} = ${result.text};`];
};

const requireCode = ({ condition, site }: Of<"require">, body: Body): Code => {
  const result = checked(condition, body, truthOf);
  return [...result.code, `if (!${result.text}) ${failCode(body, site)}`];
};

const signalCode = ({ event, when }: Of<"signal">, body: Body): Code => {
  const result = checked(when, body, truthOf);
  const word = declared(body.scope.frame, `e${event >> 5}`);
  return [...result.code, `if (${result.text}) ${word} = ${word} | ${1 << (event & 31)};`];
};

const ifCode = ({ condition, then, otherwise }: Of<"if">, body: Body): Code => {
  const result = checked(condition, body, truthOf);
  const before = body.flow;
  const thenCode = statementsCode(then, body);
  const after = body.flow;
  body.flow = before;
  const otherwiseCode = statementsCode(otherwise, body);
  body.flow = joinFlows(after, body.flow);
  const rest = otherwise.length === 0 ? ["}"] : ["} else {", otherwiseCode, "}"];
  return [...result.code, `if (${result.text}) {`, thenCode, ...rest];
};

const blockCode = ({ label, body: statements }: Of<"block">, body: Body): Code => {
  body.exits.set(label, []);
  const code = statementsCode(statements, body);
  body.flow = (body.exits.get(label) ?? []).reduce(joinFlows, body.flow);
  return [`b${label}: {`, code, "}"];
};

/** What was marked waits in a list while the path can still turn out to be no step. */
const markText = (branch: number, { plan, scope }: Body): string => {
  if (!plan.canVanish) return `taken[${branch}] = 1;`;
  const count = declared(scope.frame, "mk");
  return `marks[${count}] = ${branch}; ${count} = ${count} + 1;`;
};
