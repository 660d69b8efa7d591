// A run as SARIF 2.1.0, for code scanning: problems -> one document.

import type { Explanation } from "../source/index.ts";
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

const flowJson = (way: Problem["way"], places: Places) => ({
  threadFlows: [
    {
      locations: way
        .flatMap((it) => [it, ...it.cases])
        .map(({ text, span }) => {
          const region = regionOf(span, places);
          const message = { text };
          if (region === undefined) return { location: { message } };
          const { path, startLine } = region;
          const physicalLocation = { artifactLocation: artifact(path), region: { startLine } };
          return { location: { physicalLocation, message } };
        }),
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
    ...(it.way.length === 0 ? {} : { codeFlows: [flowJson(it.way, places)] }),
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
