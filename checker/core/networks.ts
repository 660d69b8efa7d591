// Networks and their segments: typed program -> core.

import type { NetworkSymbol } from "../semantics/index.ts";
import { newLocal, siteOf, type Builder } from "./builder.ts";
import { componentsOf, displayOf } from "./components.ts";
import type { LocalId, Network, SegmentField, Variable, VariableId } from "./core.ts";
import type { Elaboration, NetworkPlan } from "./elaboration.ts";
import { localTerm, type Term } from "./term.ts";
import { integer, single, type Value } from "./value.ts";

/** Lays out all networks; their budgets become variables. */
export const planNetworks = (whole: Elaboration): void => {
  for (const symbol of whole.program.networks) {
    const id = whole.networks.size;
    const budget = (of: "loss" | "duplication") => budgetOf(whole, symbol, id, of);
    const loss = budget("loss");
    const duplication = budget("duplication");
    const { name, declaration } = symbol;
    const core: Network = {
      name,
      capacity: symbol.capacity,
      full: symbol.full,
      fullSite: siteOf(
        { whole },
        "full",
        declaration.capacity?.span ?? declaration.name.span,
        `network \`${name}\` holds at most ${symbol.capacity} segments`,
      ),
      kind: symbol.reorder === "any" ? "bag" : "fifo",
      ...(symbol.lifetime === undefined ? {} : { lifetime: symbol.lifetime }),
      ...addressesOf(symbol),
      ...(loss === undefined ? {} : { loss }),
      ...(duplication === undefined ? {} : { duplication }),
      fields: fieldsOf(symbol),
      span: declaration.name.span,
    };
    whole.networks.set(name, { id, symbol, core });
  }
};

const budgetOf = (
  whole: Elaboration,
  symbol: NetworkSymbol,
  network: number,
  of: "loss" | "duplication",
): "any" | VariableId | undefined => {
  const budget = symbol[of];
  if (budget === "any") return "any";
  if (budget === "none" || budget === 0) return undefined;
  const variable: Variable = {
    name: `${symbol.name}.${of}`,
    low: 0,
    high: budget,
    display: { kind: "int" },
    ghost: false,
    origin: { kind: "budget", network, of },
    owner: "",
    initial: budget,
  };
  return whole.variables.push(variable) - 1;
};

const addressesOf = ({ between }: NetworkSymbol): Pick<Network, "addresses"> => {
  const [address] = between === undefined ? [] : componentsOf(between);
  if (between === undefined || address === undefined) return {};
  return { addresses: { ...displayOf(between), low: address.low, high: address.high } };
};

const fieldsOf = (symbol: NetworkSymbol): readonly SegmentField[] =>
  componentsOf(symbol.message).map(({ path, low, high, display, ghost, when }) => ({
    // Paths of fields begin with a dot.
    name: path.slice(1),
    low,
    high,
    display,
    ghost,
    ...(when === undefined ? {} : { when: when.slice(1) }),
  }));

/** New locals for the integers of a segment in stored order, and the segment that they are. */
export const segmentValues = (
  builder: Builder,
  { symbol, core }: NetworkPlan,
): { readonly locals: readonly LocalId[]; readonly segment: Value } => {
  const locals: LocalId[] = [];
  const next = (low: number, high: number): Term => {
    const local = newLocal(builder);
    locals.push(local);
    return localTerm(local, low, high);
  };
  const envelope = new Map<string, Value>();
  if (core.lifetime !== undefined) envelope.set("age", integer(next(0, core.lifetime)));
  const { between } = symbol;
  if (between !== undefined && core.addresses !== undefined) {
    const { low, high } = core.addresses;
    envelope.set("to", single(between, next(low, high)));
    envelope.set("from", single(between, next(low, high)));
  }
  const scalars = core.fields.map(({ low, high }) => next(low, high));
  return { locals, segment: { type: symbol.message, scalars, envelope } };
};
