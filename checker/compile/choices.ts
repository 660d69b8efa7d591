// Nondeterminism inside a body: questions that a script of choices answers.

import type { Statement } from "../core/index.ts";
import type { Body, Flow } from "./body.ts";
import { checked, joinFlows } from "./body.ts";
import { truthOf } from "./loops.ts";
import { noteLocal } from "./ranges.ts";
import type { Code, Scope } from "./scope.ts";
import { declared, freshName, localName } from "./scope.ts";

type Of<Kind extends Statement["kind"]> = Extract<Statement, { readonly kind: Kind }>;
type StatementsCode = (statements: readonly Statement[], body: Body) => Code;

/*
 * `pick` holds the answers of the path being run and `top` the last answer of each; `depth` of them
 * are given, and `pos` counts the questions asked so far. A question beyond the given answers takes
 * the first. A path is run again from its beginning for the next answer of its last question that
 * has one (`paths.ts`).
 */
const askCode = (scope: Scope, low: number, high: number): string => {
  const [position, depth] = [declared(scope.frame, "pos"), declared(scope.frame, "depth")];
  const add = `pick[${depth}] = ${low}; top[${depth}] = ${high}; ${depth} = ${depth} + 1;`;
  return `if (${position} === ${depth}) { ${add} }`;
};

export const chooseCode = ({ local, low, high, guard }: Of<"choose">, body: Body): Code => {
  const { scope } = body;
  if (high < low) {
    body.flow = undefined;
    return ["break v;"];
  }
  noteLocal(scope.ranges, local, { low, high });
  const name = localName(scope, local);
  const ask = askCode(scope, low, high);
  if (guard === undefined) return [ask, `${name} = pick[pos]; pos = pos + 1;`];
  const { code, text } = checked(guard, body, truthOf);
  return [
    ask,
    // Answers for which the guard is false are passed over; when none is left the question is
    // withdrawn.
    `for (${name} = pick[pos]; ; ${name} = ${name} + 1) {`,
    `if (${name} > ${high}) { depth = pos; break v; }`,
    `pick[pos] = ${name};`,
    ...code,
    `if (${text}) break;`,
    "}",
    "pos = pos + 1;",
  ];
};

export const eitherCode = (
  { branches }: Of<"either">,
  body: Body,
  statementsCode: StatementsCode,
): Code => {
  const { scope } = body;
  if (branches.length === 0) {
    body.flow = undefined;
    return ["break v;"];
  }
  const name = freshName(scope);
  const before = body.flow;
  let after: Flow;
  const cases = branches.flatMap((branch, index): Code => {
    body.flow = before;
    const code = statementsCode(branch, body);
    after = joinFlows(after, body.flow);
    return [`${index === 0 ? "" : "} else "}if (${name} === ${index}) {`, code];
  });
  body.flow = after;
  return [
    askCode(scope, 0, branches.length - 1),
    `${name} = pick[pos]; pos = pos + 1;`,
    ...cases,
    "}",
  ];
};
