// How the members of processes are laid out: rules of formatting.

import type {
  Case,
  Expression,
  Member,
  Name,
  ReceiveDeclaration,
  Stage,
  TypeExpression,
} from "./ast.ts";
import {
  fill,
  planBody,
  planExpression,
  planParameters,
  planType,
  startsOf,
} from "./format-expressions.ts";
import {
  behind,
  group,
  hang,
  indentFrom,
  line,
  separate,
  stretchOf,
  type Plan,
  type Stretch,
} from "./format-plan.ts";
import { planBlock } from "./format-statements.ts";

/** The body of a process, whose closing brace is the last token. */
export const planMembers = (plan: Plan, { to }: Stretch, members: readonly Member[]): void => {
  planBody(plan, plan.layout.partner[to] ?? to, startsOf(plan, members));
  members.forEach((it) => planMember(plan, it));
};

export const planMember = (plan: Plan, member: Member): void => {
  const { from } = stretchOf(plan, member.span);
  switch (member.kind) {
    case "state":
      if (member.initial !== undefined) planExpression(plan, member.initial);
      return;
    case "timer":
      planNames(plan, member.names);
      return;
    case "var":
      planTyped(plan, "var", member.names, member.type, member.initial);
      return;
    case "fn":
      planParameters(plan, behind(plan, member.name), member.parameters);
      planType(plan, member.result);
      if (member.body !== undefined) planExpression(plan, member.body);
      return;
    case "proc":
      planParameters(plan, behind(plan, member.name), member.parameters);
      if (member.body !== undefined) planBlock(plan, member.body);
      return;
    case "rule": {
      const body = stretchOf(plan, member.body.span).from;
      planHead(plan, { from, to: body - 1 }, member.states, member.guard);
      planParameters(plan, behind(plan, member.name), member.parameters);
      planBlock(plan, member.body);
      return;
    }
    case "receive":
      planReceive(plan, member);
      return;
    case "expire": {
      const body = stretchOf(plan, member.body.span).from;
      planHead(plan, { from, to: body - 1 }, member.states, undefined);
      planBlock(plan, member.body);
      return;
    }
  }
};

/** `names : T = e`, aligned with the lines around it. */
export const planTyped = (
  plan: Plan,
  row: "const" | "var" | "field",
  names: readonly Name[],
  type: TypeExpression | undefined,
  value: Expression | undefined,
): void => {
  planNames(plan, names);
  const last = names.at(-1);
  if (type !== undefined && last !== undefined) {
    separate(plan, behind(plan, last), { kind: "cell", row, column: 1 });
    planType(plan, type);
  }
  if (value !== undefined) {
    const sign = stretchOf(plan, value.span).from - 1;
    separate(plan, sign, { kind: "cell", row, column: 2 });
    planExpression(plan, value);
  }
};

/** `a, b, c`, filled into lines. */
export const planNames = (plan: Plan, names: readonly Name[]): void => {
  const starts = startsOf(plan, names.slice(1));
  const last = starts.at(-1);
  if (last === undefined) return;
  indentFrom(plan, { from: starts[0] ?? last, to: last }, 4);
  fill(plan, starts, last);
};

/** What stands before the braces of a rule or handler; breaks before `in` and `when`. */
const planHead = (
  plan: Plan,
  stretch: Stretch,
  states: readonly Name[],
  guard: Expression | undefined,
): void => {
  const starts = startsOf(plan, states);
  const inWord = starts[0] === undefined ? undefined : starts[0] - 1;
  const when = guard === undefined ? undefined : stretchOf(plan, guard.span).from - 1;
  const first = inWord ?? when;
  if (first === undefined) return;
  group(plan, stretch);
  indentFrom(plan, { from: first, to: stretch.to }, 4);
  if (inWord !== undefined) {
    separate(plan, inWord, line);
    fill(plan, starts.slice(1), starts.at(-1) ?? inWord);
  }
  if (when !== undefined) separate(plan, when, line);
  if (guard !== undefined) planExpression(plan, guard);
};

const planReceive = (plan: Plan, member: ReceiveDeclaration): void => {
  const stretch = stretchOf(plan, member.span);
  const opener = plan.layout.partner[stretch.to] ?? stretch.to;
  planHead(plan, { from: stretch.from, to: opener - 1 }, member.states, undefined);
  const { body } = member;
  if (body.kind === "stages") {
    planBody(plan, opener, startsOf(plan, body.stages));
    body.stages.forEach((it) => planStage(plan, it));
    return;
  }
  const { tail } = body;
  const items = [...startsOf(plan, body.cases)];
  if (tail.kind === "else") items.push(stretchOf(plan, tail.body.span).from - 1);
  if (tail.kind === "ignore") items.push(stretchOf(plan, tail.span).from);
  planBody(plan, opener, items);
  body.cases.forEach((it) => planCase(plan, it));
  if (tail.kind === "else") planBlock(plan, tail.body);
};

const planStage = (plan: Plan, stage: Stage): void => {
  const opener = behind(plan, stage.name);
  const items = [...startsOf(plan, stage.cases)];
  if (stage.otherwise !== undefined) items.push(stretchOf(plan, stage.otherwise.span).from - 1);
  separate(plan, opener, { kind: "cell", row: "stage", column: 1 });
  planBody(plan, opener, items);
  stage.cases.forEach((it) => planCase(plan, it));
  if (stage.otherwise !== undefined) planBlock(plan, stage.otherwise);
};

const planCase = (plan: Plan, branch: Case): void => {
  separate(plan, behind(plan, branch.name), { kind: "cell", row: "case", column: 1 });
  const guard = stretchOf(plan, branch.guard.span);
  hang(plan, guard);
  planExpression(plan, branch.guard);
  separate(plan, guard.to + 1, { kind: "cell", row: "case", column: 2 });
  planBlock(plan, branch.body);
};
