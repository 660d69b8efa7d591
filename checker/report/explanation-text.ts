// The documentation of diagnostics: definitions -> `check explain` and docs/diagnostics.md.

import type { Explanation } from "../source/index.ts";
import type { Look } from "./code-frame.ts";
import { wrap } from "./text-width.ts";

/** One diagnostic, for the terminal; with what its example is answered with, if it has one. */
export const explanationText = (
  it: Explanation,
  answer: string | undefined,
  look: Look,
): string => {
  const width = Math.max(24, Math.min(look.columns, 100));
  const head = `${it.severity}[${it.code}]: ${it.title}`;
  const example = it.example === undefined ? [] : ["", "for example:", "", ...indented(it.example)];
  const said = answer === undefined ? [] : ["", "is answered with:", "", ...indented(answer)];
  return [look.paint("strong", head), "", ...wrap(it.text, width), ...example, ...said, ""].join(
    "\n",
  );
};

const indented = (text: string): readonly string[] =>
  text
    .trimEnd()
    .split("\n")
    .map((it) => (it === "" ? "" : `    ${it}`));

const groups: readonly (readonly [prefix: string, title: string])[] = [
  ["TW01", "Text"],
  ["TW02", "Names"],
  ["TW03", "Types"],
  ["TW04", "Language rules"],
  ["TW05", "Configuration"],
  ["TW06", "Limits of compilation"],
  ["TW07", "Limits of a run"],
  ["TW09", "Internal"],
  ["TW10", "Verdicts and findings"],
];

const entry = (it: Explanation, answer: string | undefined): string => {
  const example = it.example === undefined ? "" : `\n\`\`\`tw\n${it.example.trimEnd()}\n\`\`\`\n`;
  const said = answer === undefined ? "" : `\n\`\`\`text\n${answer.trimEnd()}\n\`\`\`\n`;
  return `### ${it.code}: ${it.title}\n\n${it.severity === "error" ? "" : `*${it.severity}.* `}${it.text}\n${example}${said}`;
};

/** All diagnostics as one Markdown page, in order of their codes, with what examples are answered with. */
export const handbook = (
  explanations: readonly Explanation[],
  answerTo: (it: Explanation) => string | undefined,
): string => {
  const sorted = explanations.toSorted((left, right) => (left.code < right.code ? -1 : 1));
  const sections = groups.flatMap(([prefix, title]) => {
    const members = sorted.filter((it) => it.code.startsWith(prefix));
    return members.length === 0
      ? []
      : [`## ${title}\n\n${members.map((it) => entry(it, answerTo(it))).join("\n")}`];
  });
  const head = [
    "# Diagnostics",
    "",
    "Everything `check` can say about a specification, by code; `check explain CODE` prints one entry. An *error* keeps a",
    "specification from being checked, a *warning* does not, and a *finding* is something that a search found.",
    "",
    "This page is generated: the wording stands beside its code in the source.",
    "",
  ];
  return `${[...head, sections.join("\n")].join("\n")}`;
};
