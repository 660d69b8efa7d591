// All mutants of a file: trees -> mutants in the order of the text.

import type { Modules } from "../semantics/index.ts";
import type { Span } from "../source/index.ts";
import type {
  Case,
  Declaration,
  Member,
  ReceiveDeclaration,
  RuleDeclaration,
} from "../syntax/index.ts";
import {
  expressionMutants,
  type TextOf,
  withoutConjuncts,
  withoutPart,
} from "./expression-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { blockMutants } from "./statement-mutants.ts";

const guardMutants = (guard: RuleDeclaration["guard"], textOf: TextOf): readonly Mutant[] =>
  guard === undefined ? [] : [...withoutConjuncts(guard), ...expressionMutants(guard, textOf)];

const caseMutants = (cases: readonly Case[], textOf: TextOf): readonly Mutant[] =>
  cases.flatMap((it, at): readonly Mutant[] => {
    const next = cases[at + 1];
    return [
      { operator: "drop-case", span: it.span, text: "" },
      ...(next === undefined
        ? []
        : ([
            {
              operator: "swap-cases",
              span: { ...it.span, end: next.span.end },
              text: `${textOf(next.span)} ${textOf(it.span)}`,
            },
          ] as const)),
      ...guardMutants(it.guard, textOf),
      ...blockMutants(it.body, textOf),
    ];
  });

const receiveMutants = ({ body }: ReceiveDeclaration, textOf: TextOf): readonly Mutant[] =>
  body.kind === "cases"
    ? [
        ...caseMutants(body.cases, textOf),
        ...(body.tail.kind === "else" ? blockMutants(body.tail.body, textOf) : []),
      ]
    : body.stages.flatMap(({ cases, otherwise }) => [
        ...caseMutants(cases, textOf),
        ...(otherwise === undefined ? [] : blockMutants(otherwise, textOf)),
      ]);

const memberMutants = (it: Member, textOf: TextOf): readonly Mutant[] => {
  switch (it.kind) {
    case "fn":
      if (it.body === undefined) return [];
      return [
        ...(it.result.kind === "bool-type" ? withoutPart(it.body) : []),
        ...expressionMutants(it.body, textOf),
      ];
    case "proc":
      return it.body === undefined ? [] : blockMutants(it.body, textOf);
    case "rule":
      return [...guardMutants(it.guard, textOf), ...blockMutants(it.body, textOf)];
    case "receive":
      return receiveMutants(it, textOf);
    case "expire":
      return blockMutants(it.body, textOf);
    case "var":
      return it.initial === undefined || it.ghost ? [] : expressionMutants(it.initial, textOf);
    case "state":
    case "timer":
      return [];
  }
};

const isMember = (it: Declaration): it is Declaration & Member =>
  it.kind === "fn" || it.kind === "proc" || it.kind === "rule" || it.kind === "var";

/** Only what decides behaviour: properties, checks and assumptions are what is being tried. */
const declarationMutants = (it: Declaration, textOf: TextOf): readonly Mutant[] => {
  if (it.kind === "process" || it.kind === "extend") {
    return it.members.flatMap((member) => memberMutants(member, textOf));
  }
  if (isMember(it)) return memberMutants(it, textOf);
  return it.kind === "const" ? expressionMutants(it.value, textOf) : [];
};

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf("/") + 1);

const byPlace = (left: Mutant, right: Mutant): number =>
  left.span.start - right.span.start ||
  left.span.end - right.span.end ||
  (left.text < right.text ? -1 : left.text > right.text ? 1 : 0);

/**
 * The mutants of a specification: of its file, then of what it imports from its own folder. What is imported from elsewhere
 * is a library, which has checks of its own.
 */
export const mutantsOf = (
  modules: Modules,
  textOf: (file: string) => string,
): readonly Mutant[] => {
  const { file } = modules.entry;
  const own = modules.list.filter((it) => folderOf(it.file) === folderOf(file));
  return own.flatMap(({ file: name, tree }) => {
    const text = textOf(name);
    const read = ({ start, end }: Span): string => text.slice(start, end);
    return tree.declarations.flatMap((it) => declarationMutants(it, read)).toSorted(byPlace);
  });
};
