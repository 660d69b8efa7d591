// Takes stacks apart: without a case, a part of a condition or a statement some check of the model must find something else.

import { describe, expect, test } from "vitest";
import { compile } from "../compile/index.ts";
import type { Core } from "../core/index.ts";
import { explore } from "../explore/index.ts";
import { interpret } from "../interpret/index.ts";
import type { Machine } from "../machine/index.ts";
import type { Span } from "../source/index.ts";
import {
  type Block,
  type Declaration,
  type Documented,
  type Expression,
  type Member,
  parse,
  type Statement,
  subexpressions,
} from "../syntax/index.ts";
import { idsIn } from "./library-ids.ts";
import { coreOfCheck, readRepository } from "./run-text.ts";

/** What cannot be missing: without it a field would be read that need not be there, which the language does not allow. */
const demanded: Readonly<Record<string, readonly string[]>> = {
  "models/linux-6.tw": ["FIN_WAIT_2.full_fin_ahead: s.ack"],
  "models/linux-2.6.32.tw": ["FIN_WAIT_2.full_fin_ahead: s.ack"],
  "models/bsd-4.4.tw": ["TIME_WAIT.no_ack"],
  "models/freebsd.tw": ["TIME_WAIT.no_ack"],
  "models/gvisor.tw": [],
  "models/lwip.tw": [],
  "models/rfc1337.tw": [],
  "models/rfc6191.tw": [],
  "models/smoltcp.tw": ["TIME_WAIT.no_ack"],
};

/** What makes no difference, each with the reason why it is there all the same. */
const idle: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "models/bsd-4.4.tw": { "TIME_WAIT.in_the_window": "what the last case takes has no effect" },
  "models/lwip.tw": { "TIME_WAIT.nothing": "what the last case takes has no effect" },
  "models/rfc1337.tw": {
    "TIME_WAIT.inside": "what the last case takes has no effect",
    "TIME_WAIT.rst_outside: s.rst": "what is outside and no RST went before",
  },
  "models/rfc6191.tw": {
    "TIME_WAIT.equal: saw_stamp(s)":
      "rows 2, 4 and 6 of the RFC say the same, and each has its case",
    "TIME_WAIT.stamp_missing: ts_recent != 0": "ditto",
    "TIME_WAIT.stamp_missing: s.tsval == 0": "ditto",
    "TIME_WAIT.no_stamps: ts_recent == 0": "ditto",
  },
};

/** What can be missing: the text around it makes it so when `missing` is its number. */
interface Part {
  readonly name: string;
  readonly span: Span;
  readonly before: (number: number) => string;
  readonly after: string;
}

const written = (text: string, { start, end }: Span): string =>
  text.slice(start, end).replaceAll(/\s+/g, " ");

const neutral = {
  and: { before: (it: number) => `(missing == ${it} or (`, after: "))" },
  or: { before: (it: number) => `(missing != ${it} and (`, after: "))" },
};

/** The operands of `and` and `or`: without one the others decide. */
const operands = (text: string, name: string, it: Expression): readonly Part[] => {
  if (it.kind !== "binary" || (it.operator !== "and" && it.operator !== "or")) {
    return subexpressions(it).flatMap((inner) => operands(text, name, inner));
  }
  const { operator } = it;
  return [it.left, it.right].flatMap((side): readonly Part[] => {
    const inner = operands(text, name, side);
    return side.kind === "binary" && side.operator === operator
      ? inner
      : [
          { name: `${name}: ${written(text, side.span)}`, span: side.span, ...neutral[operator] },
          ...inner,
        ];
  });
};

const statementParts = (text: string, name: string, it: Statement): readonly Part[] => {
  if (it.kind === "if") {
    return [
      ...operands(text, name, it.condition),
      ...blockParts(text, name, it.then),
      ...(it.otherwise === undefined ? [] : blockParts(text, name, it.otherwise)),
    ];
  }
  return [
    {
      name: `${name}: ${written(text, it.span)}`,
      span: it.span,
      before: (number) => `if missing != ${number} { `,
      after: " }",
    },
  ];
};

const blockParts = (text: string, name: string, { statements }: Block): readonly Part[] =>
  statements.flatMap((it) => statementParts(text, name, it));

interface NamedCase {
  readonly name: string;
  readonly guard: Expression;
  readonly body: Block;
  readonly documented: Documented;
}

const membersOf = (declarations: readonly Declaration[]): readonly Member[] =>
  declarations.flatMap((it) => (it.kind === "extend" ? it.members : []));

/** The cases of all handlers, in their order. */
const casesOf = (declarations: readonly Declaration[]): readonly NamedCase[] =>
  membersOf(declarations)
    .flatMap((it) => (it.kind === "receive" ? [it] : []))
    .flatMap(({ states, body }) => {
      const state = states.map((it) => it.text).join("|");
      const all = body.kind === "cases" ? body.cases : body.stages.flatMap((it) => it.cases);
      return all.map((it) => ({ ...it, name: `${state}.${it.name.text}`, documented: it }));
    });

const caseParts = (text: string, { name, guard, body }: NamedCase): readonly Part[] => [
  { name, span: guard.span, ...neutral.or },
  ...operands(text, name, guard),
  ...blockParts(text, name, body),
];

/** The hooks of the common machine lead from state to state, and not from segment to answer. */
const isHook = (it: Member): boolean => it.kind === "proc" && it.name.text.startsWith("enter_");

/** What the guards ask, and what the bodies call. */
const memberParts = (text: string, it: Member): readonly Part[] => {
  if ((it.kind !== "fn" && it.kind !== "proc") || it.body === undefined || isHook(it)) return [];
  return it.kind === "fn"
    ? operands(text, it.name.text, it.body)
    : blockParts(text, it.name.text, it.body);
};

interface Stack {
  readonly file: string;
  readonly text: string;
  readonly declarations: readonly Declaration[];
  readonly parts: readonly Part[];
}

const stackOf = (file: string): Stack => {
  const text = readRepository(file);
  const { declarations } = parse(file, text).value;
  const parts = [
    ...casesOf(declarations).flatMap((it) => caseParts(text, it)),
    ...membersOf(declarations).flatMap((it) => memberParts(text, it)),
  ].filter(({ name }) => demanded[file]?.includes(name) !== true);
  return { file, text, declarations, parts };
};

/** The model with a variable that says which part is missing: 0, none; k, the k-th. */
const apart = ({ text, parts }: Stack): string => {
  const edits = parts.flatMap(({ span: { start, end }, before, after }, at) => [
    // What is around another begins before it and ends behind it.
    { at: start, order: -end, text: before(at + 1) },
    { at: end, order: -start, text: after },
  ]);
  const { made, from } = edits
    .toSorted((left, right) => left.at - right.at || left.order - right.order)
    .reduce(
      (done, it) => ({ made: done.made + text.slice(done.from, it.at) + it.text, from: it.at }),
      { made: "", from: 0 },
    );
  const all = `0..${parts.length}`;
  const choice = `var missing : ${all}\ninit { choose it in ${all} { missing = it } }\n`;
  return `${made}${text.slice(from)}\n${choice}`;
};

/** The machines that begin where `missing` is 0, 1, 2 and so on. */
const apartFrom = (machine: Machine, count: number): readonly Machine[] => {
  const all = new Int32Array(machine.stepWords * count);
  if (machine.initial(all) !== count) throw new Error("there is one start for each");
  return Array.from({ length: count }, (_, number) => ({
    ...machine,
    initial: (out) => {
      const start = number * machine.stepWords;
      out.set(all.subarray(start, start + machine.stepWords));
      return 1;
    },
  }));
};

/** Checks of one segment have tens of states; others have hundreds of thousands. */
const enough = 800;

/** What is decided of each property; nothing in a large check. What a model error leaves open is no verdict. */
const verdictsOf = async (
  core: Core,
  machine: Machine,
  only: ReadonlySet<string>,
): Promise<readonly (boolean | undefined)[]> => {
  const { stopped, verdicts } = await explore(machine, core, {
    selected: (property) => only.has(core.properties[property]?.name ?? ""),
    deadlock: false,
    limits: { maxStates: enough },
    now: () => 0,
    breathe: () => Promise.resolve("go-on"),
    stopWhenDecided: true,
  });
  if (stopped === "states") return [];
  return verdicts.map((it) => {
    if (it?.kind === "holds" || it?.kind === "reached") return true;
    return it?.kind === "violated" || it?.kind === "unreached" ? false : undefined;
  });
};

/** The first check that finds something else without the part, by the position of the part. */
const notice = async (stack: Stack): Promise<ReadonlyMap<number, string>> => {
  const { file, declarations, parts } = stack;
  const model = apart(stack);
  const found = new Map<number, string>();
  const small = declarations.flatMap((it) =>
    it.kind === "check" && it.overrides.some(({ name }) => name.text === "BEGIN") ? [it] : [],
  );
  for (const { title, only } of small) {
    const core = coreOfCheck(file, model, title);
    const [complete, ...others] = apartFrom(compile(core) ?? interpret(core), parts.length + 1);
    if (complete === undefined) throw new Error("there is a first machine");
    const names = new Set(only.map((it) => it.text));
    const whole = await verdictsOf(core, complete, names);
    if (whole.every((it) => it === undefined)) continue;
    for (const [at, machine] of others.entries()) {
      if (found.has(at)) continue;
      const other = await verdictsOf(core, machine, names);
      const differs = other.some((it, property) => {
        const known = whole[property];
        return it !== undefined && known !== undefined && it !== known;
      });
      if (differs) found.set(at, title);
    }
  }
  return found;
};

describe("a model of a stack", () => {
  test("has the lists F1 to F6 and T1 to T6 in its handlers, where it is Linux", () => {
    const lists = ["F", "T"].flatMap((it) => [1, 2, 3, 4, 5, 6].map((at) => `${it}${at}`));
    const lacking = ["models/linux-6.tw", "models/linux-2.6.32.tw"].map((file) => {
      const cases = casesOf(stackOf(file).declarations);
      const ids = new Set(cases.flatMap(({ documented }) => idsIn(documented.doc ?? "")));
      return lists.filter((it) => !ids.has(it));
    });
    expect(lacking).toEqual([[], []]);
  });

  test.each(Object.keys(demanded))(
    "without any part of %s a check has another verdict",
    async (file) => {
      const stack = stackOf(file);
      const noticed = await notice(stack);
      const unnoticed = stack.parts.map(({ name }) => name).filter((_, at) => !noticed.has(at));
      expect(stack.parts.length).toBeGreaterThan(0);
      expect(unnoticed.toSorted()).toEqual(Object.keys(idle[file] ?? {}).toSorted());
    },
    600_000,
  );
});
