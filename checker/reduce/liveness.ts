// Which variables and segment fields may still be read, by control state (core -> reduce).

import type { Action, Core, Expression, NetworkId, Statement, VariableId } from "../core/index.ts";
import { canFail } from "../core/index.ts";
import { envelopeLength } from "./places.ts";
import {
  type Analysis,
  bit,
  has,
  type Interest,
  decidedBy,
  mentionsControl,
  type Mask,
  readFields,
  reads,
} from "./reads.ts";

/*
 * A backward analysis over the bodies of all actions, to the least fixed point. A set of variables
 * and locals is a bit mask: variable v is bit v, local l is bit V + l. Every set is kept once per
 * value of one control variable, whose value is followed through the bodies: under
 * `if state == LISTEN` only LISTEN is looked at, and after `-> CLOSED` only what is read in CLOSED
 * counts. Reading for the sake of something that is never read itself does not count (a ghost that
 * only counts up), unless the reading can fail or is held against a range: model errors are seen.
 */

/** What may be read from a point of a body on, by value of the control variable there. */
type After = (control: number) => Mask;

export interface Liveness {
  readonly control: VariableId | undefined;
  /** By value of the control variable less its low (one entry when there is none). */
  readonly live: readonly Mask[];
  /** Whether `init` reads the value that the variable has before it. */
  readonly isReadByInit: (variable: VariableId) => boolean;
  readonly isFieldLive: (network: NetworkId, position: number) => boolean;
  /** Whether an assignment, signal or `let` can matter at all. */
  readonly isNeeded: (statement: Statement) => boolean;
}

/** Analyses a core for one control variable, or without any. */
export const livenessOf = (
  core: Core,
  control: VariableId | undefined,
  interest: Interest,
): Liveness => {
  const { low, high } = (control === undefined ? undefined : core.variables[control]) ?? {
    low: 0,
    high: 0,
  };
  const values = Array.from({ length: high - low + 1 }, (_, at) => low + at);
  const fields = new Set<string>();
  const needed = new Set<Statement>();
  const clock: Clock = { round: 0, live: values.map(() => 0n) };
  const known = new Map<Expression, Mask>();
  const mentions = new Map<Expression, boolean>();
  const analysis = { core, control, values, interest, fields, needed, known, mentions, clock };
  const runRound = roundsOf(analysis);
  for (;;) {
    const before = fields.size;
    const { live } = clock;
    const { next, first } = runRound();
    if (fields.size === before && next.every((mask, at) => mask === live[at])) {
      return {
        control,
        live,
        isReadByInit: (variable) => has(first, variable),
        isFieldLive: (network, position) => fields.has(`${network} ${position}`),
        isNeeded: (it) => needed.has(it),
      };
    }
    clock.live = next;
    clock.round += 1;
  }
};

/** The sets of this round, and which round it is: what was found in another does not count. */
interface Clock {
  round: number;
  live: readonly Mask[];
}

/** The same functions run in every round: sets only grow, and so does what is needed. */
interface Rounds extends Analysis {
  readonly clock: Clock;
}

/** What the conditions and every action read, given what is live after an action. */
const roundsOf = (
  analysis: Rounds,
): (() => { readonly next: readonly Mask[]; readonly first: Mask }) => {
  const { core, values, clock } = analysis;
  const variables = bit(core.variables.length) - 1n;
  const low = values[0] ?? 0;
  const always = memo(analysis, (control) => judgedReads(analysis, control));
  const after: After = (control) => (clock.live[control - low] ?? 0n) | always(control);
  // What `init` reads first are constants, and of no state.
  const init = before(analysis, core.init.body, after, new Map());
  const actions = core.actions.map((action) => actionReads(analysis, action, after));
  return () => ({
    first: values.reduce((mask, value) => mask | init(value), 0n),
    next: values.map((value) =>
      actions.reduce((mask, read) => mask | (read(value) & variables), after(value)),
    ),
  });
};

/** Time reads timers and clocks; loss and duplication read their budgets. */
const alwaysLive = (core: Core, control: VariableId | undefined): Mask => {
  const budgets = new Set(core.networks.flatMap(({ loss, duplication }) => [loss, duplication]));
  return core.variables.reduce((mask, { origin }, id) => {
    const isTime = origin.kind === "timer" || origin.kind === "clock";
    return isTime || budgets.has(id) || id === control ? mask | bit(id) : mask;
  }, 0n);
};

/** What is read of every state: selected properties, finals, bounds; and time and budgets. */
const judgedReads = (analysis: Analysis, control: number): Mask => {
  const { core, interest } = analysis;
  const conditions: readonly Expression[] = [
    ...core.properties.flatMap((it, id): readonly Expression[] => {
      if (!interest.isSelected(id) || "event" in it) return [];
      return it.kind === "recoverable" ? [it.from, it.to] : [it.condition];
    }),
    ...core.finals.map((it) => it.condition),
    ...core.bounds.map((it) => it.condition),
  ];
  return conditions.reduce(
    (mask, it) => mask | reads(analysis, it, control),
    alwaysLive(core, analysis.control),
  );
};

const actionReads = (analysis: Rounds, action: Action, after: After): After => {
  switch (action.kind) {
    case "rule":
    case "expiry": {
      const body = before(analysis, action.body, after, new Map());
      const guard = factsOf(analysis, action.guard);
      return memo(analysis, (control) =>
        guard.decided(control) === 0 ? 0n : guard.read(control) | body(control),
      );
    }
    case "deliver": {
      const body = before(analysis, action.body, after, new Map());
      return memo(analysis, (control) => {
        const mask = body(control);
        readFields(analysis, action.network, action.locals, mask);
        return mask;
      });
    }
    case "lose":
    case "duplicate":
    case "tick":
      return () => 0n;
  }
};

const memo = ({ values, clock }: Rounds, of: After): After => {
  const low = values[0] ?? 0;
  const found: (Mask | undefined)[] = values.map(() => undefined);
  let round = clock.round;
  return (control) => {
    if (round !== clock.round) {
      found.fill(undefined);
      round = clock.round;
    }
    return (found[control - low] ??= of(control));
  };
};

/** What an expression reads, and what it is where that is known: the same in every round. */
const factsOf = (analysis: Rounds, code: Expression) => {
  if (!mentionsControl(analysis, code)) {
    const value = code.kind === "constant" ? code.value : undefined;
    let mask: Mask | undefined;
    return {
      read: (control: number): Mask => (mask ??= reads(analysis, code, control)),
      decided: (): number | undefined => value,
    };
  }
  const low = analysis.values[0] ?? 0;
  const masks: (Mask | undefined)[] = analysis.values.map(() => undefined);
  const decisions: (number | "open" | undefined)[] = analysis.values.map(() => undefined);
  return {
    read: (control: number): Mask => (masks[control - low] ??= reads(analysis, code, control)),
    decided: (control: number): number | undefined => {
      const found = (decisions[control - low] ??= decidedBy(analysis, code, control) ?? "open");
      return found === "open" ? undefined : found;
    },
  };
};

type Labels = ReadonlyMap<number, After>;

const before = (
  analysis: Rounds,
  body: readonly Statement[],
  after: After,
  labels: Labels,
): After =>
  body.reduceRight<After>(
    (rest, statement) => memo(analysis, beforeOne(analysis, statement, rest, labels)),
    after,
  );

const beforeOne = (analysis: Rounds, statement: Statement, rest: After, labels: Labels): After => {
  const base = analysis.core.variables.length;
  switch (statement.kind) {
    case "assign":
      return beforeAssign(analysis, statement, rest);
    case "let": {
      const { read } = factsOf(analysis, statement.value);
      const local = bit(base + statement.local);
      return (control) => {
        const mask = rest(control);
        if ((mask & local) === 0n && !canFail(statement.value)) return mask;
        analysis.needed.add(statement);
        return (mask & ~local) | read(control);
      };
    }
    case "send":
      return beforeSend(analysis, statement, rest);
    case "signal": {
      const { when, event } = statement;
      const { read, decided } = factsOf(analysis, when);
      return (control) => {
        const isHeard = analysis.interest.isEventSelected(event) && decided(control) !== 0;
        if (!isHeard && !canFail(when)) return rest(control);
        analysis.needed.add(statement);
        return rest(control) | read(control);
      };
    }
    case "if": {
      const then = before(analysis, statement.then, rest, labels);
      const otherwise = before(analysis, statement.otherwise, rest, labels);
      const { read, decided } = factsOf(analysis, statement.condition);
      return (control) => {
        const condition = decided(control);
        if (condition !== undefined) return condition === 0 ? otherwise(control) : then(control);
        return then(control) | otherwise(control) | read(control);
      };
    }
    case "require": {
      const { read } = factsOf(analysis, statement.condition);
      return (control) => rest(control) | read(control);
    }
    case "choose": {
      const guard =
        statement.guard === undefined ? () => 0n : factsOf(analysis, statement.guard).read;
      const others = ~bit(base + statement.local);
      return (control) => (rest(control) | guard(control)) & others;
    }
    case "either": {
      const branches = statement.branches.map((it) => before(analysis, it, rest, labels));
      return (control) => branches.reduce((mask, it) => mask | it(control), 0n);
    }
    case "block":
      return before(analysis, statement.body, rest, new Map([...labels, [statement.label, rest]]));
    case "exit": {
      const target = labels.get(statement.label);
      if (target === undefined) throw new Error(`no block has the label ${statement.label}`);
      return target;
    }
    case "disable":
      return () => 0n;
    case "mark":
      return rest;
  }
};

const beforeSend = (
  analysis: Rounds,
  { network, values }: Extract<Statement, { readonly kind: "send" }>,
  rest: After,
): After => {
  const facts = values.map((value) => factsOf(analysis, value));
  return (control) =>
    facts.reduce((mask, { read }, position) => {
      const value = values[position];
      const isRead = isSent(analysis, network, position) || (value !== undefined && canFail(value));
      return isRead ? mask | read(control) : mask;
    }, rest(control));
};

/** Age and receiver decide what a network does; a field counts when somebody reads it. */
const isSent = ({ core, fields }: Analysis, network: NetworkId, position: number): boolean =>
  position < envelopeLength(core, network) || fields.has(`${network} ${position}`);

const beforeAssign = (
  analysis: Rounds,
  statement: Extract<Statement, { readonly kind: "assign" }>,
  rest: After,
): After => {
  const { target, value, check } = statement;
  const { control, values, needed } = analysis;
  const isSeen = check !== undefined || canFail(value);
  const { read, decided } = factsOf(analysis, value);
  if (target.kind === "element") {
    const places = Array.from(
      { length: target.count },
      (_, at) => target.base + at * target.stride,
    );
    const index = factsOf(analysis, target.index);
    const movesControl = places.some((it) => it === control);
    return (at) => {
      needed.add(statement);
      const mask = movesControl ? values.reduce((all, it) => all | rest(it), 0n) : rest(at);
      return mask | index.read(at) | read(at);
    };
  }
  const { variable } = target;
  if (variable === control) {
    return (at) => {
      needed.add(statement);
      const known = decided(at);
      if (known !== undefined && values.includes(known)) return rest(known);
      return values.reduce((all, it) => all | rest(it), read(at));
    };
  }
  return (at) => {
    const mask = rest(at);
    if (!has(mask, variable) && !isSeen) return mask;
    needed.add(statement);
    return (mask & ~bit(variable)) | read(at);
  };
};
