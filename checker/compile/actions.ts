// Actions as code: for each, the loop over its labels and the paths of each label.

import type { Code, Part, Value } from "../code/index.ts";
import { greater, less } from "../code/index.ts";
import type { Action, NetworkId, VariableId } from "../core/index.ts";
import type { Statement } from "../core/index.ts";
import type { Change } from "./networks.ts";
import { workingContent } from "./networks.ts";
import { known } from "./number.ts";
import { minus } from "./arithmetic.ts";
import { pathsCode, withSends } from "./paths.ts";
import type { Plan } from "./plan.ts";
import { planOf } from "./plan.ts";
import { ruleCode } from "./rules.ts";
import type { Model, Scope } from "./scope.ts";
import {
  assignLocal,
  codeOf,
  emit,
  newEmitter,
  present,
  readVariable,
  segmentInteger,
  sourceContent,
  sourceScope,
} from "./scope.ts";
import { eachSegment } from "./segments.ts";
import type { Workshop } from "./rules.ts";
import { nested } from "./rules.ts";
import { writeVariable } from "./statements.ts";
import { tickCode } from "./tick.ts";

type Of<Kind extends Action["kind"]> = Extract<Action, { readonly kind: Kind }>;

interface Parts {
  readonly statements: readonly Statement[];
  readonly assigned: readonly VariableId[];
  readonly networks: readonly NetworkId[];
}

/** What a body with further assignments and changes of networks can do. */
const planWith = ({ core, plans }: Model, { statements, assigned }: Parts): Plan => {
  const body = plans.get(statements) ?? planOf(statements, () => false);
  return {
    ...body,
    assigned: new Set([...body.assigned, ...assigned]),
    canVanish: body.canVanish || core.bounds.length > 0,
  };
};

const scopeFor = (
  model: Model,
  plan: Plan,
  networks: readonly NetworkId[],
  wideLocals: Set<number>,
): Scope => {
  const slots = [...plan.assigned].map((it) => present(model.layout.variables, it));
  const touched = new Set([...plan.sends.keys(), ...networks]);
  return {
    ...model,
    changedWords: new Set(slots.filter((it) => it.bits > 0).map((it) => it.word)),
    content: (network) => (touched.has(network) ? workingContent(network) : sourceContent(network)),
    locals: new Map(),
    wideLocals,
    prefix: "l",
    emitter: newEmitter(),
  };
};

/** The code of one action. */
export interface Piece {
  readonly code: Code;
  /** The most choices and marks on one path. */
  readonly choices: number;
  readonly marks: number;
}

/** Writes until it is known from the beginning which locals are wide. */
const pieceOf = (model: Model, parts: Parts, write: (shop: Workshop) => void): Piece => {
  const plan = planWith(model, parts);
  const wideLocals = new Set<number>();
  for (;;) {
    const scope = scopeFor(model, plan, parts.networks, wideLocals);
    const code = codeOf(scope, () => write({ scope, plan }));
    if (!scope.emitter.mustRestart) return { code, choices: plan.choices, marks: plan.marks };
  }
};

/** The code that writes the steps of an action. */
export const actionPiece = (model: Model, action: Action): Piece => {
  switch (action.kind) {
    case "rule":
    case "expiry": {
      const parts = { statements: action.body, assigned: [], networks: [] };
      return pieceOf(model, parts, (shop) => ruleCode(shop, action));
    }
    case "deliver": {
      const parts = { statements: action.body, assigned: [], networks: [action.network] };
      return pieceOf(model, parts, (shop) => deliverCode(shop, action));
    }
    case "lose":
    case "duplicate":
      return faultPiece(model, action);
    case "tick":
      return tickPiece(model, action);
  }
};

/** The code that writes the initial states, from the state of the initial values. */
export const initialPiece = (model: Model): Piece => {
  const statements = model.core.init.body;
  return pieceOf(model, { statements, assigned: [], networks: [] }, ({ scope, plan }) => {
    const changes = withSends(plan, new Map());
    emit(scope, pathsCode({ scope, plan, fault: false, changes, setUp: () => {}, statements }));
  });
};

const deliverCode = ({ scope, plan }: Workshop, action: Of<"deliver">): void => {
  const { network, body, fault, locals } = action;
  const within = (position: Value, words: readonly Value[]): Part => {
    const changes = withSends(plan, new Map([[network, { kind: "remove", position }]]));
    const setUp = (): void =>
      locals.forEach((local, field) => {
        const num = segmentInteger(scope, network, field, (word) => present(words, word));
        assignLocal(scope, local, num);
      });
    return pathsCode({ scope, plan, fault, changes, setUp, statements: body });
  };
  eachSegment(scope, network, { which: "heads", isUnrolled: false }, within);
};

/** Loss and duplication: the budget, if there is one, pays. */
const faultPiece = (model: Model, action: Of<"lose" | "duplicate">): Piece => {
  const { network, fault } = action;
  const { loss, duplication, capacity } = present(model.core.networks, network);
  const budget = action.kind === "lose" ? loss : duplication;
  const paid = typeof budget === "number" ? [budget] : [];
  const parts = { statements: [], assigned: paid, networks: [network] };
  return pieceOf(model, parts, ({ scope, plan }) => {
    if (budget === undefined) return;
    const source = sourceScope(scope);
    const setUp = (): void => {
      for (const it of paid) writeVariable(it, minus(readVariable(scope, it), known(1)), scope);
    };
    const kind = action.kind === "lose" ? "remove" : "double";
    const within = (position: Value): Part => {
      const changes = new Map<NetworkId, Change>([[network, { kind, position }]]);
      return pathsCode({ scope, plan, fault, changes, setUp, statements: [] });
    };
    const each = codeOf(scope, () =>
      eachSegment(scope, network, { which: "distinct", isUnrolled: capacity <= 4 }, within),
    );
    const hasRoom = less(sourceContent(network).count, capacity);
    const payable = paid.map((it) => greater(readVariable(source, it).value, 0));
    emit(scope, nested([...payable, ...(action.kind === "lose" ? [] : [hasRoom])], each));
  });
};

const tickPiece = (model: Model, { fault }: Of<"tick">): Piece => {
  const { core } = model;
  const timers = core.variables.flatMap(({ origin, high }, id) =>
    origin.kind === "timer" && high > 0 ? [id] : [],
  );
  const clocks = core.variables.flatMap(({ origin }, id) => (origin.kind === "clock" ? [id] : []));
  const networks = core.networks.flatMap(({ lifetime }, id) =>
    lifetime === undefined ? [] : [id],
  );
  const parts = { statements: [], assigned: [...timers, ...clocks], networks };
  return pieceOf(model, parts, (shop) => tickCode(shop, { timers, clocks, networks, fault }));
};
