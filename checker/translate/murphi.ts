// A program as a Murphi text in the dialect of rumur (program -> text).

import type { Core } from "../core/index.ts";
import { identifiers, quotable } from "./identifiers.ts";
import { at, failingSites } from "./lower.ts";
import { murphiDialect, murphiLocal, type MurphiPlaces, murphiStatements } from "./murphi-lines.ts";
import { murphiNetwork } from "./murphi-networks.ts";
import type { TranslateOptions } from "./options.ts";
import { truthText } from "./print-term.ts";
import type { Line, Program, Routine } from "./program.ts";
import { type NetworkWords, networkWords } from "./segment-words.ts";
import { type Storage, storageOf } from "./storage.ts";
import { allLines, cellsOf, linesOfRoutine, localsSet } from "./walk.ts";

interface Writing {
  readonly core: Core;
  readonly program: Program;
  readonly storage: Storage;
  readonly networks: readonly NetworkWords[];
  readonly options: TranslateOptions;
}

export const murphiText = (core: Core, program: Program, options: TranslateOptions): string => {
  const all = [program.initial, ...program.routines].flatMap(linesOfRoutine);
  const judged = [...program.judgements, ...program.finals].flatMap((it) => it?.lines ?? []);
  const storage = storageOf(core, cellsOf([...all, ...judged]));
  const writing: Writing = { core, program, storage, networks: networkWords(core), options };
  const rules = [
    startText(writing),
    ...program.routines.map((it) => ruleText(it, writing)),
    ...countingRules(writing),
  ];
  const judgements = judgementTexts(writing);
  const text = [...judgements, ...rules, ...propertyTexts(writing)].join("\n\n");
  return `${[
    options.heading.map((it) => `-- ${it}`).join("\n"),
    declarations(writing),
    ...library(writing).flatMap(([name, code]) => (text.includes(`${name}(`) ? [code] : [])),
    text,
  ].join("\n\n")}\n`;
};

/**
 * Wide enough for what is computed on the way; rumur checks its arithmetic, so that a result beyond it
 * is an error and never a wrong value.
 */
const wideType = ({ core }: Writing): string => {
  const limits = core.variables.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]);
  const isNarrow = Math.max(0, ...limits) < 2 ** 15 && core.networks.length === 0;
  return isNarrow ? "-2147483647..2147483646" : "-4611686018427387904..4611686018427387903";
};

const declarations = (writing: Writing): string => {
  const { storage, networks } = writing;
  const singles = storage.homes.flatMap((it) =>
    it.kind === "single" ? [`  ${it.name}: ${it.low}..${it.high};`] : [],
  );
  const arrays = storage.arrays.map(
    ({ name, size, low, high }) => `  ${name}: array [0..${size - 1}] of ${low}..${high};`,
  );
  const segments = networks.flatMap(({ arrays: names, highs, network }) =>
    network.capacity === 0
      ? []
      : names.map((name, word) => {
          const high = highs[word] ?? 0;
          return `  ${name}: array [0..${network.capacity - 1}] of 0..${high};`;
        }),
  );
  const all = [...singles, ...arrays, ...segments];
  // A text without any variable is no Murphi.
  const vars = all.length === 0 ? ["  nothing: 0..1;"] : all;
  return [`type wide: ${wideType(writing)};`, "var", ...vars].join("\n");
};

const library = ({ networks }: Writing): readonly (readonly [string, string])[] => [
  ...(
    [
      ["smaller", "(a: wide; b: wide): wide; begin return a < b ? a : b; end;"],
      ["larger", "(a: wide; b: wide): wide; begin return a > b ? a : b; end;"],
      ["distance", "(a: wide): wide; begin return a < 0 ? 0 - a : a; end;"],
      [
        "size",
        "(a: wide): wide; var n: wide; begin n := 0; for i: 0..30 do n := n + ((a >> i) & 1); end; return n; end;",
      ],
    ] as const
  ).map(([name, rest]) => [name, `function ${name}${rest}`] as const),
  ...networks.flatMap(murphiNetwork),
];

/** Where the locals of a routine stand: those that an index can choose among in one array. */
const placesFor = (
  { storage, networks }: Writing,
  lines: readonly Line[],
  parameters: readonly string[],
): MurphiPlaces => {
  const cells = cellsOf(lines).filter((it) => it.of === "local");
  const base = { storage, networks, parameters };
  if (cells.length === 0) return base;
  const first = Math.min(...cells.map((it) => it.base));
  const last = Math.max(
    ...cells.map(({ base: from, stride, count }) => from + stride * (count - 1)),
  );
  return { ...base, localArray: { first, last } };
};

const localDeclarations = (lines: readonly Line[], places: MurphiPlaces): readonly string[] => {
  const { localArray } = places;
  const names = [...new Set(localsSet(lines))]
    .toSorted((left, right) => left - right)
    .map((id) => murphiLocal(places, id))
    .filter((it) => !it.startsWith("w["));
  return [
    ...(names.length === 0 ? [] : [`${names.join(", ")}: wide;`]),
    ...(localArray === undefined
      ? []
      : [`w: array [0..${localArray.last - localArray.first}] of wide;`]),
  ];
};

const eventsOf = (lines: readonly Line[]): readonly number[] => [
  ...new Set(allLines(lines).flatMap((it) => (it.kind === "event" ? [it.event] : []))),
];

const errorText = ({ core, options }: Writing, site: number): string =>
  options.judging === "count"
    ? `error "@error ${site}";`
    : `error "${quotable(at(core.sites, site).message)}";`;

/** What a step says of the events that it is marked with. */
const eventLine = ({ core, options }: Writing, event: number): readonly string[] => {
  if (options.judging === "count") return [`if e${event} then put "@event ${event}\\n"; end;`];
  const property = core.properties.find((it) => "event" in it && it.event === event);
  if (property?.kind !== "never") return [];
  return [`if e${event} then error "never ${quotable(property.name)}"; end;`];
};

/** The body of a rule or start state, with its declarations. */
const block = (routine: Routine, opening: readonly string[], writing: Writing) => {
  const names = identifiers(
    "p",
    routine.parameters.map((it) => it.name),
  );
  const places = placesFor(writing, linesOfRoutine(routine), names);
  const events = eventsOf(routine.body);
  const wanted = events.filter((it) => eventLine(writing, it).length > 0);
  const kept = wanted.length === events.length ? routine.body : dropEvents(routine.body, wanted);
  const statements = murphiStatements(kept, places, { fail: (site) => errorText(writing, site) });
  const locals = [...localDeclarations(kept, places), ...wanted.map((it) => `e${it}: boolean;`)];
  const lines = [
    ...opening,
    ...wanted.map((it) => `e${it} := false;`),
    ...statements,
    ...wanted.flatMap((it) => eventLine(writing, it)),
  ];
  const head = locals.length === 0 ? [] : ["var", ...locals.map((it) => `  ${it}`)];
  return { names, places, text: [...head, "begin", ...lines.map((it) => `  ${it}`), "end;"] };
};

const dropEvents = (lines: readonly Line[], wanted: readonly number[]): readonly Line[] =>
  lines.flatMap((line): readonly Line[] => {
    if (line.kind === "event") return wanted.includes(line.event) ? [line] : [];
    if (line.kind !== "if") return [line];
    const [yes, no] = [dropEvents(line.yes, wanted), dropEvents(line.no, wanted)];
    return yes.length + no.length === 0 ? [] : [{ ...line, yes, no }];
  });

/** One rule set per parameter around it. */
const underParameters = (
  { parameters }: Routine,
  names: readonly string[],
  text: readonly string[],
): string =>
  [
    ...parameters.map(
      ({ low, high }, index) => `ruleset ${names[index] ?? ""}: ${low}..${high} do`,
    ),
    ...text,
    ...parameters.map(() => "end;"),
  ].join("\n");

const ruleText = (routine: Routine, writing: Writing): string => {
  const { names, places, text } = block(routine, [], writing);
  const guard = truthText(routine.guard, murphiDialect(places));
  return underParameters(routine, names, [
    `rule "${quotable(routine.name)}" ${guard} ==>`,
    ...text,
  ]);
};

const startText = (writing: Writing): string => {
  const { core, storage, networks, program } = writing;
  const variables = storage.homes.flatMap((home, id) => {
    const { initial } = at(core.variables, id);
    if (home.kind === "single") return [`${home.name} := ${initial};`];
    return home.kind === "array" ? [`${home.array.name}[${home.index}] := ${initial};`] : [];
  });
  // Elements between those that a stride leaves out belong to no variable.
  const segments = networks.flatMap(({ arrays, network }) =>
    network.capacity === 0
      ? []
      : [
          `for i: 0..${network.capacity - 1} do ${arrays.map((it) => `${it}[i] := 0;`).join(" ")} end;`,
        ],
  );
  const opening = [...variables, ...segments];
  const first = opening.length === 0 ? ["nothing := 0;"] : opening;
  const { names, text } = block(program.initial, first, writing);
  return underParameters(program.initial, names, ["startstate", ...text]);
};

const judgementTexts = (writing: Writing): readonly string[] => {
  const { program, options } = writing;
  const text = (name: string, lines: readonly Line[]): string => {
    const places = placesFor(writing, lines, []);
    const locals = localDeclarations(lines, places);
    return [
      `function ${name}(): wide;`,
      ...(locals.length === 0 ? [] : ["var", ...locals.map((it) => `  ${it}`)]),
      "begin",
      ...murphiStatements(lines, places, { fail: () => "" }).map((it) => `  ${it}`),
      "end;",
    ].join("\n");
  };
  return [
    ...program.judgements.flatMap((it, id) =>
      it === undefined ? [] : [text(`property_${id}`, it.lines)],
    ),
    ...(options.judging === "stop"
      ? []
      : program.finals.map((it, id) => text(`final_${id}`, it.lines))),
  ];
};

/** A rule that never fires, for what its guard says of every state; and one for states that may end. */
const countingRules = ({ core, program, options }: Writing): readonly string[] => {
  if (options.judging === "stop") return [];
  const looks = program.judgements.flatMap((it, id) => {
    if (it === undefined) return [];
    const isWish = at(core.properties, id).kind === "reachable-state";
    return [
      `  if property_${id}() = ${isWish ? 1 : 0} then put "@${isWish ? "true" : "false"} ${id}\\n"; end;`,
      `  if property_${id}() = 2 then put "@failed ${id}\\n"; end;`,
    ];
  });
  const failing = program.finals.flatMap((it, id) =>
    failingSites(it).map(
      (site) => `  if final_${id}() = ${site + 2} then put "@error ${site}\\n"; end;`,
    ),
  );
  const finals = program.finals.map((_, id) => `final_${id}() = 1`).join(" | ");
  return [
    ...(looks.length + failing.length === 0
      ? []
      : [
          [
            "function looks(): boolean;",
            "begin",
            ...looks,
            ...failing,
            "  return false;",
            "end;",
          ].join("\n"),
          'rule "looks" looks() ==> begin end;',
        ]),
    ...(finals === "" ? [] : [`rule "final" ${finals} ==>\nbegin\n  put "@final\\n";\nend;`]),
  ];
};

const propertyTexts = ({ core, program, options }: Writing): readonly string[] =>
  options.judging === "count"
    ? []
    : core.properties.flatMap((it, id) => {
        if (program.judgements[id] === undefined) return [];
        const name = quotable(it.name);
        return it.kind === "reachable-state"
          ? [`cover "${name}" property_${id}() = 1;`]
          : [`invariant "${name}" property_${id}() = 1;`];
      });
