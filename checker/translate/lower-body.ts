// Bodies as lines without jumps and without choices: each choice of a path is a parameter (core -> program).

import type { Expression, Statement } from "../core/index.ts";
import {
  failOutside,
  failUnless,
  lowerAll,
  lowerExpression,
  lowerIndex,
  type Lowered,
  type Lowering,
} from "./lower-expression.ts";
import {
  assign,
  both,
  compare,
  constant,
  type Line,
  local,
  type LocalId,
  not,
  type Place,
  plus,
  type Term,
  when,
} from "./program.ts";
import { choicesAfter, exitsOf } from "./exits.ts";
import { alwaysStops } from "./walk.ts";

type Of<Kind extends Statement["kind"]> = Extract<Statement, { readonly kind: Kind }>;

export interface BodyLowering extends Lowering {
  /** Position among the parameters of the first choice. */
  readonly firstChoice: number;
  /** How many alternatives the k-th choice of a path has at most: grows while lowering. */
  readonly choices: number[];
  /** By label of an enclosing block: where its end is. */
  readonly blocks: Map<number, Block>;
  readonly isFull: (network: number) => Term;
  readonly full: (network: number) => { readonly kind: string; readonly site: number };
}

interface Block {
  /** 1 once the block was left. */
  readonly left: LocalId;
  /** Choices made by the paths that reach the end of the block: the most of all of them. */
  readonly choices: number;
}

/** Lines, and how many choices a path behind them has made; undefined: no path gets there. */
interface Part {
  readonly lines: readonly Line[];
  readonly choices: number | undefined;
}

/**
 * A path of fewer choices than others leaves the last parameters unused: they must be 0, so that
 * the path is one firing and not several.
 */
const align = (from: number, to: number, { firstChoice }: BodyLowering): readonly Line[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) =>
    when({ kind: "parameter", parameter: firstChoice + from + index }, [{ kind: "disable" }]),
  );

/** A whole body; every path through it that stops nowhere has used all parameters of choices. */
export const lowerBody = (body: readonly Statement[], lowering: BodyLowering): readonly Line[] => {
  const { lines, choices } = lowerStatements(body, 0, lowering);
  const unused = choices === undefined ? [] : align(choices, lowering.choices.length, lowering);
  return [...lines, ...unused];
};

const lowerStatements = (
  statements: readonly Statement[],
  choices: number,
  lowering: BodyLowering,
): Part => {
  const [first, ...rest] = statements;
  if (first === undefined) return { lines: [], choices };
  const part = lowerStatement(first, choices, lowering);
  if (part.choices === undefined) return part;
  const after = lowerStatements(rest, part.choices, lowering);
  const exits = [...exitsOf([first])];
  if (exits.length === 0) return { ...after, lines: [...part.lines, ...after.lines] };
  return { ...after, lines: behind(part.lines, after.lines, exits, lowering) };
};

/** `rest` where `lines` did not leave a block: beside the exit if that is possible. */
const behind = (
  lines: readonly Line[],
  rest: readonly Line[],
  exits: readonly number[],
  { blocks }: BodyLowering,
): readonly Line[] => {
  if (rest.length === 0) return lines;
  const flags = exits.flatMap((label) => {
    const flag = blocks.get(label)?.left;
    return flag === undefined ? [] : [flag];
  });
  const last = lines.at(-1);
  if (last?.kind === "if") {
    const leaves = (branch: readonly Line[]): boolean =>
      alwaysStops(branch) || branch.some((it) => isExitOf(it, flags));
    const before = lines.slice(0, -1);
    // Where an earlier line may have left, either branch may belong to a path that did.
    const isFirst = !mayLeave(before, flags);
    if (isFirst && leaves(last.yes) && !mayLeave(last.no, flags)) {
      return [...before, { ...last, no: [...last.no, ...rest] }];
    }
    if (isFirst && leaves(last.no) && !mayLeave(last.yes, flags)) {
      return [...before, { ...last, yes: [...last.yes, ...rest] }];
    }
  }
  const stays = flags.reduce<Term>((all, flag) => both(all, not(local(flag))), constant(1));
  return [...lines, when(stays, rest)];
};

const isExitOf = (line: Line, flags: readonly LocalId[]): boolean =>
  line.kind === "set" &&
  line.place.kind === "local" &&
  flags.includes(line.place.local) &&
  line.value.kind === "constant" &&
  line.value.value === 1;

const mayLeave = (lines: readonly Line[], flags: readonly LocalId[]): boolean =>
  lines.some(
    (it) =>
      isExitOf(it, flags) ||
      (it.kind === "if" && (mayLeave(it.yes, flags) || mayLeave(it.no, flags))),
  );

const lowerStatement = (statement: Statement, choices: number, lowering: BodyLowering): Part => {
  switch (statement.kind) {
    case "assign":
      return { choices, lines: lowerAssign(statement, lowering) };
    case "let":
      return { choices, lines: lowerInto(local(statement.local), statement.value, lowering) };
    case "send":
      return lowerSend(statement, choices, lowering);
    case "signal": {
      const { lines, term } = lowerExpression(statement.when, lowering);
      return {
        choices,
        lines: [...lines, when(term, [{ kind: "event", event: statement.event }])],
      };
    }
    case "if": {
      const { lines, term } = lowerExpression(statement.condition, lowering);
      const yes = lowerStatements(statement.then, choices, lowering);
      const no = lowerStatements(statement.otherwise, choices, lowering);
      const joined = join([yes, no], lowering);
      const [yesLines = [], noLines = []] = joined.branches;
      return { choices: joined.choices, lines: [...lines, when(term, yesLines, noLines)] };
    }
    case "choose":
      return lowerChoose(statement, choices, lowering);
    case "either":
      return lowerEither(statement, choices, lowering);
    case "block":
      return lowerBlock(statement, choices, lowering);
    case "exit": {
      const block = lowering.blocks.get(statement.label);
      if (block === undefined) throw new Error(`no block has the label ${statement.label}`);
      const lines = [
        ...align(choices, block.choices, lowering),
        assign(local(block.left), constant(1)),
      ];
      return { choices: undefined, lines };
    }
    case "require": {
      const { lines, term } = lowerExpression(statement.condition, lowering);
      return { choices, lines: [...lines, ...failUnless(term, statement.site, lowering)] };
    }
    case "disable":
      return { choices: undefined, lines: [{ kind: "disable" }] };
    case "mark":
      return { choices, lines: [] };
  }
};

/** Branches that go on with the same number of choices. */
const join = (parts: readonly Part[], lowering: BodyLowering) => {
  const counts = parts.flatMap((it) => (it.choices === undefined ? [] : [it.choices]));
  const most = counts.length === 0 ? undefined : Math.max(...counts);
  const branches = parts.map(({ lines, choices }) =>
    choices === undefined || most === undefined
      ? lines
      : [...lines, ...align(choices, most, lowering)],
  );
  return { branches, choices: most };
};

const lowerInto = (place: Place, value: Expression, lowering: Lowering): readonly Line[] => {
  const { lines, term } = lowerExpression(value, lowering);
  return [...lines, assign(place, term)];
};

/** The index first, then the value, then the range of the value. */
const lowerAssign = (
  { target, value, check }: Of<"assign">,
  lowering: Lowering,
): readonly Line[] => {
  const { lines: indexLines, place } = lowerTarget(target, lowering);
  const result = lowerExpression(value, lowering);
  const checked = check === undefined ? result : checkedValue(result, check, lowering);
  return [...indexLines, ...checked.lines, assign(place, checked.term)];
};

const checkedValue = (
  { lines, term }: Lowered,
  bounds: { readonly low: number; readonly high: number; readonly site: number },
  lowering: Lowering,
): Lowered => {
  if (failOutside(term, bounds, lowering).length === 0) return { lines, term };
  const copy = local(lowering.newLocal());
  return {
    lines: [...lines, assign(copy, term), ...failOutside(copy, bounds, lowering)],
    term: copy,
  };
};

const lowerTarget = (
  target: Of<"assign">["target"],
  lowering: Lowering,
): { readonly lines: readonly Line[]; readonly place: Place } => {
  if (target.kind === "variable") return { lines: [], place: target };
  const { base, stride, count } = target;
  const at = lowerIndex(target, lowering);
  if (at.term.kind === "constant") {
    return {
      lines: at.lines,
      place: { kind: "variable", variable: base + stride * at.term.value },
    };
  }
  // The index is saved: the lines of the value stand between it and the assignment.
  const saved = local(lowering.newLocal());
  const index = at.term.kind === "parameter" ? at.term : saved;
  const lines = index === saved ? [...at.lines, assign(saved, at.term)] : at.lines;
  return { lines, place: { kind: "cell", of: "variable", base, stride, count, index } };
};

const lowerSend = (
  { network, values }: Of<"send">,
  choices: number,
  lowering: BodyLowering,
): Part => {
  const { lines, terms } = lowerAll(values, lowering);
  const insert: Line = { kind: "insert", network, values: terms };
  const { kind, site } = lowering.full(network);
  const isFull = lowering.isFull(network);
  const put = ((): readonly Line[] => {
    if (kind === "drop") return [when(not(isFull), [insert])];
    const stop: Line = kind === "block" ? { kind: "disable" } : lowering.onFailure(site);
    return [when(isFull, [stop]), insert];
  })();
  return { choices, lines: [...lines, ...put] };
};

/** The parameter of the next choice of a path, which now has at least `count` alternatives. */
const nextChoice = (choices: number, count: number, lowering: BodyLowering): Term => {
  lowering.choices[choices] = Math.max(lowering.choices[choices] ?? 0, count);
  return { kind: "parameter", parameter: lowering.firstChoice + choices };
};

const disableUnless = (term: Term): readonly Line[] =>
  term.kind === "constant" && term.value !== 0 ? [] : [when(not(term), [{ kind: "disable" }])];

const lowerChoose = (
  { local: id, low, high, guard }: Of<"choose">,
  choices: number,
  lowering: BodyLowering,
): Part => {
  if (high < low) return { choices: undefined, lines: [{ kind: "disable" }] };
  const answer = nextChoice(choices, high - low + 1, lowering);
  const held =
    guard === undefined ? { lines: [], term: constant(1) } : lowerExpression(guard, lowering);
  return {
    choices: choices + 1,
    lines: [
      ...disableUnless(compare(answer, "less-equal", constant(high - low))),
      assign(local(id), low === 0 ? answer : plus(answer, constant(low))),
      ...held.lines,
      ...disableUnless(held.term),
    ],
  };
};

const lowerEither = ({ branches }: Of<"either">, choices: number, lowering: BodyLowering): Part => {
  if (branches.length === 0) return { choices: undefined, lines: [{ kind: "disable" }] };
  const answer = nextChoice(choices, branches.length, lowering);
  const parts = branches.map((it) => lowerStatements(it, choices + 1, lowering));
  const joined = join(parts, lowering);
  const lines = joined.branches.reduceRight<readonly Line[]>(
    (others, branch, index) => [when(compare(answer, "equal", constant(index)), branch, others)],
    [{ kind: "disable" }],
  );
  return { choices: joined.choices, lines };
};

const lowerBlock = (
  { label, body }: Of<"block">,
  choices: number,
  lowering: BodyLowering,
): Part => {
  if (!exitsOf(body).has(label)) return lowerStatements(body, choices, lowering);
  const outer = lowering.blocks.get(label);
  const left = lowering.newLocal();
  const most = choicesAfter(body, choices, label) ?? choices;
  lowering.blocks.set(label, { left, choices: most });
  const inner = lowerStatements(body, choices, lowering);
  if (outer === undefined) lowering.blocks.delete(label);
  else lowering.blocks.set(label, outer);
  const end = inner.choices === undefined ? [] : align(inner.choices, most, lowering);
  const ended =
    end.length === 0
      ? inner.lines
      : behind(inner.lines, end, [label], {
          ...lowering,
          blocks: new Map([[label, { left, choices: most }]]),
        });
  return { choices: most, lines: [assign(local(left), constant(0)), ...ended] };
};
