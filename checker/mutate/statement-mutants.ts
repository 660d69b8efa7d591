// Mistakes in bodies: statements -> mutants.

import { type Block, type Domain, domainExpressions, type Statement } from "../syntax/index.ts";
import {
  expressionMutants,
  offByOne,
  type TextOf,
  withoutConjuncts,
} from "./expression-mutants.ts";
import type { Mutant } from "./mutant.ts";

export const blockMutants = ({ statements }: Block, textOf: TextOf): readonly Mutant[] =>
  statements.flatMap((it) => statementMutants(it, textOf));

const domainMutants = (domain: Domain, textOf: TextOf): readonly Mutant[] =>
  domainExpressions(domain).flatMap((it) => expressionMutants(it, textOf));

const statementMutants = (it: Statement, textOf: TextOf): readonly Mutant[] => {
  switch (it.kind) {
    case "send":
      return [
        { operator: "omit-send", span: it.span, text: "" },
        ...expressionMutants(it.value, textOf),
      ];
    case "start":
      return [
        { operator: "omit-start", span: it.span, text: "" },
        ...offByOne(it.ticks, textOf),
        ...expressionMutants(it.ticks, textOf),
      ];
    case "assign":
      return expressionMutants(it.value, textOf);
    case "if":
      return [
        ...withoutConjuncts(it.condition),
        ...expressionMutants(it.condition, textOf),
        ...blockMutants(it.then, textOf),
        ...(it.otherwise === undefined ? [] : blockMutants(it.otherwise, textOf)),
      ];
    case "match":
      return [
        ...expressionMutants(it.subject, textOf),
        ...it.arms.flatMap(({ body }) => blockMutants(body, textOf)),
      ];
    case "for":
      return [...domainMutants(it.domain, textOf), ...blockMutants(it.body, textOf)];
    case "choose":
      return [
        ...domainMutants(it.domain, textOf),
        ...(it.guard === undefined
          ? []
          : [...withoutConjuncts(it.guard), ...expressionMutants(it.guard, textOf)]),
        ...blockMutants(it.body, textOf),
      ];
    case "either":
      return it.branches.flatMap((branch) => blockMutants(branch, textOf));
    case "let":
      return expressionMutants(it.value, textOf);
    case "call":
      return it.arguments.flatMap((one) => expressionMutants(one, textOf));
    // What is only said to properties is no behaviour; the rest has nothing to get wrong.
    case "emit":
    case "assert":
    case "go":
    case "stop":
    case "done":
    case "defer":
    case "reprocess":
    case "missing":
      return [];
  }
};
