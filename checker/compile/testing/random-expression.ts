// Support for tests: expressions made at random, of everything that an expression can contain.
/* oxlint-disable unicorn/no-thenable -- what a conditional of the core does is named `then` */

import type { Display, Expression, LocalId, Network, Variable } from "../../core/index.ts";
import { segmentRanges } from "../../machine/index.ts";

/** Draws an integer from low..high. */
export type Draw = (low: number, high: number) => number;

export interface Context {
  readonly draw: Draw;
  readonly variables: readonly Variable[];
  readonly networks: readonly Network[];
  readonly events: number;
  readonly branches: number;
  readonly sites: number;
  /** Locals that are certainly assigned here. */
  readonly locals: readonly LocalId[];
  /** How many locals there are so far, in all of the body. */
  readonly count: { locals: number; labels: number; forks: number };
}

export const span = { file: "random.tw", start: 0, end: 0 };
export const int: Display = { kind: "int" };

export const pick = <A>(draw: Draw, list: readonly A[]): A => {
  const found = list[draw(0, list.length - 1)];
  if (found === undefined) throw new Error("nothing to pick from");
  return found;
};

export const constant = (value: number): Expression => ({ kind: "constant", value });

export const times = <A>(count: number, make: (index: number) => A): readonly A[] =>
  Array.from({ length: count }, (_, index) => make(index));

export const newLocal = ({ count }: Context): LocalId => {
  count.locals += 1;
  return count.locals - 1;
};

export const site = ({ draw, sites }: Context): number => draw(0, sites - 1);

const element = (context: Context, depth: number): Expression => {
  const { draw, variables } = context;
  const count = draw(1, Math.min(3, variables.length));
  const base = draw(0, variables.length - count);
  const stride = base + 2 * (count - 1) < variables.length ? draw(1, 2) : 1;
  const index = expression(context, depth - 1);
  return { kind: "element", of: "variable", base, stride, count, index, site: site(context) };
};

const leaf = (context: Context): Expression => {
  const { draw, variables, locals } = context;
  switch (draw(0, 3)) {
    case 0:
      return constant(draw(-3, 6));
    case 1:
      return locals.length === 0
        ? constant(draw(0, 2))
        : { kind: "local", local: pick(draw, locals) };
    default:
      return { kind: "variable", variable: draw(0, variables.length - 1) };
  }
};

const arithmetic = ["add", "subtract", "min", "max", "multiply"] as const;
const comparing = ["equal", "unequal", "less", "less-equal"] as const;
const logical = ["and", "or", "implies"] as const;
const serial = ["plus", "minus", "distance", "before"] as const;

const quantified = (context: Context, depth: number): Expression => {
  const { draw, networks } = context;
  const quantifier = pick(draw, ["forall", "exists", "count"] as const);
  if (networks.length > 0 && draw(0, 1) === 0) {
    const network = draw(0, networks.length - 1);
    const integers = segmentRanges(pick((_, high) => Math.min(network, high), networks)).length;
    const locals = times(integers, () => (draw(0, 3) === 0 ? undefined : newLocal(context)));
    const known = locals.flatMap((it) => (it === undefined ? [] : [it]));
    const inner = { ...context, locals: [...context.locals, ...known] };
    const body = expression(inner, depth - 1);
    return { kind: "segments", quantifier, network, locals, body };
  }
  const local = newLocal(context);
  const low = draw(-1, 2);
  const high = draw(0, 5) === 0 ? low + 40 : low + draw(-1, 3);
  const inner = { ...context, locals: [...context.locals, local] };
  return { kind: "quantifier", quantifier, local, low, high, body: expression(inner, depth - 1) };
};

/** Bit operators are for masks: small and not negative. */
export const mask = (operand: Expression): Expression => ({
  kind: "serial",
  operator: "plus",
  modulus: 16,
  left: operand,
  right: constant(0),
});

const compound = (context: Context, depth: number): Expression => {
  const { draw } = context;
  const part = () => expression(context, depth - 1);
  switch (draw(0, 13)) {
    case 0:
      return { kind: "not", operand: part() };
    case 1:
      return { kind: pick(draw, ["negate", "absolute"] as const), operand: part() };
    case 2:
      return { kind: "size", operand: mask(part()) };
    case 3: {
      const operator = pick(draw, ["divide", "remainder"] as const);
      return { kind: "binary", operator, left: part(), right: part(), site: site(context) };
    }
    case 4: {
      const operator = pick(draw, ["bit-or", "bit-and", "bit-and-not"] as const);
      return { kind: "binary", operator, left: mask(part()), right: mask(part()) };
    }
    case 5:
      return { kind: "binary", operator: "shift-left", left: constant(1), right: mask(part()) };
    case 6:
    case 7: {
      const [operator, modulus] = [pick(draw, serial), 2 * draw(1, 6)];
      return { kind: "serial", operator, modulus, left: part(), right: part() };
    }
    case 8:
      return { kind: "if", condition: part(), then: part(), otherwise: part() };
    case 9: {
      const value = part();
      const local = newLocal(context);
      const inner = { ...context, locals: [...context.locals, local] };
      return { kind: "let", local, value, body: expression(inner, depth - 1) };
    }
    case 10:
      return { kind: "require", condition: part(), site: site(context), then: part() };
    case 11:
      return quantified(context, depth);
    case 12:
      return element(context, depth);
    default: {
      const operator = pick(draw, [...arithmetic, ...comparing, ...logical]);
      return { kind: "binary", operator, left: part(), right: part() };
    }
  }
};

export const expression = (context: Context, depth: number): Expression =>
  depth <= 0 || context.draw(0, 3) === 0 ? leaf(context) : compound(context, depth);

/** The expression brought into low..high. */
export const clamped = (value: Expression, low: number, high: number): Expression => ({
  kind: "binary",
  operator: "max",
  left: constant(low),
  right: { kind: "binary", operator: "min", left: constant(high), right: value },
});
