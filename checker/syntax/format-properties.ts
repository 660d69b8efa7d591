// How properties, checks, sweeps and bindings are laid out: rules of formatting.

import type {
  BindingItem,
  CheckDeclaration,
  DeclarationOf,
  Expression,
  Override,
  PropertyDeclaration,
  SweepDeclaration,
} from "./ast.ts";
import { planDomain, planExpression, planList, startsOf } from "./format-expressions.ts";
import { planNames } from "./format-members.ts";
import {
  behind,
  dropComma,
  group,
  indentFrom,
  isToken,
  line,
  separate,
  softLine,
  space,
  stretchOf,
  type Plan,
  type Stretch,
} from "./format-plan.ts";
import { planRows } from "./format-rows.ts";
import { indexAt } from "./layout.ts";
import * as tokens from "./tokens.ts";

export const planProperty = (plan: Plan, stretch: Stretch, property: PropertyDeclaration): void => {
  separate(plan, behind(plan, property.name), space);
  switch (property.kind) {
    case "invariant":
      planExpression(plan, property.condition);
      return;
    case "never":
      planPremise(plan, stretch, property.when);
      planList(plan, behind(plan, property.event), property.binders, softLine);
      return;
    case "reachable":
      planPremise(plan, stretch, property.when);
      planExpression(plan, property.subject);
      return;
    case "recoverable": {
      const from = stretchOf(plan, property.from.span);
      const to = stretchOf(plan, property.to.span);
      const isInstances = property.domain !== undefined;
      group(plan, stretch);
      indentFrom(plan, { from: isInstances ? from.from : from.to + 1, to: stretch.to });
      if (property.domain !== undefined) planDomain(plan, property.domain);
      if (isInstances) separate(plan, from.from, line);
      separate(plan, from.to + 1, line);
      separate(plan, to.from, space);
      if (property.withoutFaults) separate(plan, to.to + 1, line);
      planExpression(plan, property.from);
      planExpression(plan, property.to);
      return;
    }
  }
};

/** `when e`, on a line of its own if the property is too long for one. */
const planPremise = (plan: Plan, stretch: Stretch, when: Expression | undefined): void => {
  if (when === undefined) return;
  const word = stretchOf(plan, when.span).from - 1;
  group(plan, stretch);
  indentFrom(plan, { from: word, to: stretch.to });
  separate(plan, word, line);
  planExpression(plan, when);
};

export const planOverride = (plan: Plan, override: Override): void => {
  if (override.index !== undefined) planExpression(plan, override.index);
  planExpression(plan, override.value);
};

export const planCheck = (plan: Plan, check: CheckDeclaration): void => {
  const cell = (index: number, column: number): void =>
    separate(plan, index, { kind: "cell", row: "check", column });
  const opener = indexAt(plan.tokens, check.titleSpan.end);
  if (isToken(plan, opener, tokens.LeftBrace)) cell(opener, 1);
  planList(plan, opener, check.overrides, line);
  check.overrides.forEach((it) => planOverride(plan, it));
  const [selected] = check.only;
  if (selected !== undefined) cell(stretchOf(plan, selected.span).from - 1, 2);
  planNames(plan, check.only);
  cell(stretchOf(plan, check.expectation.span).from - 1, 3);
  planNames(plan, check.expectation.names);
  check.expectation.figures.forEach(({ value }) => planExpression(plan, value));
};

export const planSweep = (plan: Plan, sweep: SweepDeclaration): void => {
  planList(plan, indexAt(plan.tokens, sweep.titleSpan.end), sweep.axes, line);
  for (const axis of sweep.axes) {
    if (axis.kind === "axis") planDomain(plan, axis.domain);
    else planExpression(plan, axis.value);
  }
  planNames(plan, sweep.only);
  if (sweep.expected !== undefined) planExpression(plan, sweep.expected);
};

export const planBinding = (
  plan: Plan,
  { to }: Stretch,
  binding: DeclarationOf<"binding">,
): void => {
  planRows(plan, plan.layout.partner[to] ?? to, startsOf(plan, binding.items), {
    separated: false,
  });
  binding.items.forEach((it) => planBindingItem(plan, it));
};

const planBindingItem = (plan: Plan, item: BindingItem): void => {
  if (item.kind !== "segment" && item.kind !== "hosts") return;
  const { to } = stretchOf(plan, item.span);
  const names =
    item.kind === "segment" ? item.fields.map((it) => it.header) : item.hosts.map((it) => it.host);
  const starts = startsOf(plan, names);
  planRows(plan, plan.layout.partner[to] ?? to, starts, { separated: false });
  [...starts.slice(1), to].forEach((start) => dropComma(plan, start - 1));
};
