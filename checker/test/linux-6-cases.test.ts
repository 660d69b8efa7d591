// Takes Linux 6 apart: without a case, a part of a condition or a statement some check of the model must find something else.

import { describe, expect, test } from "vitest";
import type { Core } from "../core/index.ts";
import { explore } from "../explore/index.ts";
import { interpret } from "../interpret/index.ts";
import type { Machine } from "../machine/index.ts";
import type { Span } from "../source/index.ts";
import {
  type Block,
  type Documented,
  type Expression,
  type Member,
  parse,
  type Statement,
  subexpressions,
} from "../syntax/index.ts";
import { idsIn } from "./library-ids.ts";
import { coreOfCheck, readRepository } from "./run-text.ts";

const file = "models/linux-6.tw";
const text = readRepository(file);
const { declarations } = parse(file, text).value;
const members = declarations.flatMap((it) => (it.kind === "extend" ? it.members : []));

/** Without it a field would be read that need not be there: the language does not allow that. */
const demanded: readonly string[] = ["FIN_WAIT_2.full_fin_ahead: s.ack"];

/** What can be missing: the text around it makes it so when `missing` is its number. */
interface Part {
  readonly name: string;
  readonly span: Span;
  readonly before: (number: number) => string;
  readonly after: string;
}

const written = ({ start, end }: Span): string => text.slice(start, end).replaceAll(/\s+/g, " ");

const neutral = {
  and: { before: (it: number) => `(missing == ${it} or (`, after: "))" },
  or: { before: (it: number) => `(missing != ${it} and (`, after: "))" },
};

/** The operands of `and` and `or`: without one the others decide. */
const operands = (name: string, it: Expression): readonly Part[] => {
  if (it.kind !== "binary" || (it.operator !== "and" && it.operator !== "or")) {
    return subexpressions(it).flatMap((inner) => operands(name, inner));
  }
  const { operator } = it;
  return [it.left, it.right].flatMap((side): readonly Part[] => {
    const inner = operands(name, side);
    return side.kind === "binary" && side.operator === operator
      ? inner
      : [
          { name: `${name}: ${written(side.span)}`, span: side.span, ...neutral[operator] },
          ...inner,
        ];
  });
};

const statementParts = (name: string, it: Statement): readonly Part[] => {
  if (it.kind === "if") {
    return [
      ...operands(name, it.condition),
      ...blockParts(name, it.then),
      ...(it.otherwise === undefined ? [] : blockParts(name, it.otherwise)),
    ];
  }
  return [
    {
      name: `${name}: ${written(it.span)}`,
      span: it.span,
      before: (number) => `if missing != ${number} { `,
      after: " }",
    },
  ];
};

const blockParts = (name: string, { statements }: Block): readonly Part[] =>
  statements.flatMap((it) => statementParts(name, it));

interface NamedCase {
  readonly name: string;
  readonly guard: Expression;
  readonly body: Block;
  readonly documented: Documented;
}

/** The cases of both handlers, in their order. */
const cases: readonly NamedCase[] = members
  .flatMap((it) => (it.kind === "receive" ? [it] : []))
  .flatMap(({ states, body }) => {
    const state = states.map((it) => it.text).join("|");
    const all = body.kind === "cases" ? body.cases : body.stages.flatMap((it) => it.cases);
    return all.map((it) => ({ ...it, name: `${state}.${it.name.text}`, documented: it }));
  });

const caseParts = ({ name, guard, body }: NamedCase): readonly Part[] => [
  { name, span: guard.span, ...neutral.or },
  ...operands(name, guard),
  ...blockParts(name, body),
];

/** What the guards ask. */
const questionParts = (it: Member): readonly Part[] =>
  it.kind === "fn" && it.body !== undefined ? operands(it.name.text, it.body) : [];

const parts: readonly Part[] = [
  ...cases.flatMap(caseParts),
  ...members.flatMap(questionParts),
].filter(({ name }) => !demanded.includes(name));

/** The model with a variable that says which part is missing: 0, none; k, the k-th. */
const apart = (): string => {
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
const apartFrom = (machine: Machine): readonly Machine[] => {
  const all = new Int32Array(machine.stepWords * (parts.length + 1));
  if (machine.initial(all) !== parts.length + 1) throw new Error("there is one start for each");
  return Array.from({ length: parts.length + 1 }, (_, number) => ({
    ...machine,
    initial: (out) => {
      const start = number * machine.stepWords;
      out.set(all.subarray(start, start + machine.stepWords));
      return 1;
    },
  }));
};

/** Checks of one segment have tens of states; others have hundreds of thousands. */
const enough = 600;

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
const notice = async (): Promise<ReadonlyMap<number, string>> => {
  const model = apart();
  const found = new Map<number, string>();
  const small = declarations.flatMap((it) =>
    it.kind === "check" && it.overrides.some(({ name }) => name.text === "BEGIN") ? [it] : [],
  );
  for (const { title, only } of small) {
    const core = coreOfCheck(file, model, title);
    const [complete, ...others] = apartFrom(interpret(core));
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

describe("models/linux-6.tw", () => {
  test("has the lists F1 to F6 and T1 to T6 in its handlers", () => {
    const ids = new Set(cases.flatMap(({ documented }) => idsIn(documented.doc ?? "")));
    const lists = ["F", "T"].flatMap((it) => [1, 2, 3, 4, 5, 6].map((at) => `${it}${at}`));
    expect(lists.filter((it) => !ids.has(it))).toEqual([]);
  });

  test("without any part of it a check has another verdict", async () => {
    const noticed = await notice();
    const unnoticed = parts.map(({ name }) => name).filter((_, at) => !noticed.has(at));
    expect(unnoticed).toEqual([]);
  }, 600_000);
});
