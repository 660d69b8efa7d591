// A program as a Promela text whose steps are C functions on SPIN's state vector (program -> text).

import type { Core } from "../core/index.ts";
import { beginnings, combinations } from "./combinations.ts";
import { at } from "./lower.ts";
import type { TranslateOptions } from "./options.ts";
import { truthText } from "./print-term.ts";
import type { Line, Program, Routine } from "./program.ts";
import { counters, judging } from "./promela-judging.ts";
import {
  promelaDialect,
  promelaLocal,
  type PromelaPlaces,
  promelaStatements,
  variableReaders,
} from "./promela-lines.ts";
import { promelaNetwork } from "./promela-networks.ts";
import { type NetworkWords, networkWords } from "./segment-words.ts";
import { type Storage, storageOf } from "./storage.ts";
import { allLines, cellsOf, linesOfRoutine, localsSet } from "./walk.ts";

export interface Writing {
  readonly core: Core;
  readonly program: Program;
  readonly storage: Storage;
  readonly networks: readonly NetworkWords[];
  readonly options: TranslateOptions;
}

export const promelaText = (core: Core, program: Program, options: TranslateOptions): string => {
  const all = [program.initial, ...program.routines].flatMap(linesOfRoutine);
  const judged = [...program.judgements, ...program.finals].flatMap((it) => it?.lines ?? []);
  const storage = storageOf(core, cellsOf([...all, ...judged]));
  const writing: Writing = { core, program, storage, networks: networkWords(core), options };
  const routines = [program.initial, ...program.routines];
  const functions = [
    ...judgementTexts(writing),
    ...routines.flatMap((it, id) => functionsOf(it, id, writing)),
    beginText(program),
    judging(writing),
  ];
  const text = functions.join("\n");
  const needed = library(writing).flatMap(([name, code]) =>
    text.includes(`${name}(`) ? [code] : [],
  );
  const heading = options.heading.map((it) => ` * ${it.replaceAll("*/", "* /")}`);
  return `${[
    ["/*", ...heading, " */"].join("\n"),
    declarations(writing).join("\n"),
    ...[
      scratch,
      eventFlags(core),
      ...counters(writing),
      ...variableReaders(storage),
      ...needed,
      ...functions,
    ].flatMap((it) => (it === "" ? [] : [`c_code {\n${it}\n}`])),
    processText(program),
  ].join("\n\n")}\n`;
};

/**
 * A step is computed on a copy of the variables and committed when it turned out to be one: the
 * guard of an option may change nothing that SPIN sees.
 */
const scratch = [
  "#define VARIABLES (sizeof(State) - VECTORSZ)",
  "static State scratch;",
  "static int broken;",
  "static void commit(void) { memcpy(&now, &scratch, VARIABLES); }",
].join("\n");

const eventFlags = ({ events }: Core): string =>
  events.map((_, event) => `static int e${event};`).join(" ");

const bitsOf = (range: number): number => Math.max(1, Math.ceil(Math.log2(range + 1)));

const elementType = (range: number): string => {
  if (range <= 255) return "byte";
  return range <= 32767 ? "short" : "int";
};

/** All values are stored less their lowest, so that none is negative. */
const declarations = ({ core, program, storage, networks }: Writing): readonly string[] => {
  const singles = storage.homes.flatMap((it, id) => {
    if (it.kind !== "single") return [];
    const initial = at(core.variables, id).initial - it.low;
    const start = initial === 0 ? "" : ` = ${initial}`;
    const bits = bitsOf(it.high - it.low);
    return [bits < 32 ? `unsigned ${it.name} : ${bits}${start};` : `int ${it.name}${start};`];
  });
  const arrays = storage.arrays.map(
    ({ name, size, low, high }) => `${elementType(high - low)} ${name}[${size}];`,
  );
  const segments = networks.flatMap(({ arrays: names, highs, network }) =>
    network.capacity === 0
      ? []
      : names.map((name, word) => `${elementType(highs[word] ?? 0)} ${name}[${network.capacity}];`),
  );
  const count = beginnings(program);
  const from = count === 1 ? [] : [`unsigned from : ${bitsOf(count - 1)};`];
  return [...singles, ...arrays, ...segments, ...from];
};

const library = ({ networks }: Writing): readonly (readonly [string, string])[] => [
  ["smaller", "static long smaller(long a, long b) { return a < b ? a : b; }"],
  ["larger", "static long larger(long a, long b) { return a > b ? a : b; }"],
  ["distance", "static long distance(long a) { return a < 0 ? -a : a; }"],
  ["size", "static long size(long a) { long n = 0; while (a) { n += a & 1; a >>= 1; } return n; }"],
  ...networks.flatMap(promelaNetwork),
];

const placesFor = (
  { storage, networks }: Writing,
  lines: readonly Line[],
  parameters: readonly string[],
): PromelaPlaces => {
  const cells = cellsOf(lines).filter((it) => it.of === "local");
  const base = { storage, networks, parameters };
  if (cells.length === 0) return base;
  const first = Math.min(...cells.map((it) => it.base));
  const last = Math.max(...cells.map((it) => it.base + it.stride * (it.count - 1)));
  return { ...base, localArray: { first, last } };
};

const localDeclarations = (lines: readonly Line[], places: PromelaPlaces): readonly string[] => {
  const { localArray } = places;
  const names = [...new Set(localsSet(lines))]
    .toSorted((left, right) => left - right)
    .map((id) => promelaLocal(places, id))
    .filter((it) => !it.startsWith("w["));
  return [
    ...names.map((it) => `long ${it};`),
    ...(localArray === undefined ? [] : [`long w[${localArray.last - localArray.first + 1}];`]),
  ];
};

const judgementTexts = (writing: Writing): readonly string[] => {
  const { program } = writing;
  const text = (name: string, lines: readonly Line[]): string => {
    const places = placesFor(writing, lines, []);
    const locals = localDeclarations(lines, places);
    const statements = promelaStatements(lines, places, { fail: () => "", disable: "" });
    return [
      `static int ${name}(State *s)`,
      "{",
      ...[...locals, ...statements].map((it) => `  ${it}`),
      "}",
    ].join("\n");
  };
  return [
    ...program.judgements.flatMap((it, id) =>
      it === undefined ? [] : [text(`property_${id}`, it.lines)],
    ),
    ...program.finals.map((it, id) => text(`final_${id}`, it.lines)),
  ];
};

const eventsOf = (lines: readonly Line[]): readonly number[] => [
  ...new Set(allLines(lines).flatMap((it) => (it.kind === "event" ? [it.event] : []))),
];

/** What becomes of a step that is marked with an event. */
const eventLine = ({ core, options }: Writing, event: number): string => {
  if (options.judging === "count") return `if (e${event}) seen_events[${event}]++;`;
  const property = core.properties.find((it) => "event" in it && it.event === event);
  return property?.kind === "never" ? `if (e${event}) broken = 1;` : `(void)e${event};`;
};

/** Promela gives all elements of an array the same initial value: the initial step corrects it. */
const arrayBeginnings = ({ core, storage }: Writing): readonly string[] =>
  storage.homes.flatMap((home, id) => {
    if (home.kind !== "array") return [];
    const first = at(core.variables, id).initial - home.array.low;
    return first === 0 ? [] : [`s->${home.array.name}[${home.index}] = ${first};`];
  });

/** SPIN takes at most 64 KiB of C in one piece. */
const longText = 30_000;
const longBranch = 6_000;

const lengthOf = (statements: readonly string[]): number =>
  statements.reduce((sum, it) => sum + it.length + 1, 0);

/** The statements of a body, and functions before it for the long branches of a long one. */
const bodyText = (routine: Routine, id: number, writing: Writing) => {
  const names = routine.parameters.map((_, index) => `p${index}`);
  const places = placesFor(writing, linesOfRoutine(routine), names);
  const fail = (site: number): string =>
    writing.options.judging === "count"
      ? `{ seen_errors[${site}]++; raised = 1; return 0; }`
      : "{ broken = 1; return 0; }";
  const endings = { fail, disable: "return 0;" };
  const short = promelaStatements(routine.body, places, endings);
  const locals = localDeclarations(routine.body, places);
  if (lengthOf(short) <= longText) return { parts: [], statements: [...locals, ...short] };
  // The parts share their locals, so all of them stand in one array.
  const last = Math.max(0, places.localArray?.last ?? 0, ...localsSet(routine.body));
  const shared = { ...places, localArray: { first: 0, last } };
  const parts: string[] = [];
  const formal = ["State *s", "long *w", ...names.map((it) => `int ${it}`)].join(", ");
  const outline = (statements: readonly string[]): readonly string[] => {
    if (lengthOf(statements) <= longBranch) return statements;
    const name = `part_${id}_${parts.length}`;
    parts.push([`static int ${name}(${formal})`, "{", ...statements, "return 1;", "}"].join("\n"));
    return [`if (!${name}(${["s", "w", ...names].join(", ")})) return 0;`];
  };
  const statements = promelaStatements(routine.body, shared, { ...endings, outline });
  return { parts, statements: [`long w[${last + 1}];`, ...statements] };
};

/** Its guard, its body on a copy of the state, and both: 1 when there is a step, then in `scratch`. */
const functionsOf = (routine: Routine, id: number, writing: Writing): readonly string[] => {
  const names = routine.parameters.map((_, index) => `p${index}`);
  const places = placesFor(writing, [], names);
  const formal = ["State *s", ...names.map((it) => `int ${it}`)].join(", ");
  const actual = (state: string): string => [state, ...names].join(", ");
  const events = eventsOf(routine.body);
  const { parts, statements } = bodyText(routine, id, writing);
  const body = [
    ...statements.filter((it) => it.startsWith("long ")),
    ...events.map((it) => `e${it} = 0;`),
    ...(id === 0 ? arrayBeginnings(writing) : []),
    ...statements.filter((it) => !it.startsWith("long ")),
    ...events.map((it) => eventLine(writing, it)),
    "return 1;",
  ];
  const own = names.map((it) => `int ${it}`).join(", ");
  const isCounting = writing.options.judging === "count";
  return [
    ...parts,
    [
      `/* ${routine.name.replaceAll("*/", "* /")} */`,
      `static int can_${id}(${formal}) { return ${truthText(routine.guard, promelaDialect(places))}; }`,
      `static int body_${id}(${formal})`,
      "{",
      ...body,
      "}",
      `static int step_${id}(${own === "" ? "void" : own})`,
      "{",
      ...(isCounting ? [" raised = 0;"] : []),
      ` if (!can_${id}(${actual("&now")})) return 0;`,
      " memcpy(&scratch, &now, VARIABLES);",
      ` return body_${id}(${actual("&scratch")})${isCounting ? "" : " || broken"};`,
      "}",
    ].join("\n"),
  ];
};

/** Where the guard alone decides, and nothing is said of the step, no copy is needed. */
const optionsOf = (routine: Routine, id: number): readonly string[] => {
  const isDirect = routine.isCertain && eventsOf(routine.body).length === 0;
  return combinations(routine.parameters).map((values) => {
    const actual = ["&now", ...values].join(", ");
    return isDirect
      ? `  :: d_step { c_expr { (can_${id}(${actual})) } -> c_code { body_${id}(${actual}); } }`
      : `  :: d_step { c_expr { (step_${id}(${values.join(", ")})) } -> c_code [(!broken)] { commit(); } }`;
  });
};

/** The initial step of the k-th combination of choices. */
const beginText = ({ initial }: Program): string => {
  const actual = initial.parameters.map(({ low, high }, index) => {
    const later = combinations(initial.parameters.slice(index + 1)).length;
    return `k / ${later} % ${high - low + 1} + ${low}`;
  });
  return `static int begin(int k) { return step_0(${actual.join(", ")}); }`;
};

/**
 * The initial steps, then one option per combination of parameter values of every routine. `from`
 * walks through the combinations of choices of `init`, of which there may be thousands, and is 0 again
 * in all states of the model.
 */
const processText = (program: Program): string => {
  const count = beginnings(program);
  const [first, next] =
    count === 1
      ? ["0", []]
      : ["now.from", [`  :: d_step { c_expr { (now.from < ${count - 1}) } -> from++ }`]];
  const reset = count === 1 ? "" : " now.from = 0;";
  return [
    "active proctype model() {",
    "  do",
    `  :: d_step { c_expr { (begin(${first})) } -> c_code [(!broken)] { commit();${reset} begun(); } } -> break`,
    ...next,
    "  od;",
    "  do",
    "  :: d_step { c_expr { (looks()) } -> assert(false) }",
    ...program.routines.flatMap((it, index) => optionsOf(it, index + 1)),
    "  od",
    "}",
  ].join("\n");
};
