// What a checker says of a model, in a form in which checkers can be compared.

import type { Core } from "../../checker/core/index.ts";
import type { Exploration } from "../../checker/explore/index.ts";

export interface Reading {
  readonly states: number;
  readonly transitions: number;
  /** What it saw: `false p`, `true r`, `failed p`, `event e`, `error 3`, `deadlock`. */
  readonly seen: ReadonlySet<string>;
}

/** How properties and sites are named: by position, for names can repeat. */
const nameOf = (core: Core, property: number): string =>
  `${property} (${core.properties[property]?.name ?? ""})`;

/** Our own exploration. */
export const ownReading = (core: Core, result: Exploration): Reading => {
  const seen = new Set<string>();
  result.verdicts.forEach((verdict, id) => {
    const property = core.properties[id];
    if (verdict === undefined || property === undefined || property.kind === "recoverable") return;
    if (verdict.kind === "error") seen.add(`failed ${nameOf(core, id)}`);
    if (verdict.kind === "violated" || verdict.kind === "reached") {
      const isEvent = "event" in property;
      const isWish = verdict.kind === "reached";
      seen.add(`${isEvent ? "event" : isWish ? "true" : "false"} ${nameOf(core, id)}`);
    }
  });
  for (const { site } of result.errors) seen.add(`error ${site}`);
  if (result.deadlock?.kind === "violated") seen.add("deadlock");
  return { states: result.states, transitions: result.transitions, seen };
};

/** The lines `@word number` of a translation that counts, with how often each was printed. */
export const markedLines = (output: string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const [line] of output.matchAll(/^@.*$/gm)) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
};

export const seenIn = (core: Core, marks: Iterable<string>): ReadonlySet<string> =>
  new Set(
    [...marks].flatMap((line): readonly string[] => {
      const [, word = "", number = ""] = /^@(\w+) ?(\d*)/.exec(line) ?? [];
      if (word === "deadlock") return ["deadlock"];
      if (word === "error") return [`error ${number}`];
      if (word === "event") {
        const id = core.properties.findIndex((it) => "event" in it && it.event === Number(number));
        return [`event ${nameOf(core, id)}`];
      }
      return ["final", "start", "begin"].includes(word)
        ? []
        : [`${word} ${nameOf(core, Number(number))}`];
    }),
  );

/** In words; empty when they agree. */
export const differences = (own: Reading, other: Reading): readonly string[] => {
  const hasErrors = [...own.seen].some((it) => it.startsWith("error "));
  // The first violation or failure of a property is all that a verdict of ours tells.
  const decided = new Set(
    [...own.seen].flatMap((it) =>
      /^(false|failed|true) /.test(it) ? [it.replace(/^\w+/, "")] : [],
    ),
  );
  const isTold = (it: string): boolean =>
    own.seen.has(it) || (/^(false|failed|true) /.test(it) && decided.has(it.replace(/^\w+/, "")));
  const isComparable = (it: string): boolean =>
    // rumur takes a state for stuck whose only steps are model errors.
    it !== "deadlock" || !hasErrors;
  return [
    ...(own.states === other.states ? [] : [`${own.states} states, not ${other.states}`]),
    ...(own.transitions === other.transitions
      ? []
      : [`${own.transitions} transitions, not ${other.transitions}`]),
    ...[...own.seen]
      .filter((it) => !other.seen.has(it) && isComparable(it))
      .map((it) => `only here: ${it}`),
    ...[...other.seen]
      .filter((it) => !isTold(it) && isComparable(it))
      .map((it) => `only there: ${it}`),
  ];
};
