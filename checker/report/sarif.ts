// A run as SARIF 2.1.0, for code scanning: problems -> one document.

import type { Explanation, Span } from "../source/index.ts";
import { type Problem, problemsOf, type Run } from "./problems.ts";
import { type Places, regionIn, regionOf } from "./report-places.ts";

const schema =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

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
    shortDescription: { text: `${title.slice(0, 1).toUpperCase()}${title.slice(1)}.` },
    fullDescription: { text },
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
      message: { text: region === undefined ? `${text} (${name})` : text },
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
    message: { text: `${it.message}${about}.` },
    ...(location === undefined ? {} : { locations: [location] }),
    partialFingerprints: { "property/v1": fingerprint(it) },
    ...(it.way.length === 0 ? {} : { codeFlows: [flowJson(it, places)] }),
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
            message: { text: failure.message },
          },
        ];
  const document = {
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name, version, rules: codes.map((it) => ruleJson(it, explanations)) } },
        ...(failure === undefined ? {} : { invocations: [{ executionSuccessful: false }] }),
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
