// How many searches take each case and meet each occasion: what searches took -> places of the source.

import type { Modules } from "../semantics/index.ts";
import type { Span } from "../source/index.ts";
import type { Case, Declaration } from "../syntax/index.ts";
import type { Coverage } from "./vacuity.ts";

/** A case, or what a property speaks about, over all searches of a file. */
export interface Covered {
  readonly kind: "case" | "property";
  /** In its first instance: `tcp[A].TIME_WAIT.sequence.outside`; of a property its name. */
  readonly name: string;
  readonly span: Span;
  /** Searches that take it in some step, or meet its occasion. */
  readonly taken: number;
  /** Searches that have it, and of a property watch it. */
  readonly searches: number;
  /** Why it is never taken, as the source says. */
  readonly reason?: string;
}

/** Reasons why cases are never taken, by the places of their names. */
export type Reasons = ReadonlyMap<string, string>;

export const placeKey = ({ file, start, end }: Span): string => `${file}\u0000${start}\u0000${end}`;

/** `/// Never taken: why` above a case. */
const reasonOf = (doc: string | undefined): string | undefined =>
  /^Never taken: *(\S.*)$/m.exec(doc ?? "")?.[1];

const casesOf = (it: Declaration): readonly Case[] => {
  if (it.kind !== "process" && it.kind !== "extend") return [];
  return it.members.flatMap((member) => {
    if (member.kind !== "receive") return [];
    const { body } = member;
    return body.kind === "cases" ? body.cases : body.stages.flatMap((stage) => stage.cases);
  });
};

export const reasonsIn = ({ list }: Modules): Reasons =>
  new Map(
    list
      .flatMap(({ tree }) => tree.declarations)
      .flatMap(casesOf)
      .flatMap(({ name, doc }) => {
        const reason = reasonOf(doc);
        return reason === undefined ? [] : [[placeKey(name.span), reason] as const];
      }),
  );

/** Which cases have a reason, in the order of the source: the one comment that decides what is found. */
export const excused = ({ list }: Modules): readonly boolean[] =>
  list
    .flatMap(({ tree }) => tree.declarations)
    .flatMap(casesOf)
    .map(({ doc }) => reasonOf(doc) !== undefined);

interface Tally {
  readonly kind: Covered["kind"];
  readonly name: string;
  readonly span: Span;
  taken: number;
  searches: number;
}

const tallyOf = (
  tallies: Map<string, Tally>,
  about: Pick<Tally, "kind" | "name" | "span">,
): Tally => {
  const key = placeKey(about.span);
  const tally = tallies.get(key) ?? { ...about, taken: 0, searches: 0 };
  tallies.set(key, tally);
  return tally;
};

/** The same source branch in several instances and states is one. */
const countBranches = (tallies: Map<string, Tally>, { core, taken }: Coverage): void => {
  const here = new Map<Tally, boolean>();
  core.branches.forEach(({ name, span }, id) => {
    const tally = tallyOf(tallies, { kind: "case", name, span });
    here.set(tally, here.get(tally) === true || taken[id] === 1);
  });
  for (const [tally, isTaken] of here) {
    tally.searches += 1;
    if (isTaken) tally.taken += 1;
  }
};

const countPremises = (
  tallies: Map<string, Tally>,
  { core, premises, isMet, isSelected }: Coverage,
): void => {
  const here = new Map<Tally, boolean>();
  premises.forEach(({ property: position }, at) => {
    const property = core.properties[position];
    if (property === undefined || !isSelected(property.name)) return;
    const { name, span } = property;
    const tally = tallyOf(tallies, { kind: "property", name, span });
    here.set(tally, here.get(tally) === true || isMet[at] === true);
  });
  for (const [tally, wasMet] of here) {
    tally.searches += 1;
    if (wasMet) tally.taken += 1;
  }
};

/** Everything that searches had to take, in the order of the text; of a search that stopped, what it saw. */
export const coveredBy = (
  coverage: readonly Coverage[],
  reasons: Reasons = new Map(),
): readonly Covered[] => {
  const tallies = new Map<string, Tally>();
  for (const it of coverage) {
    countBranches(tallies, it);
    countPremises(tallies, it);
  }
  return [...tallies.entries()]
    .map(([key, it]): Covered => {
      const reason = reasons.get(key);
      return reason === undefined ? it : { ...it, reason };
    })
    .toSorted((left, right) =>
      left.span.file === right.span.file
        ? left.span.start - right.span.start
        : left.span.file < right.span.file
          ? -1
          : 1,
    );
};
