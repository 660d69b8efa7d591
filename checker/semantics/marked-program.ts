// Test support: checks small programs in whose text « » mark where diagnostics are expected.

import * as E from "fp-ts/lib/Either.js";
import { expect } from "vitest";
import { type Diagnostic, isError } from "../source/index.ts";
import { parse, parseOverride, type Override } from "../syntax/index.ts";
import { checkProgram, checksOf, loadModules, type Modules, type TypedProgram } from "./index.ts";

/** Texts by path; the entry is `main.tw`. */
export type Files = Readonly<Record<string, string>>;

interface Options {
  /** The check whose configuration is used; absent: the defaults. */
  readonly check?: string;
  /** `--set` overrides. */
  readonly set?: readonly string[];
}

interface Outcome {
  readonly modules: Modules;
  readonly program: TypedProgram;
  readonly diagnostics: readonly Diagnostic[];
}

export const load = (files: Files): ReturnType<typeof loadModules> =>
  loadModules(
    "main.tw",
    (path) => {
      const text = files[path];
      return text === undefined ? E.left({ reason: "there is no such file" }) : E.right(text);
    },
    parse,
  );

/** Checks a program in one or several files. */
export const checkFiles = (files: Files, options: Options = {}): Outcome => {
  const loaded = load(files);
  const title = options.check ?? "";
  const check = checksOf(loaded.value).find((it) => it.title === title);
  const commandLine = (options.set ?? []).map(overrideOf);
  const overrides = check?.overrides ?? [];
  const checked = checkProgram(loaded.value, { title, overrides, commandLine });
  const diagnostics = [...loaded.diagnostics, ...checked.diagnostics];
  return { modules: loaded.value, program: checked.value, diagnostics };
};

const overrideOf = (text: string): Override => {
  const { value, diagnostics } = parseOverride("<command line>", text);
  if (value === undefined || diagnostics.length > 0) throw new Error(`not an override: ${text}`);
  return value;
};

/** A program without errors; anything found fails the test. */
export const accept = (text: string, options: Options = {}): TypedProgram => {
  const { program, diagnostics } = checkFiles({ "main.tw": text }, options);
  const errors = diagnostics.filter(isError);
  expect(errors.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  return program;
};

/** Takes the marks out of a text and says what they enclose. */
const unmark = (marked: string): { readonly text: string; readonly spans: readonly string[] } => {
  const spans: string[] = [];
  const open: number[] = [];
  let text = "";
  for (const character of marked) {
    if (character === "«") open.push(text.length);
    else if (character === "»") spans.push(`${open.pop()}..${text.length}`);
    else text += character;
  }
  return { text, spans };
};

const foundIn = (marked: string, isMeant: (it: Diagnostic) => boolean): readonly string[] =>
  checkFiles({ "main.tw": unmark(marked).text })
    .diagnostics.filter(isMeant)
    .map(({ code, span }) => `${code} ${span.start}..${span.end}`)
    .sort();

/** Code and place of every error, in the order of the codes. */
export const errorsIn = (marked: string): readonly string[] => foundIn(marked, isError);

/** Code and place of everything that is said, warnings and errors. */
export const warningsIn = (marked: string): readonly string[] => foundIn(marked, () => true);

/**
 * What a marked text expects: the codes in the order of the marks, the last one for all that
 * follow.
 */
export const marksIn = (marked: string, ...codes: readonly string[]): readonly string[] =>
  unmark(marked)
    .spans.map((span, position) => `${codes[position] ?? codes.at(-1)} ${span}`)
    .sort();

/** The errors of a marked text, which have to be where its marks are. */
export const expectErrors = (
  marked: string,
  ...codes: readonly string[]
): readonly Diagnostic[] => {
  expect(errorsIn(marked)).toEqual(marksIn(marked, ...codes));
  const { diagnostics } = checkFiles({ "main.tw": unmark(marked).text });
  return diagnostics.filter(isError);
};

/** A network, two hosts and a message, for programs that are about something else. */
export const wire = `
enum Host { A, B }
enum Phase { IDLE, BUSY }
message Segment { fin, ack : bool  seq : mod 16  code : 0..3 when ack  ghost life : 0..3 }
network wire carries Segment between Host { capacity 2  lifetime 1 }
`;

/** A process over that network, with a control state, a timer and a variable. */
export const tcp = (members: string): string =>
  `${wire}\nprocess tcp[me: Host] {\n  state Phase\n  timer t\n  var n : 0..3\n${members}\n}`;
