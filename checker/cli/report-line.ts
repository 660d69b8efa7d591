// The options about reports for other programs: what commander knows of them, and which fit together.

import { type Command, InvalidArgumentError } from "commander";
import * as E from "fp-ts/lib/Either.js";

export interface ReportOptions {
  /** Standard output is a JSON object per line. */
  readonly jsonLines?: boolean;
  /** Files; `-` is standard output. */
  readonly sarif?: string;
  readonly junit?: string;
  /** Undefined: where GitHub runs the program. */
  readonly annotations?: boolean;
}

const path = (text: string): string => {
  if (text === "") throw new InvalidArgumentError("name a file, or - for standard output.");
  return text;
};

export const reporting = (command: Command): Command =>
  command
    .option("--json-lines", "print JSON objects, one a line: progress, and the result at the end")
    .option("--sarif <file>", "write what is wrong as SARIF 2.1.0, for code scanning", path)
    .option("--junit <file>", "write a JUnit report: a suite per check, a case per property", path)
    .option("--annotations", "print GitHub annotations; on by itself in GitHub Actions")
    .option("--no-annotations", "print none");

export interface ReportWords {
  readonly json?: boolean;
  readonly jsonLines?: boolean;
  readonly sarif?: string;
  readonly junit?: string;
  readonly annotations?: boolean;
}

/** The options that ask for something in words, of a run that makes none of it. */
export const reportNames = (words: ReportWords): readonly string[] => [
  ...(words.json === true ? ["--json"] : []),
  ...(words.jsonLines === true ? ["--json-lines"] : []),
  ...(words.sarif === undefined ? [] : ["--sarif"]),
  ...(words.junit === undefined ? [] : ["--junit"]),
  ...(words.annotations === true ? ["--annotations"] : []),
];

/** Standard output holds one document at most. */
export const reportOptions = (words: ReportWords): E.Either<string, ReportOptions> => {
  const { json, jsonLines, sarif, junit, annotations } = words;
  const documents = [
    ...(json === true ? ["--json"] : []),
    ...(jsonLines === true ? ["--json-lines"] : []),
    ...(sarif === "-" ? ["--sarif -"] : []),
    ...(junit === "-" ? ["--junit -"] : []),
  ];
  if (documents.length > 1) {
    return E.left(`${documents.join(" and ")} cannot share standard output; name a file for one`);
  }
  if (sarif !== undefined && sarif === junit) {
    return E.left(`--sarif and --junit cannot share the file \`${sarif}\``);
  }
  return E.right({
    ...(jsonLines === true ? { jsonLines } : {}),
    ...(sarif === undefined ? {} : { sarif }),
    ...(junit === undefined ? {} : { junit }),
    ...(annotations === undefined ? {} : { annotations }),
  });
};
