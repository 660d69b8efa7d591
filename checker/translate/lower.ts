// A core as a program of routines and judgements (core -> program).

import type { Action, Core, Expression, Network, Statement } from "../core/index.ts";
import { type BodyLowering, lowerBody } from "./lower-body.ts";
import { type Lowered, lowerExpression } from "./lower-expression.ts";
import {
  assign,
  both,
  compare,
  constant,
  either,
  type Judgement,
  type Line,
  local,
  not,
  type Parameter,
  plus,
  type Program,
  type Routine,
  type Term,
  when,
} from "./program.ts";
import { allLines, canStop, cellsOf, localsRead, localsSet, withoutDeadSets } from "./walk.ts";

type Of<Kind extends Action["kind"]> = Extract<Action, { readonly kind: Kind }>;

/** Everything of a core that can be said as steps and as judgements of single states. */
export const lower = (core: Core): Program => ({
  initial: lowerInitial(core),
  routines: core.actions.flatMap((it) => lowerAction(core, it)),
  judgements: core.properties.map((it) =>
    "condition" in it ? lowerJudgement(core, it.name, it, () => 2) : undefined,
  ),
  finals: core.finals.map((it, index) =>
    lowerJudgement(core, `final ${index + 1}`, it, (site) => site + 2),
  ),
});

/** A place to lower the code of one routine in; locals from `localCount` on are free. */
const workshop = (
  core: Core,
  localCount: number,
  parameters: readonly Parameter[],
  bound: BodyLowering["bound"],
): BodyLowering => {
  let free = localCount;
  return {
    variables: core.variables,
    parameters,
    bound,
    capacityOf: (network) => at(core.networks, network).capacity,
    newLocal: () => {
      free += 1;
      return free - 1;
    },
    onFailure: (site) => ({ kind: "fail", site }),
    firstChoice: parameters.length,
    choices: [],
    blocks: new Map(),
    isFull: (network) =>
      at(core.networks, network).capacity === 0 ? constant(1) : { kind: "full", network },
    full: (network) => {
      const { full, fullSite } = at(core.networks, network);
      return { kind: full, site: fullSite };
    },
  };
};

interface Source {
  readonly name: string;
  readonly localCount: number;
  readonly parameters: readonly Parameter[];
  /** Locals that the parameters are given to. */
  readonly parameterLocals: readonly number[];
  readonly guard: (shop: BodyLowering) => Lowered;
  readonly body: readonly Statement[];
  /** Lines before the body. */
  readonly opening: readonly Line[];
}

const surely = (term: Term) => (): Lowered => ({ lines: [], term });

/** Bounds hold in the state that a path leads to, before anything of the path counts. */
const boundLines = (core: Core, shop: BodyLowering): readonly Line[] =>
  core.bounds.flatMap(({ condition }) => {
    const { lines, term } = lowerExpression(condition, { ...shop, bound: new Map() });
    return [...lines, when(not(term), [{ kind: "disable" }])];
  });

/**
 * A local that only ever holds a parameter needs no storage, and its range is known. Which locals
 * are such is seen in the lines that come out when none is taken for one.
 */
const lowerRoutine = (core: Core, source: Source): Routine => {
  const general = lowerWith(core, source, new Map());
  const { parameterLocals } = source;
  if (parameterLocals.length === 0) return general.routine;
  const changed = new Set([
    ...localsSet(general.lines),
    ...cellsOf(general.lines).flatMap((it) => (it.of === "local" ? localsRead(it) : [])),
  ]);
  const bound = parameterLocals.flatMap((id, parameter): readonly (readonly [number, Term])[] =>
    changed.has(id) ? [] : [[id, { kind: "parameter", parameter }]],
  );
  return bound.length === 0 ? general.routine : lowerWith(core, source, new Map(bound)).routine;
};

const lowerWith = (
  core: Core,
  source: Source,
  bound: BodyLowering["bound"],
): { readonly routine: Routine; readonly lines: readonly Line[] } => {
  const localCount = Math.max(source.localCount, ...core.bounds.map((it) => it.localCount));
  const shop = workshop(core, localCount, source.parameters, bound);
  const guard = source.guard(shop);
  const given = source.parameterLocals.map((id, parameter) =>
    assign(local(id), { kind: "parameter", parameter }),
  );
  const { front, back } = splitGuard(guard, given);
  const body = [...source.opening, ...lowerBody(source.body, shop), ...boundLines(core, shop)];
  const lines = withoutDeadSets([...back, ...given, ...body]);
  const choices = shop.choices.map((count, index): Parameter => ({
    name: `choice ${index + 1}`,
    low: 0,
    high: count - 1,
  }));
  const routine: Routine = {
    name: source.name,
    parameters: [...source.parameters, ...choices],
    guard: front,
    body: lines,
    isCertain: !canStop(lines),
  };
  return { routine, lines: [...guard.lines, ...body] };
};

/** A guard that needs lines is found out in the body: where it does not hold, the path is no step. */
const splitGuard = (
  { lines, term }: Lowered,
  given: readonly Line[],
): { readonly front: Term; readonly back: readonly Line[] } => {
  const needed = withoutDeadSets([...given, ...lines, { kind: "answer", value: term }]);
  if (needed.length === 1) return { front: term, back: [] };
  return {
    front: constant(1),
    back: [...given, ...lines, when(not(term), [{ kind: "disable" }])],
  };
};

const lowerInitial = (core: Core): Routine =>
  lowerRoutine(core, {
    name: "initial",
    localCount: core.init.localCount,
    parameters: [],
    parameterLocals: [],
    guard: surely(constant(1)),
    body: core.init.body,
    opening: [],
  });

const lowerAction = (core: Core, action: Action): readonly Routine[] => {
  switch (action.kind) {
    case "rule":
    case "expiry":
      if (action.parameters.some(({ low, high }) => high < low)) return [];
      return [
        lowerRoutine(core, {
          ...action,
          guard: (shop) => lowerExpression(action.guard, shop),
          parameterLocals: action.parameters.map((it) => it.local),
          opening: [],
        }),
      ];
    case "deliver":
    case "lose":
    case "duplicate":
      return lowerAboutSegment(core, action);
    case "tick":
      return [lowerTick(core, action)];
  }
};

const position: Term = { kind: "parameter", parameter: 0 };

const lowerAboutSegment = (
  core: Core,
  action: Of<"deliver"> | Of<"lose" | "duplicate">,
): readonly Routine[] => {
  const { network: id, name, localCount } = action;
  const network = at(core.networks, id);
  if (network.capacity === 0) return [];
  const parameters = [{ name: "position", low: 0, high: network.capacity - 1 }];
  const take: Line = { kind: "remove", network: id, position };
  const isFaulty = action.kind !== "deliver";
  const candidate: Term = {
    kind: "candidate",
    of: isFaulty ? "fault" : "delivery",
    network: id,
    position,
  };
  const source = { name, localCount, parameters, parameterLocals: [], body: [] };
  if (action.kind === "deliver") {
    const received = action.locals.map((it, part) =>
      assign(local(it), { kind: "part", network: id, position, part }),
    );
    const opening = [...received, take];
    return [
      lowerRoutine(core, { ...source, body: action.body, guard: surely(candidate), opening }),
    ];
  }
  const budget = action.kind === "lose" ? network.loss : network.duplication;
  if (budget === undefined) return [];
  const { isLeft, spend } = spending(budget);
  const hasRoom = action.kind === "lose" ? constant(1) : not({ kind: "full", network: id });
  const change: Line = action.kind === "lose" ? take : { kind: "double", network: id, position };
  const guard = both(both(isLeft, hasRoom), candidate);
  return [lowerRoutine(core, { ...source, guard: surely(guard), opening: [...spend, change] })];
};

const spending = (
  budget: NonNullable<Network["loss"]>,
): { readonly isLeft: Term; readonly spend: readonly Line[] } => {
  if (budget === "any") return { isLeft: constant(1), spend: [] };
  const place = { kind: "variable", variable: budget } as const;
  return {
    isLeft: compare(constant(0), "less", place),
    spend: [assign(place, plus(place, constant(-1)))],
  };
};

/** The age of the oldest segments decides: in a bag, which is sorted by it, that of the first. */
const ageTerms = (core: Core) =>
  core.networks.flatMap(({ lifetime, capacity, kind }, network) => {
    if (lifetime === undefined || capacity === 0) return [];
    const positions = Array.from({ length: kind === "bag" ? 1 : capacity }, (_, it) =>
      constant(it),
    );
    const isLast = positions.map((at): Term =>
      both(
        { kind: "occupied", network, position: at },
        compare({ kind: "part", network, position: at, part: 0 }, "equal", constant(lifetime)),
      ),
    );
    const some: Term = { kind: "occupied", network, position: constant(0) };
    return [{ network, some, isLast }];
  });

const lowerTick = (core: Core, { name, localCount }: Of<"tick">): Routine => {
  const ofKind = (kind: "timer" | "clock") =>
    core.variables.flatMap(({ origin, high }, variable) =>
      origin.kind === kind ? [{ place: { kind: "variable", variable } as const, high }] : [],
    );
  const [timers, clocks, ages] = [ofKind("timer"), ofKind("clock"), ageTerms(core)];
  const waits = [
    ...timers.map(({ place }) => compare(place, "equal", constant(1))),
    ...ages.flatMap((it) => it.isLast),
  ];
  const changes = [
    ...timers.map(({ place }) => compare(constant(0), "less", place)),
    ...ages.map((it) => it.some),
  ].reduce(either, constant(clocks.length > 0 ? 1 : 0));
  const guard = waits.reduce((all, it) => both(all, not(it)), changes);
  const opening = [
    ...timers.map(({ place }) =>
      when(compare(constant(0), "less", place), [assign(place, plus(place, constant(-1)))]),
    ),
    ...clocks.map(({ place, high }) => {
      const next = plus(place, constant(1));
      const wrapped = compare(place, "equal", constant(high));
      return assign(place, { kind: "if", condition: wrapped, yes: constant(0), no: next });
    }),
    ...ages.map(({ network }): Line => ({ kind: "age", network })),
  ];
  const source = { name, localCount, parameters: [], parameterLocals: [], body: [] };
  return lowerRoutine(core, { ...source, guard: surely(guard), opening });
};

/** The answer is 1 or 0, or another number where evaluating the condition fails. */
const lowerJudgement = (
  core: Core,
  name: string,
  { condition, localCount }: { readonly condition: Expression; readonly localCount: number },
  failing: (site: number) => number,
): Judgement => {
  const shop: BodyLowering = {
    ...workshop(core, localCount, [], new Map()),
    onFailure: (site) => ({ kind: "answer", value: constant(failing(site)) }),
  };
  const { lines, term } = lowerExpression(condition, shop);
  const value = not(not(term));
  return { name, lines: withoutDeadSets([...lines, { kind: "answer", value }]) };
};

/** Sites at which evaluating a final condition can fail: a model error of the state. */
export const failingSites = ({ lines }: Judgement): readonly number[] => [
  ...new Set(
    allLines(lines).flatMap((it) =>
      it.kind === "answer" && it.value.kind === "constant" && it.value.value >= 2
        ? [it.value.value - 2]
        : [],
    ),
  ),
];

export const at = <A>(list: readonly A[], index: number): A => {
  const found = list[index];
  if (found === undefined) throw new Error(`the core names element ${index} of ${list.length}`);
  return found;
};
