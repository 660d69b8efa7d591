// What a body can do, found out before its code is written.

import {
  bodiesOf,
  type Expression,
  expressionsOf,
  type LocalId,
  type NetworkId,
  operandsOf,
  type Statement,
  type VariableId,
} from "../core/index.ts";

export interface Plan {
  /** Variables that the body can assign. */
  readonly assigned: ReadonlySet<VariableId>;
  /** Per network it sends to: the most sends on one path. */
  readonly sends: ReadonlyMap<NetworkId, number>;
  /**
   * Whether the body looks at what is in a network: then a sent segment has to be in its place at
   * once.
   */
  readonly looksAtNetworks: boolean;
  /** Whether a path can end as no step: then what it counts and marks waits until it is a step. */
  readonly canVanish: boolean;
  /** The most choices on one path. */
  readonly choices: number;
  readonly marks: number;
  /** Words of events that the body can signal. */
  readonly eventWords: ReadonlySet<number>;
  /** Locals that statements assign. */
  readonly locals: ReadonlySet<LocalId>;
  /** Number of nodes, as a measure of its code. */
  readonly size: number;
}

/** Number of nodes of an expression. */
export const sizeOf = (expression: Expression): number => {
  let size = 1;
  for (const part of operandsOf(expression)) size += sizeOf(part);
  return size;
};

/** Whether evaluating the expression looks at a network. */
const looksAtNetworks = (expression: Expression): boolean =>
  expression.kind === "segments" || operandsOf(expression).some(looksAtNetworks);

/** How often one path does something, at most. */
interface Most {
  readonly sends: Map<NetworkId, number>;
  choices: number;
  marks: number;
}

const nothing = (): Most => ({ sends: new Map(), choices: 0, marks: 0 });

/** One after the other. */
const follow = (sum: Most, next: Most): void => {
  sum.choices += next.choices;
  sum.marks += next.marks;
  for (const [network, count] of next.sends) {
    sum.sends.set(network, (sum.sends.get(network) ?? 0) + count);
  }
};

/** One or the other. */
const orElse = (sum: Most, other: Most): void => {
  sum.choices = Math.max(sum.choices, other.choices);
  sum.marks = Math.max(sum.marks, other.marks);
  for (const [network, count] of other.sends) {
    sum.sends.set(network, Math.max(sum.sends.get(network) ?? 0, count));
  }
};

/** What a walk over all statements of a body finds. */
interface Found {
  readonly assigned: Set<VariableId>;
  readonly eventWords: Set<number>;
  readonly locals: Set<LocalId>;
  looksAtNetworks: boolean;
  canVanish: boolean;
  size: number;
}

type Blocks = (network: NetworkId) => boolean;

const note = (statement: Statement, blocks: Blocks, found: Found, own: Most): void => {
  switch (statement.kind) {
    case "assign":
      return noteTarget(statement.target, found.assigned);
    case "send":
      own.sends.set(statement.network, 1);
      found.canVanish ||= blocks(statement.network);
      return;
    case "signal":
      found.eventWords.add(statement.event >> 5);
      return;
    case "choose":
      found.locals.add(statement.local);
      own.choices = 1;
      found.canVanish = true;
      return;
    case "either":
      own.choices = 1;
      found.canVanish = true;
      return;
    case "let":
      found.locals.add(statement.local);
      return;
    case "disable":
      found.canVanish = true;
      return;
    case "mark":
      own.marks = 1;
      return;
    case "if":
    case "block":
    case "exit":
    case "require":
  }
};

const noteTarget = (
  target: Extract<Statement, { readonly kind: "assign" }>["target"],
  assigned: Set<VariableId>,
): void => {
  if (target.kind === "variable") {
    assigned.add(target.variable);
    return;
  }
  for (let index = 0; index < target.count; index += 1) {
    assigned.add(target.base + target.stride * index);
  }
};

/** What a statement counts for besides its expressions. */
const statementSize = 3;

const walk = (body: readonly Statement[], blocks: Blocks, found: Found): Most => {
  const sum = nothing();
  for (const statement of body) {
    const own = nothing();
    note(statement, blocks, found, own);
    found.size += statementSize;
    for (const expression of expressionsOf(statement)) {
      found.size += sizeOf(expression);
      found.looksAtNetworks ||= looksAtNetworks(expression);
    }
    const inner = nothing();
    for (const part of bodiesOf(statement)) orElse(inner, walk(part, blocks, found));
    follow(own, inner);
    follow(sum, own);
  }
  return sum;
};

export const planOf = (body: readonly Statement[], blocks: Blocks): Plan => {
  const found: Found = {
    assigned: new Set(),
    eventWords: new Set(),
    locals: new Set(),
    looksAtNetworks: false,
    canVanish: false,
    size: 0,
  };
  const { sends, choices, marks } = walk(body, blocks, found);
  return { ...found, sends, choices, marks };
};
