// How declarations are laid out: rules of formatting.

import type { Declaration, DeclarationOf, Field, NetworkDeclaration } from "./ast.ts";
import { planExpression, planParameters, planType, startsOf } from "./format-expressions.ts";
import { planMember, planMembers, planTyped } from "./format-members.ts";
import {
  behind,
  closerOf,
  dropComma,
  isToken,
  separate,
  space,
  stretchOf,
  type Plan,
  type Stretch,
} from "./format-plan.ts";
import {
  planBinding,
  planCheck,
  planOverride,
  planProperty,
  planSweep,
} from "./format-properties.ts";
import { planRows } from "./format-rows.ts";
import { planBlock, planCondition, planReason } from "./format-statements.ts";
import * as tokens from "./tokens.ts";

export const planDeclaration = (plan: Plan, declaration: Declaration): void => {
  const stretch = stretchOf(plan, declaration.span);
  switch (declaration.kind) {
    case "fn":
    case "proc":
    case "var":
    case "rule":
      planMember(plan, declaration);
      return;
    case "invariant":
    case "never":
    case "reachable":
    case "recoverable":
      planProperty(plan, stretch, declaration);
      return;
    case "process":
      if (declaration.index !== undefined) planType(plan, declaration.index.type);
      planMembers(plan, stretch, declaration.members);
      return;
    case "extend":
      if (declaration.when !== undefined) planCondition(plan, declaration.when);
      planMembers(plan, stretch, declaration.members);
      return;
    case "init":
      planBlock(plan, declaration.body);
      return;
    case "check":
      planCheck(plan, declaration);
      return;
    case "sweep":
      planSweep(plan, declaration);
      return;
    case "binding":
      planBinding(plan, stretch, declaration);
      return;
    case "import":
    case "const":
    case "set":
    case "assume":
    case "enum":
    case "type":
    case "record":
    case "message":
    case "network":
    case "event":
    case "clock":
    case "bound":
    case "final":
      planDefinition(plan, stretch, declaration);
      return;
  }
};

/** Declarations of constants, types, messages and networks, and of single facts. */
const planDefinition = (plan: Plan, stretch: Stretch, declaration: Definition): void => {
  switch (declaration.kind) {
    case "import":
      return;
    case "const":
      planTyped(plan, "const", [declaration.name], declaration.type, declaration.value);
      return;
    case "set":
      planOverride(plan, declaration.override);
      return;
    case "assume":
      planReason(plan, stretch, declaration.condition);
      return;
    case "enum":
      planEnum(plan, declaration);
      return;
    case "type":
      planType(plan, declaration.type);
      return;
    case "record":
    case "message":
      planFields(plan, behind(plan, declaration.name), declaration.fields);
      return;
    case "network":
      planNetwork(plan, declaration);
      return;
    case "event":
      planParameters(plan, behind(plan, declaration.name), declaration.parameters);
      return;
    case "clock":
      separate(plan, behind(plan, declaration.name), space);
      planType(plan, declaration.type);
      return;
    case "bound":
    case "final":
      separate(plan, stretchOf(plan, declaration.condition.span).from - 1, space);
      planExpression(plan, declaration.condition);
      return;
  }
};

type Definition = DeclarationOf<
  | "import"
  | "const"
  | "set"
  | "assume"
  | "enum"
  | "type"
  | "record"
  | "message"
  | "network"
  | "event"
  | "clock"
  | "bound"
  | "final"
>;

const planEnum = (plan: Plan, declaration: DeclarationOf<"enum">): void => {
  const opener = behind(plan, declaration.name);
  planRows(plan, opener, startsOf(plan, declaration.members), { separated: true });
  dropComma(plan, closerOf(plan, opener) - 1);
};

const planFields = (plan: Plan, opener: number, fields: readonly Field[]): void => {
  planRows(plan, opener, startsOf(plan, fields), { separated: false });
  for (const field of fields) {
    planTyped(plan, "field", field.names, field.type, undefined);
    if (field.when !== undefined) {
      const when = stretchOf(plan, field.when.span).from - 1;
      separate(plan, when, { kind: "cell", row: "field", column: 2 });
    }
    dropComma(plan, stretchOf(plan, field.span).to + 1);
  }
};

const planNetwork = (plan: Plan, declaration: NetworkDeclaration): void => {
  if (declaration.between !== undefined) planType(plan, declaration.between);
  const opener = closerOfLast(plan, declaration);
  const closer = closerOf(plan, opener);
  const starts: number[] = [];
  // A clause is its word and its value; only the values are nodes of the tree.
  for (let at = opener + 1; at < closer; at += 1) {
    starts.push(at);
    const value = clauseValue(declaration, plan.tokens[at]?.image ?? "");
    at += 1;
    if (value !== undefined && !isToken(plan, at, tokens.RightBrace)) {
      separate(plan, at, space);
      planExpression(plan, value);
      at = stretchOf(plan, value.span).to;
    }
  }
  planRows(plan, opener, starts, { separated: false });
};

const closerOfLast = (plan: Plan, { span }: Declaration): number =>
  plan.layout.partner[stretchOf(plan, span).to] ?? 0;

const clauseValue = (declaration: NetworkDeclaration, word: string) => {
  switch (word) {
    case "capacity":
      return declaration.capacity;
    case "lifetime":
      return declaration.lifetime;
    case "loss":
      return declaration.loss.kind === "budget" ? declaration.loss.value : undefined;
    case "duplication":
      return declaration.duplication.kind === "budget" ? declaration.duplication.value : undefined;
    default:
      return undefined;
  }
};
