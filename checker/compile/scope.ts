// What the code of one action or formula is written with: names, what they hold, what was emitted.

import type { Code, Local, Part, Value } from "../code/index.ts";
import { f64, i32, leave, pointer, set, when } from "../code/index.ts";
import type { Core, LocalId, NetworkId, Statement } from "../core/index.ts";
import type { Layout, Slot } from "../machine/index.ts";
import type { Num, Range } from "./number.ts";
import { asWide, asWord, fitsWord, ranged, union } from "./number.ts";
import type { Plan } from "./plan.ts";
import { readNumber } from "./slots.ts";

/** How the code at hand calls the content of a network. */
export interface Content {
  readonly count: Value;
  /** Word `word` of the segment at `position`. */
  readonly word: (position: number, word: number) => Value;
}

/*
 * Words of the source state are w0, w1, …; networks in it are C0, B0_0_0, …: whichever function
 * uses them reads them at its head (`functions.ts`). All other names are assigned by the code itself.
 */

/** What is known before any code is written. */
export interface Model {
  readonly core: Core;
  readonly layout: Layout;
  readonly area: AreaPlan;
  /** By network: the ranges of the integers of a segment. */
  readonly fields: readonly (readonly Range[])[];
  /** By body: what it can do. */
  readonly plans: ReadonlyMap<readonly Statement[], Plan>;
}

export interface Scope extends Model {
  /** Words that the code changes: it works on copies t0, t1, … of them. */
  readonly changedWords: ReadonlySet<number>;
  /** The content of a network as the code at this place sees it. */
  readonly content: (network: NetworkId) => Content;
  /** What locals of the core hold, by text so far; every local is assigned before it is read. */
  readonly locals: Map<LocalId, Num>;
  /** Locals that statements assign integers beyond 32 bits. */
  readonly wideLocals: Set<LocalId>;
  /** What local names begin with: codes that are mixed number their locals independently. */
  readonly prefix: string;
  /** Shared by the scopes of one piece of code. */
  readonly emitter: Emitter;
}

export interface Emitter {
  /** Where code goes at the moment. */
  out: Part[];
  nextName: number;
  /** Whether the code can end with a failure in `err`. */
  canFail: boolean;
  /** Whether a local turned out to be wide only after code had used it: write all again. */
  mustRestart: boolean;
}

/** Offsets in the area: its meaning is `Area` of `program.ts`. */
export interface AreaPlan {
  readonly failure: number;
  readonly dropped: number;
  readonly cut: number;
  readonly taken: number;
  /** Answers of the choices of the path being run, then the last answer of each. */
  readonly picks: number;
  readonly tops: number;
  /** Branches that the path has taken so far. */
  readonly marks: number;
}

export const newEmitter = (): Emitter => ({
  out: [],
  nextName: 0,
  canFail: false,
  mustRestart: false,
});

/** An element that a well-formed core always has. */
export const present = <A>(list: readonly A[], index: number): A => {
  const found = list[index];
  if (found === undefined) throw new Error(`the core names element ${index} of ${list.length}`);
  return found;
};

export const emit = ({ emitter }: Scope, ...parts: readonly Part[]): void => {
  emitter.out.push(...parts);
};

/** What `write` emits, apart, and what it answers. */
export const apart = <A>(
  { emitter }: Scope,
  write: () => A,
): { readonly code: Code; readonly result: A } => {
  const { out } = emitter;
  const code: Part[] = [];
  emitter.out = code;
  const result = write();
  emitter.out = out;
  return { code, result };
};

export const codeOf = (scope: Scope, write: () => void): Code => apart(scope, write).code;

export const freshName = ({ emitter }: Scope): string => {
  emitter.nextName += 1;
  return `x${emitter.nextName}`;
};

export const freshWord = (scope: Scope): Local => i32(freshName(scope));

/** The place of the area, as every function that uses it finds it at its head. */
export const areaPointer = pointer("area");
export const statePointer = pointer("state");
export const outPointer = pointer("out");
export const endPointer = pointer("end");
/** Words that the records written so far take. */
export const written = i32("written");
export const failureName = i32("err");

/** Whether a value may stand in several places: evaluating it again costs next to nothing. */
const isCheap = (value: Value): boolean =>
  value.kind === "constant" ||
  value.kind === "local" ||
  (value.kind === "binary" &&
    value.right.kind === "constant" &&
    (value.operator === "and" || value.operator === "shift-right-unsigned") &&
    isCheap(value.left));

/** The value as something that may stand in several places. */
export const shared = (scope: Scope, value: Value): Value => {
  if (isCheap(value)) return value;
  const name = freshWord(scope);
  emit(scope, set(name, value));
  return name;
};

export const sharedNumber = (scope: Scope, num: Num): Num => {
  if (isCheap(num.value)) return num;
  const name = fitsWord(num) ? freshWord(scope) : f64(`${freshName(scope)}w`);
  emit(scope, set(name, num.value));
  return ranged(name, num);
};

/** A name that will hold an integer of this range. */
export const resultName = (scope: Scope, range: Range): Local =>
  fitsWord(range) ? freshWord(scope) : f64(`${freshName(scope)}w`);

/** The integer in the type of a name that is to hold it, among others. */
export const inTypeOf = (name: Local, num: Num): Value =>
  name.type === "f64" ? asWide(num) : asWord(num);

/** The name of a local that statements assign. */
const localName = (scope: Scope, local: LocalId): Local =>
  scope.wideLocals.has(local) ? f64(`${scope.prefix}${local}w`) : i32(`${scope.prefix}${local}`);

/** Gives a local a value: from here on it can be any that was assigned to it so far. */
export const assignLocal = (scope: Scope, local: LocalId, num: Num): void => {
  if (!fitsWord(num) && !scope.wideLocals.has(local)) {
    scope.wideLocals.add(local);
    scope.emitter.mustRestart = true;
  }
  const name = localName(scope, local);
  const before = scope.locals.get(local);
  const range = before === undefined ? num : union(before, num);
  emit(scope, set(name, inTypeOf(name, num)));
  const value: Num = { value: name, low: range.low, high: range.high };
  // A wide name can hold what happens to be small.
  scope.locals.set(
    local,
    name.type === "f64" && fitsWord(range) ? { ...value, ...anyWide } : value,
  );
};

const anyWide: Range = { low: -(2 ** 53), high: 2 ** 53 };

export const readLocal = ({ locals }: Scope, local: LocalId): Num => {
  const found = locals.get(local);
  if (found === undefined) throw new Error(`local ${local} is read before it is assigned`);
  return found;
};

/** A word as the code at this place sees it. */
export const wordAt = ({ changedWords }: Scope, word: number): Local =>
  i32(`${changedWords.has(word) ? "t" : "w"}${word}`);

/** A variable as the code at this place sees it. */
export const readVariable = (scope: Scope, id: number): Num => {
  const slot = present(scope.layout.variables, id);
  return readNumber(wordAt(scope, slot.word), slot, present(scope.core.variables, id));
};

/** Ends the path, or the formula, as a failure at the site. */
export const failCode = ({ emitter }: Scope, site: number): Code => {
  emitter.canFail = true;
  return [set(failureName, site + 1), leave("f")];
};

/** Goes on only if the condition holds. */
export const demand = (scope: Scope, condition: Value, site: number): void => {
  if (condition.kind === "constant" && condition.value !== 0) return;
  emit(scope, when(condition, [], failCode(scope, site)));
};

/** The content of a network in the source state. */
export const sourceContent = (network: NetworkId): Content => ({
  count: i32(`C${network}`),
  word: (position, word) => i32(`B${network}_${position}_${word}`),
});

/** The scope of code that runs before the body: it sees the source state. */
export const sourceScope = (scope: Scope): Scope => ({
  ...scope,
  changedWords: new Set(),
  content: sourceContent,
});

/** One integer of a segment, from the words of it. */
export const segmentInteger = (
  scope: Pick<Model, "layout" | "fields">,
  network: NetworkId,
  field: number,
  word: (word: number) => Value,
): Num => {
  const { segment } = present(scope.layout.networks, network);
  const slot: Slot = present(segment.slots, field);
  const range = present(present(scope.fields, network), field);
  return readNumber(word(slot.word), slot, range, segment.wordBits[slot.word] ?? 0);
};
