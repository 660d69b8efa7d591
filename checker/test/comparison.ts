// How the stacks of `models/` compare: every stack in every configuration of `models/comparison.json` -> verdicts, traces, pages.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { CheckResult, Search } from "../prove/index.ts";
import { counterexamples } from "../report/counterexamples.ts";
import { plain } from "../report/index.ts";
import type { TypeExpression } from "../syntax/index.ts";
import { modulesOf, proveText, readRepository, repository } from "./run-text.ts";

interface Property {
  readonly title: string;
  readonly names: readonly string[];
  readonly what: string;
  /** What is otherwise where this is asked: a search of its own. */
  readonly set?: Readonly<Record<string, string>>;
}

interface Configuration {
  readonly title: string;
  readonly what: string;
  /** Constants and values; `*_X` is the stack's constant that ends so, the shortest of them, `on` is true, 1 or the like, and `X?` is left out where there is no X. */
  readonly set: Readonly<Record<string, string>>;
  /** The configuration whose states and steps these may be; the first one unless it says so. */
  readonly beside?: string;
}

interface Comparison {
  /** What holds of every configuration that does not say otherwise. */
  readonly common: Readonly<Record<string, string>>;
  /** What to know when two rows are compared. */
  readonly note: string;
  readonly properties: readonly Property[];
  readonly configurations: readonly Configuration[];
}

// The file is ours, and a mistake in it is a mistake in a constant's name, which the checker finds.
export const comparison = JSON.parse(readRepository("models/comparison.json")) as Comparison;

const base = "models/stack/stack.tw";

/** Every model of a stack: what stands in `models/` itself and is built on the common machine. */
export const stacks: readonly string[] = readdirSync(join(repository, "models"))
  .filter((it) => it.endsWith(".tw"))
  .toSorted()
  .filter((it) => readRepository(`models/${it}`).includes(`import "timewait:${base}"`))
  .map((it) => it.replace(/\.tw$/, ""));

interface Constant {
  readonly name: string;
  /** What `on` is: true, 1, or the last member of an enum. */
  readonly on: string;
}

const constantsOf = (stack: string): readonly Constant[] => {
  const declarations = modulesOf(`models/${stack}.tw`).list.flatMap(
    ({ tree }) => tree.declarations,
  );
  const on = (type: TypeExpression | undefined): string => {
    if (type?.kind === "array-type") return on(type.element);
    if (type?.kind === "bool-type") return "true";
    const name = type?.kind === "named-type" ? type.name.text : undefined;
    const members = declarations.flatMap((it) =>
      it.kind === "enum" && it.name.text === name ? it.members : [],
    );
    return members.at(-1)?.text ?? "1";
  };
  return declarations.flatMap((it) =>
    it.kind === "const" ? [{ name: it.name.text, on: on(it.type) }] : [],
  );
};

/** What one entry of a configuration sets in a stack; undefined where the stack has no such constant and must have one. */
const settingOf = (
  name: string,
  value: string,
  constants: readonly Constant[],
): readonly string[] | undefined => {
  const [written = "", element = ""] = name.replace("?", "").split(/(?=\[)/);
  const fitting = constants.filter((it) =>
    written.startsWith("*") ? it.name.endsWith(written.slice(1)) : it.name === written,
  );
  const known = fitting.toSorted((one, other) => one.name.length - other.name.length)[0];
  if (known === undefined) return name.endsWith("?") ? [] : undefined;
  return [`${known.name}${element} = ${value === "on" ? known.on : value}`];
};

/** What a configuration sets in a stack; undefined where it is about constants that the stack has not. */
const overridesOf = (
  { set }: Configuration,
  otherwise: Property["set"],
  constants: readonly Constant[],
): readonly string[] | undefined => {
  const settings = Object.entries({ ...comparison.common, ...set, ...otherwise }).map(
    ([name, value]) => settingOf(name, value, constants),
  );
  return settings.some((it) => it === undefined) ? undefined : settings.flatMap((it) => it ?? []);
};

/** Properties that one search answers. */
interface Asked {
  readonly set: Property["set"];
  readonly properties: readonly Property[];
}

const asked: readonly Asked[] = [
  { set: undefined, properties: comparison.properties.filter((it) => it.set === undefined) },
  ...comparison.properties.flatMap((it) =>
    it.set === undefined ? [] : [{ set: it.set, properties: [it] }],
  ),
];

/** A title for each check of a configuration. */
const checkTitle = (configuration: string, { properties }: Asked): string =>
  `${configuration}: ${properties.map((it) => it.title).join(", ")}`;

/** The file that asks everything of one stack. */
export const questions = (stack: string): string => {
  const constants = constantsOf(stack);
  const checks = asked.flatMap((one) =>
    comparison.configurations.flatMap((it) => {
      const overrides = overridesOf(it, one.set, constants);
      if (overrides === undefined) return [];
      const names = one.properties.flatMap((property) => property.names).join(", ");
      const title = checkTitle(it.title, one);
      return [`check "${title}" { ${overrides.join(", ")} } only ${names} expect holds`];
    }),
  );
  return [`import "timewait:models/${stack}.tw"`, ...checks, ""].join("\n");
};

export interface Answer {
  readonly stack: string;
  /** Of the configuration. */
  readonly title: string;
  readonly properties: readonly Property[];
  readonly search: Search;
  /** The configuration that it stands beside, asked the same, has the very same states and steps. */
  readonly isSame: boolean;
}

const isSame = (it: Search, first: Search | undefined): boolean =>
  first !== undefined &&
  it !== first &&
  it.exploration.stateSet === first.exploration.stateSet &&
  it.exploration.transitions === first.exploration.transitions;

export const answersOf = async (stack: string): Promise<readonly Answer[]> => {
  const { obligations } = await proveText("models/comparison.tw", questions(stack));
  const checks = obligations.flatMap((it): readonly CheckResult[] =>
    it.kind === "check" ? [it] : [],
  );
  const answers = asked.flatMap((one) => {
    const found = comparison.configurations.flatMap(({ title }): readonly Answer[] => {
      const check = checks.find((it) => it.title === checkTitle(title, one));
      if (check === undefined) return [];
      const { search } = check;
      if (search === undefined) throw new Error(`${stack}, ${check.title}: an assumption is false`);
      return [{ stack, title, properties: one.properties, search, isSame: false }];
    });
    const besideOf = (title: string): Answer | undefined => {
      const { beside } = comparison.configurations.find((it) => it.title === title) ?? {};
      return beside === undefined ? found[0] : found.find((it) => it.title === beside);
    };
    return found.map((it) => ({ ...it, isSame: isSame(it.search, besideOf(it.title)?.search) }));
  });
  return comparison.configurations.flatMap(({ title }) =>
    answers.filter((it) => it.title === title),
  );
};

const counted = (count: number): string => count.toLocaleString("en");

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");

const anchorOf = (title: string, property: Property): string =>
  `${slug(title)}-${slug(property.title)}`;

/** What was found of the properties that one word stands for. */
const found = ({ search }: Answer, { names }: Property) => {
  const results = search.judgement.properties.filter((it) => names.includes(it.name));
  const violated = results.flatMap(({ name, verdict }) =>
    verdict.kind === "violated" ? [{ name, steps: verdict.steps }] : [],
  );
  const isOpen = results.some(({ verdict }) => verdict.kind === "unknown");
  return { violated, isOpen, isWrong: search.judgement.errors.length > 0 };
};

const cell = (answer: Answer | undefined, property: Property): string => {
  if (answer === undefined) return "–";
  if (answer.isSame) return "=";
  const states = counted(answer.search.exploration.states);
  const { violated, isOpen, isWrong } = found(answer, property);
  if (isWrong) return `error, ${states}`;
  if (violated.length === 0) return isOpen ? `? ${states}` : `✓ ${states}`;
  const steps = Math.min(...violated.map((it) => it.steps));
  const link = `comparison/${answer.stack}.md#${anchorOf(answer.title, property)}`;
  return `[✗ ${steps} steps](${link}), ${states}`;
};

const code = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `\`${name.replace("?", "")} = ${value}\``).join(", ");

const tableOf = (property: Property, answers: readonly Answer[]): string => {
  const titles = comparison.configurations.map((it) => it.title);
  const rows = stacks.map((stack) => {
    const cells = titles.map((title) =>
      cell(
        answers.find(
          (it) => it.stack === stack && it.title === title && it.properties.includes(property),
        ),
        property,
      ),
    );
    return `| [${stack}](${stack}.tw) | ${cells.join(" | ")} |`;
  });
  const otherwise =
    property.set === undefined ? [] : [`Asked with ${code(Object.entries(property.set))}.`, ""];
  return [
    `### ${property.title}: ${property.what}`,
    "",
    ...otherwise,
    `| stack | ${titles.join(" | ")} |`,
    `| --- | ${titles.map(() => "---").join(" | ")} |`,
    ...rows,
  ].join("\n");
};

/** The chapter of `models/README.md`. */
export const comparisonChapter = (answers: readonly Answer[]): string => {
  const settings = comparison.configurations.map(
    ({ title, what, set }) =>
      `| ${title} | ${what} | ${Object.keys(set).length === 0 ? "" : code(Object.entries(set))} |`,
  );
  return [
    ...comparison.properties.map((it) => tableOf(it, answers)),
    ["The columns:", "", "| column | what | constants |", "| --- | --- | --- |", ...settings].join(
      "\n",
    ),
    `In all of them, unless the column says otherwise: ${code(Object.entries(comparison.common))}.`,
    comparison.note,
  ].join("\n\n");
};

const look = { paint: plain, columns: 100, trace: "ladder" } as const;

/** The counterexample of one property, as the program draws it. */
const traceText = ({ search }: Answer, names: readonly string[]): string => {
  const properties = search.judgement.properties.filter(
    ({ name, verdict }) => names.includes(name) && verdict.kind === "violated",
  );
  const only = { ...search, judgement: { ...search.judgement, properties, errors: [] } };
  return counterexamples(only, look).join("\n\n");
};

interface Told {
  readonly anchor: string;
  readonly title: string;
  readonly text: string;
}

/** The shortest counterexample: the figure in the cell is its length. */
const tracesOf = (answer: Answer): readonly Told[] =>
  answer.properties.flatMap((property): readonly Told[] => {
    const { violated } = found(answer, property);
    const [first] = violated.toSorted((left, right) => left.steps - right.steps);
    if (first === undefined) return [];
    const title = `${answer.title}: ${property.title}`;
    const anchor = anchorOf(answer.title, property);
    return [{ anchor, title, text: traceText(answer, [first.name]) }];
  });

/** The page with the counterexamples of one stack; one that is there already is not told again. */
export const tracesPage = (stack: string, answers: readonly Answer[]): string => {
  const told = answers.filter((it) => it.stack === stack && !it.isSame).flatMap(tracesOf);
  const parts = told.flatMap(({ anchor, title, text }, at) => {
    const before = told.slice(0, at).find((it) => it.text === text);
    const body =
      before === undefined
        ? ["```text", text, "```"]
        : [`The same as [${before.title}](#${before.anchor}).`];
    return [`## <a id="${anchor}"></a>${title}`, "", ...body, ""];
  });
  return [
    `# ${stack}: the counterexamples of the comparison`,
    "",
    `Written by the tool from [${stack}.tw](../${stack}.tw); the comparison is in [README.md](../README.md).`,
    "",
    ...parts,
  ].join("\n");
};
