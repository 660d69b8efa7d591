// How a counterexample differs from the one that was kept: two trace documents -> sentences.

import { isMembers } from "../source/index.ts";

interface Told {
  readonly actions: readonly string[];
  readonly cases: readonly string[];
  readonly faults: readonly string[];
}

const isText = (it: unknown): it is string => typeof it === "string";

const toldOf = (document: unknown): Told => {
  const steps = isMembers(document) && Array.isArray(document["steps"]) ? document["steps"] : [];
  const members = steps.filter(isMembers);
  const about = (step: Readonly<Record<string, unknown>>): string => {
    const { action, parameters, segment } = step;
    const said = isMembers(segment) ? [segment["id"], segment["from"], segment["to"]] : [];
    return [action, JSON.stringify(parameters ?? []), ...said].join(" ");
  };
  return {
    actions: members.map(about),
    cases: members.flatMap((it) => (Array.isArray(it["cases"]) ? it["cases"].filter(isText) : [])),
    faults: members.flatMap((it) =>
      it["fault"] === true && isText(it["action"]) ? [it["action"]] : [],
    ),
  };
};

const counted = (number: number, what: string): string =>
  `${number} ${what}${number === 1 ? "" : "s"}`;

/** What one list has and the other has not, copies counted. */
const without = (all: readonly string[], others: readonly string[]): readonly string[] => {
  const rest = [...others];
  return all.filter((it) => {
    const at = rest.indexOf(it);
    if (at < 0) return true;
    rest.splice(at, 1);
    return false;
  });
};

const exchanged = (
  what: string,
  before: readonly string[],
  after: readonly string[],
): readonly string[] => {
  const [gone, come] = [without(before, after), without(after, before)];
  if (gone.length === 0 && come.length === 0) return [];
  const parts = [
    ...(come.length > 0 ? [`now ${[...new Set(come)].join(", ")}`] : []),
    ...(gone.length > 0 ? [`no longer ${[...new Set(gone)].join(", ")}`] : []),
  ];
  return [`other ${what}: ${parts.join("; ")}`];
};

/** The differences that matter to a reader; of equal behaviours, that only what is written differs. */
export const traceChanges = (before: unknown, after: unknown): readonly string[] => {
  const [old, fresh] = [toldOf(before), toldOf(after)];
  const lengths = [old.actions.length - 1, fresh.actions.length - 1] as const;
  const at = fresh.actions.findIndex((it, step) => it !== old.actions[step]);
  const differences = [
    ...(lengths[0] === lengths[1]
      ? []
      : [`${counted(lengths[1], "step")} instead of ${lengths[0]}`]),
    ...exchanged("faults", old.faults, fresh.faults),
    ...exchanged("cases", old.cases, fresh.cases),
  ];
  if (at >= 0) return [...differences, `the ways part at step ${at}`];
  return differences.length > 0 ? differences : ["the same steps, in other words or other states"];
};
