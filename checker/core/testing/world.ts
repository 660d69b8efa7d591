// A model and its states as plain values, for random bodies to run on.

/** The state of the model below as plain values. */
export interface World {
  readonly numbers: Record<"a" | "b", number>;
  readonly truths: Record<"p" | "q", boolean>;
  readonly serials: Record<"s" | "t", number>;
  e: number;
  f: ReadonlySet<number>;
  o: number | undefined;
  r: Pair;
  readonly x: number[];
  readonly y: Pair[];
  readonly g: boolean[][];
  readonly locals: Map<string, number>;
}

export interface Pair {
  readonly flag: boolean;
  readonly n: number;
  /** Undefined where `flag` is false. */
  readonly cond: number | undefined;
}

export const declarations = `
enum E { X, Y, Z }
type N = 0..3
type S = mod 8
record R { flag : bool  n : 0..3  cond : 0..3 when flag }
var a, b : 0..7
var p, q : bool
var s, t : S
var e : E
var f : set of E
var o : N?
var r : R
var x : array[0..2] of 0..3
var y : array[E] of R
var g : array[0..1] of array[E] of bool
fn inc(n: 0..6): 0..7 = n + 1
fn both(l: bool, m: bool): bool = l and m and (l or not m)
fn flip(l: E): E = match l { X => Y  Y => Z  Z => X }
fn pair(n: 0..3, l: bool): R = if l then { flag, n: n, cond: n } else { n: n }
proc swap() { let old = a  a = b  b = old }
proc put(n: 0..7, l: bool) { a = 0  if l { b = n } else { a = n } }
`;

export const enumNames = ["X", "Y", "Z"];

/** What ends a path as a model error. */
export class Failure extends Error {}

export const fail = (): never => {
  throw new Failure();
};

export const inRange = (value: number, low: number, high: number): number =>
  value >= low && value <= high ? value : fail();

export const at = <A>(list: readonly A[], index: number): A => {
  const found = list[index];
  return found === undefined ? fail() : found;
};

/** The variables in the order and the form in which a core stores them. */
export const stored = (world: World): readonly number[] => {
  const bit = (it: boolean): number => (it ? 1 : 0);
  const pairs = ({ flag, n, cond }: Pair) => [bit(flag), n, cond ?? 0];
  return [
    world.numbers.a,
    world.numbers.b,
    bit(world.truths.p),
    bit(world.truths.q),
    world.serials.s,
    world.serials.t,
    world.e,
    [...world.f].reduce((sum, it) => sum + 2 ** it, 0),
    bit(world.o !== undefined),
    world.o ?? 0,
    ...pairs(world.r),
    ...world.x,
    ...world.y.flatMap(pairs),
    ...world.g.flat().map(bit),
  ];
};

export const emptyPair: Pair = { flag: false, n: 0, cond: undefined };

export const newWorld = (): World => ({
  numbers: { a: 0, b: 0 },
  truths: { p: false, q: false },
  serials: { s: 0, t: 0 },
  e: 0,
  f: new Set(),
  o: undefined,
  r: emptyPair,
  x: [0, 0, 0],
  y: [emptyPair, emptyPair, emptyPair],
  g: [
    [false, false, false],
    [false, false, false],
  ],
  locals: new Map(),
});

export const copyOf = (world: World): World => structuredClone(world);

/** An expression: its text and its value. */
export interface Meaning<A> {
  readonly text: string;
  readonly value: (world: World) => A;
}

/** A statement: its text and the worlds it leads to, in order. */
export interface Effect {
  readonly text: string;
  readonly run: (world: World) => readonly World[];
}

export interface Names {
  readonly numbers: readonly string[];
  readonly members: readonly string[];
}

/** Worlds in which a path has ended are marked, and nothing runs in them. */
const failed = new WeakSet<World>();

export const hasFailed = (world: World): boolean => failed.has(world);

/** Runs an effect; a failure ends the path in this world. */
export const attempt = (effect: Effect, world: World): readonly World[] => {
  if (failed.has(world)) return [world];
  try {
    return effect.run(world);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    failed.add(world);
    return [world];
  }
};

/** The world with one more local. */
export const bound = (world: World, name: string, value: number): World => {
  world.locals.set(name, value);
  return world;
};
