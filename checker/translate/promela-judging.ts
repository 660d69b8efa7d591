// What a Promela text says of states and of the whole run (program -> text).

import { beginnings } from "./combinations.ts";
import { at, failingSites } from "./lower.ts";
import type { Routine } from "./program.ts";
import type { Writing } from "./promela.ts";

/** The functions `looks`, asked once in every state, and `begun`, called by every initial step. */
export const judging = (writing: Writing): string =>
  writing.options.judging === "count" ? counting(writing) : stopping(writing);

const stopping = ({ core, program }: Writing): string => {
  const wrong = program.judgements.flatMap((it, id) =>
    it === undefined || at(core.properties, id).kind === "reachable-state"
      ? []
      : [`property_${id}(&now) != 1`],
  );
  return [
    `static int looks(void) { return ${wrong.join(" || ") || "0"}; }`,
    "static void begun(void) { }",
  ].join("\n");
};

/** A state without any step, errors included, is looked for by trying all of them once more. */
const counting = ({ core, program }: Writing): string => {
  const looks = program.judgements.flatMap((it, id) => {
    if (it === undefined) return [];
    const isWish = at(core.properties, id).kind === "reachable-state";
    return [
      `  k = property_${id}(&now);`,
      `  if (k == ${isWish ? 1 : 0}) told[${id}]++;`,
      `  if (k == 2) failed[${id}]++;`,
    ];
  });
  const failing = program.finals.flatMap((it, id) =>
    failingSites(it).map(
      (site) => `  if (final_${id}(&now) == ${site + 2}) seen_errors[${site}]++;`,
    ),
  );
  const finals = program.finals.map((_, id) => `final_${id}(&now) == 1`).join(" || ");
  const rows = core.properties.map((it, id) => {
    const word = it.kind === "reachable-state" ? "true" : "false";
    return `  if (told[${id}]) printf("@${word} ${id}\\n"); if (failed[${id}]) printf("@failed ${id}\\n");`;
  });
  return [
    `static void report(void)`,
    "{ int i;",
    `  for (i = 0; i < ${core.events.length}; i++) if (seen_events[i]) printf("@event %d\\n", i);`,
    `  for (i = 0; i < ${core.sites.length}; i++) if (seen_errors[i]) printf("@error %d\\n", i);`,
    ...rows,
    '  if (deadlocks) printf("@deadlock\\n");',
    `  printf("@start %ld\\n@begin ${beginnings(program)}\\n", starts);`,
    "}",
    "static void begun(void) { if (starts++ == 0) atexit(report); }",
    "static int stuck(void)",
    "{",
    ...program.routines.flatMap(trial),
    "  return 1;",
    "}",
    "static int looks(void)",
    "{ int k = 0; (void)k;",
    ...looks,
    ...failing,
    `  if (!(${finals || "0"}) && stuck()) deadlocks++;`,
    "  return 0;",
    "}",
  ].join("\n");
};

const trial = ({ parameters }: Routine, index: number): readonly string[] => {
  const names = parameters.map((_, position) => `p${position}`);
  const loops = parameters.map(
    ({ low, high }, position) =>
      `for (int p${position} = ${low}; p${position} <= ${high}; p${position}++)`,
  );
  const call = `step_${index + 1}(${names.join(", ")})`;
  return [`  ${[...loops, `if (${call} || raised) return 0;`].join(" ")}`];
};

/** What `counting` counts in; the steps before it count there too. */
export const counters = ({ core, options }: Writing): readonly string[] =>
  options.judging === "stop"
    ? []
    : [
        `static long seen_events[${core.events.length + 1}], seen_errors[${core.sites.length + 1}];`,
        `static long told[${core.properties.length + 1}], failed[${core.properties.length + 1}];`,
        "static long deadlocks, starts; static int raised;",
      ];
