// A run as SARIF 2.1.0, for code scanning: problems -> one document.

import type { Explanation, Span } from "../source/index.ts";
import { endingText, cutIn, notRunIn, type Problem, problemsOf, type Run } from "./problems.ts";
import { type Places, regionIn, regionOf } from "./report-places.ts";
import { counted } from "./wording.ts";

const schema =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/**
 * A text as a plain message: single braces stand around placeholders (3.11.5), and brackets before a
 * parenthesis are a link (3.11.6). How to write brackets that are none the standard says only of link
 * texts, with a backslash; so they have one where a reader could take them for a link, and nowhere else.
 */
const said = (text: string): { readonly text: string } => {
  const plain = text.replaceAll("{", "{{").replaceAll("}", "}}");
  return { text: plain.includes("](") ? plain.replaceAll(/[[\]]/g, "\\$&") : plain };
};

const sentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;

/** "safety property violated" -> "SafetyPropertyViolated" */
const ruleName = (title: string): string =>
  title
    .split(/[^A-Za-z0-9]+/)
    .map((it) => it.slice(0, 1).toUpperCase() + it.slice(1))
    .join("");

const ruleJson = (code: string, explanations: readonly Explanation[]) => {
  const found = explanations.find((it) => it.code === code);
  if (found === undefined) return { id: code };
  const { title, text } = found;
  return {
    id: code,
    name: ruleName(title),
    shortDescription: said(sentence(title)),
    fullDescription: said(text),
  };
};

/** A path as a relative reference. */
const uriOf = (path: string): string => path.split("/").map(encodeURIComponent).join("/");

const artifact = (path: string) => ({ uri: uriOf(path), uriBaseId: "%SRCROOT%" });

const locationJson = (problem: Problem, places: Places) => {
  const region = regionIn(problem, places);
  if (region === undefined) return undefined;
  const { path, startLine, startColumn, endLine, endColumn } = region;
  return {
    physicalLocation: {
      artifactLocation: artifact(path),
      region: {
        startLine,
        startColumn,
        ...(endLine === startLine ? {} : { endLine }),
        endColumn,
      },
    },
  };
};

/**
 * Where a step stands. Of a library that readers cannot see the text says where, and the place is the one where
 * the library is put to the test: GitHub takes no step without a place in the checkout.
 */
const stepJson = (text: string, span: Span, home: Span, places: Places) => {
  const region = regionOf(span, places);
  const seen = region ?? regionOf(home, places);
  const { line } = places.lines(span.file)?.place(span.start) ?? { line: 1 };
  const name = `${span.file}:${line}`;
  return {
    location: {
      ...(seen === undefined
        ? {}
        : {
            physicalLocation: {
              artifactLocation: artifact(seen.path),
              region: { startLine: seen.startLine },
            },
          }),
      ...(region === undefined ? { logicalLocations: [{ fullyQualifiedName: name }] } : {}),
      message: said(region === undefined ? `${text} (${name})` : text),
    },
  };
};

const flowJson = ({ way, home }: Problem, places: Places) => ({
  threadFlows: [
    {
      locations: way
        .flatMap((it) => [it, ...it.cases])
        .map(({ text, span }) => stepJson(text, span, home, places)),
    },
  ],
});

/** What stays the same when lines move: the property, or the check and what is wrong with it. */
const fingerprint = ({ property, check, code }: Problem): string =>
  property ?? (check === undefined ? code : `${code} ${check}`);

const resultJson = (it: Problem, ruleIndex: number, places: Places) => {
  const location = locationJson(it, places);
  const about = it.check === undefined ? "" : ` (check "${it.check}")`;
  return {
    ruleId: it.code,
    ruleIndex,
    level: it.level,
    message: said(`${it.message}${about}.`),
    ...(location === undefined ? {} : { locations: [location] }),
    partialFingerprints: { "property/v1": fingerprint(it) },
    ...(it.way.length === 0 ? {} : { codeFlows: [flowJson(it, places)] }),
  };
};

/**
 * Whether all was done, and what was not: a report of a run that ended early has few results, or none,
 * and must not be read as one in which nothing is wrong.
 */
const invocationJson = (run: Run, { pathOf }: Places) => {
  const why = endingText(run);
  const left =
    (what: string) =>
    ({ file, titles }: ReturnType<typeof notRunIn>[number]) => {
      const path = pathOf(file);
      const which = titles.map((it) => `"${it}"`).join(", ");
      return {
        level: "error",
        message: said(`${counted(titles.length, "check")} of ${file} ${what}: ${which}.`),
        ...(path === undefined
          ? {}
          : { locations: [{ physicalLocation: { artifactLocation: artifact(path) } }] }),
      };
    };
  const notifications = [
    ...(why === undefined ? [] : [{ level: "error", message: said(sentence(why)) }]),
    ...notRunIn(run).map(left("not run")),
    ...cutIn(run).map(left("not searched to the end")),
  ];
  return {
    executionSuccessful: notifications.length === 0,
    ...(notifications.length === 0 ? {} : { toolExecutionNotifications: notifications }),
  };
};

/** One document with one run, whatever came of it; ends with a newline. */
export const sarifText = (
  run: Run,
  explanations: readonly Explanation[],
  places: Places,
): string => {
  const problems = run.files.flatMap(problemsOf);
  const { failure } = run;
  const codes = [
    ...new Set([
      ...problems.map((it) => it.code),
      ...(failure === undefined ? [] : [failure.code]),
    ]),
  ].toSorted();
  const [name, version] = run.tool.split(" ");
  const failed =
    failure === undefined
      ? []
      : [
          {
            ruleId: failure.code,
            ruleIndex: codes.indexOf(failure.code),
            level: "error",
            message: said(failure.message),
          },
        ];
  const document = {
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name, version, rules: codes.map((it) => ruleJson(it, explanations)) } },
        invocations: [invocationJson(run, places)],
        columnKind: "utf16CodeUnits",
        results: [
          ...problems.map((it) => resultJson(it, codes.indexOf(it.code), places)),
          ...failed,
        ],
      },
    ],
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
};
