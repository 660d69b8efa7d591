// A run as JUnit XML, for the test pages of pipelines: a suite per check, a case per property.

import {
  type CheckResult,
  type Concern,
  type PropertyResult,
  type SweepResult,
  whereText,
} from "../prove/index.ts";
import { concernProblem, movedText, type Run, titleText } from "./problems.ts";
import type { ReportedFile } from "./json.ts";
import { type Places, regionIn } from "./report-places.ts";
import { type Diagnostic, type Span, isError } from "../source/index.ts";
import { steps } from "./wording.ts";

interface Case {
  readonly name: string;
  readonly outcome:
    | { readonly kind: "passed" }
    | { readonly kind: "skipped"; readonly message: string }
    | {
        readonly kind: "failure" | "error";
        readonly message: string;
        readonly type: string;
        readonly text: string;
      };
}

interface Suite {
  /** The file and the title of the check; of its cases the class. */
  readonly name: string;
  readonly seconds: number;
  readonly cases: readonly Case[];
}

/** Control characters are not allowed in XML, and half a surrogate pair is no character. */
const characters = (text: string): string =>
  text
    .replaceAll(/\p{Surrogate}/gu, "")
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\uFFFE\uFFFF]/g, "");

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

const escaped = (text: string): string =>
  characters(text).replaceAll(/[&<>"']/g, (it) => entities[it] ?? it);

/** In attributes a reader would make spaces of them. */
const attribute = (text: string): string =>
  escaped(text).replaceAll("\t", "&#9;").replaceAll("\n", "&#10;");

const placeText = (span: Span, home: Span, places: Places): string => {
  const region = regionIn({ span, home }, places);
  return region === undefined ? "" : `${region.path}:${region.startLine}:${region.startColumn}`;
};

const failed = (
  concern: Concern,
  result: Pick<CheckResult, "title" | "search" | "span">,
  places: Places,
) => {
  const problem = concernProblem(concern, result);
  const { shown, property, diagnostic } = concern;
  return {
    kind: concern.kind === "specification" ? "error" : "failure",
    message:
      property === undefined || shown === undefined || concern.kind === "deadlock"
        ? diagnostic.message
        : `violated after ${steps(shown.steps)}`,
    type: diagnostic.code,
    text: [placeText(problem.span, problem.home, places), ...problem.way.map((it) => it.text)].join(
      "\n",
    ),
  } as const;
};

const isOpen = ({ kind }: Concern): boolean => kind === "incomplete" || kind === "interrupted";

const unknownWhy = {
  states: "the limit of states ended the search",
  time: "the limit of time ended the search",
  memory: "the limit of memory ended the search",
  thread: "a thread of the search ended",
  walks: "random walks are not a proof",
  interrupted: "interrupted",
  stopped: "the search ended once all that was asked was decided",
  "model-error": "a model error leaves it undecided",
  "no-initial-state": "the model has no initial state",
  bound: "a bound cut steps",
} as const;

const propertyCase = (it: PropertyResult, result: CheckResult, places: Places): Case => {
  const { name, verdict } = it;
  const concern = result.concerns.find((one) => one.property === name && !isOpen(one));
  if (concern !== undefined) return { name, outcome: failed(concern, result, places) };
  if (verdict.kind === "unknown") {
    return { name, outcome: { kind: "skipped", message: unknownWhy[verdict.why] } };
  }
  return { name, outcome: { kind: "passed" } };
};

/** What is wrong with a check or sweep itself: figures, model errors, a false assumption. */
const otherCase = (
  it: Concern,
  about: Pick<CheckResult, "title" | "search" | "span">,
  places: Places,
): Case => {
  const { code, message } = it.diagnostic;
  return {
    name: `${code} ${message}`,
    outcome: isOpen(it) ? { kind: "skipped", message } : failed(it, about, places),
  };
};

const otherCases = (result: CheckResult, places: Places): readonly Case[] => {
  const named = new Set(result.search?.judgement.properties.map((it) => it.name) ?? []);
  return result.concerns
    .filter((it) => it.property === undefined || !named.has(it.property))
    .map((it) => otherCase(it, result, places));
};

const checkSuite = (file: string, result: CheckResult, places: Places): Suite => ({
  name: result.title === "" ? file : `${file} ${result.title}`,
  seconds: result.search?.exploration.seconds ?? 0,
  cases: [
    ...(result.search?.judgement.properties ?? []).map((it) => propertyCase(it, result, places)),
    ...otherCases(result, places),
  ],
});

/** A case per combination of the other axes: its answer is as expected, or not, or not known. */
const leastCases = (
  { title, span, concerns, least }: SweepResult,
  places: Places,
): readonly Case[] => {
  if (least === undefined) return [];
  // There is one for every answer that is not met, in the order of the answers.
  const unmet = concerns.filter((it) => it.diagnostic.code === "TW1009").values();
  return least.answers.map(({ others, isMet, isDecided }): Case => {
    const name = `least ${least.name}${whereText(others)}`;
    const concern = isMet ? undefined : unmet.next().value;
    if (concern !== undefined) return { name, outcome: failed(concern, { title, span }, places) };
    return {
      name,
      outcome: isDecided
        ? { kind: "passed" }
        : { kind: "skipped", message: "searches that decide it were cut" },
    };
  });
};

const sweepSuite = (file: string, result: SweepResult, places: Places): Suite => {
  const { title, span, concerns, points } = result;
  const others = concerns
    .filter((it) => it.diagnostic.code !== "TW1009")
    .map((it) => otherCase(it, { title, span }, places));
  const cases = [...leastCases(result, places), ...others];
  return {
    name: `${file} ${title}`,
    seconds: points.reduce((sum, it) => sum + it.seconds, 0),
    cases: cases.length === 0 ? [{ name: "sweep", outcome: { kind: "passed" } }] : cases,
  };
};

/** What concerns no single check: mistakes in the text, findings, numbers that moved, what was left out. */
const fileSuite = (it: ReportedFile, places: Places): readonly Suite[] => {
  const wrong = it.diagnostics.filter(isError);
  const named = (
    one: Diagnostic,
    kind: "error" | "failure",
    message: string = one.message,
  ): Case => ({
    name: `${one.code} ${one.message}`,
    outcome: {
      kind,
      message,
      type: one.code,
      text: placeText(one.span, one.span, places),
    },
  });
  const cases = [
    ...wrong.map((one) => named(one, "error")),
    ...(it.result?.findings ?? []).map((one) => named(one, "failure")),
    // Which numbers moved is no part of the name: with every edit it would be another test.
    ...(it.moved ?? []).map((one) => named(one, "failure", movedText(one))),
    ...(it.result?.notRun ?? []).map((name): Case => ({
      name: titleText(name),
      outcome: { kind: "skipped", message: "not run" },
    })),
  ];
  return cases.length === 0 ? [] : [{ name: it.file, seconds: 0, cases }];
};

const suitesOf = (it: ReportedFile, places: Places): readonly Suite[] => [
  ...fileSuite(it, places),
  ...(it.result?.obligations ?? []).map((one) =>
    one.kind === "check" ? checkSuite(it.file, one, places) : sweepSuite(it.file, one, places),
  ),
];

/**
 * Pipelines know a case by its class and its name, and GitLab shows only the first of those it
 * takes for the same: so what is called alike is counted.
 */
const distinct = (suites: readonly Suite[]): readonly Suite[] => {
  const known = new Set<string>();
  return suites.map((suite) => ({
    ...suite,
    cases: suite.cases.map((it): Case => {
      const named = (time: number): string => (time === 1 ? it.name : `${it.name} (${time})`);
      const key = (time: number): string => attribute(`${suite.name}\n${named(time)}`);
      let time = 1;
      while (known.has(key(time))) time += 1;
      known.add(key(time));
      return { ...it, name: named(time) };
    }),
  }));
};

const secondsText = (seconds: number): string => seconds.toFixed(3);

const caseLines = (it: Case, { name, cases, seconds }: Suite): readonly string[] => {
  const share = secondsText(seconds / cases.length);
  const head = `    <testcase classname="${attribute(name)}" name="${attribute(it.name)}" time="${share}"`;
  const { outcome } = it;
  switch (outcome.kind) {
    case "passed":
      return [`${head}/>`];
    case "skipped":
      return [
        `${head}>`,
        `      <skipped message="${attribute(outcome.message)}"/>`,
        "    </testcase>",
      ];
    case "failure":
    case "error":
      return [
        `${head}>`,
        `      <${outcome.kind} message="${attribute(outcome.message)}" type="${attribute(outcome.type)}">` +
          `${escaped(outcome.text)}</${outcome.kind}>`,
        "    </testcase>",
      ];
  }
};

const figuresOf = (suites: readonly Suite[]) => {
  const cases = suites.flatMap((it) => it.cases);
  const number = (kind: Case["outcome"]["kind"]): number =>
    cases.filter((it) => it.outcome.kind === kind).length;
  const seconds = suites.reduce((sum, it) => sum + it.seconds, 0);
  return { cases: cases.length, number, time: secondsText(seconds) };
};

const attributesOf = (suite: Suite): string => {
  const { cases, number, time } = figuresOf([suite]);
  return (
    `tests="${cases}" failures="${number("failure")}" errors="${number("error")}" ` +
    `skipped="${number("skipped")}" time="${time}"`
  );
};

/** What is skipped is told of suites alone: the schema of Jenkins knows it of no whole. */
const totalsOf = (suites: readonly Suite[]): string => {
  const { cases, number, time } = figuresOf(suites);
  return `tests="${cases}" failures="${number("failure")}" errors="${number("error")}" time="${time}"`;
};

/** One document, whatever came of the run; ends with a newline. */
export const junitText = (run: Run, places: Places): string => {
  const { failure } = run;
  const suites = distinct([
    ...run.files.flatMap((it) => suitesOf(it, places)),
    ...(failure === undefined
      ? []
      : [
          {
            name: "check",
            seconds: 0,
            cases: [
              {
                name: failure.code,
                outcome: { kind: "error", message: failure.message, type: failure.code, text: "" },
              } as const,
            ],
          },
        ]),
  ]).filter((it) => it.cases.length > 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="check" ${totalsOf(suites)}>`,
    ...suites.flatMap((suite) => [
      `  <testsuite name="${attribute(suite.name)}" ${attributesOf(suite)}>`,
      ...suite.cases.flatMap((it) => caseLines(it, suite)),
      "  </testsuite>",
    ]),
    "</testsuites>",
    "",
  ].join("\n");
};
