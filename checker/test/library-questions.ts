// The first chapter of `models/README.md`: what people ask, answered by a case of a model and the checks that exercise it.

import { obligationsOf, readRepository } from "./run-text.ts";

interface Question {
  readonly question: string;
  /** Of `docs/facts.md`. */
  readonly fact: string;
  readonly file: string;
  /** The case or rule that does it. */
  readonly place: string;
  /** What it does, in a few words. */
  readonly does: string;
  /** Titles; a `*` at the end stands for any rest. */
  readonly checks: readonly string[];
}

// The file is ours; what it names is looked up below.
const asked = JSON.parse(readRepository("models/questions.json")) as readonly Question[];

const isMeant = (title: string, pattern: string): boolean =>
  pattern.endsWith("*") ? title.startsWith(pattern.slice(0, -1)) : title === pattern;

const row = ({ question, fact, file, place, does, checks }: Question): string => {
  const text = readRepository(file);
  const name = place.slice(place.lastIndexOf(".") + 1);
  if (!new RegExp(`\\b(?:case|rule) ${name}\\b`).test(text)) {
    throw new Error(`${file} has no case or rule ${place}`);
  }
  const shown = checks.flatMap((pattern) => {
    const meant = obligationsOf(file, text).filter(({ title }) => isMeant(title, pattern));
    if (meant.length === 0) throw new Error(`${file} has no check "${pattern}"`);
    return meant.map(({ title, expectation }) => `${title}: **${expectation}**`);
  });
  const where = `[${file.replace(/^models\//, "")}](${file.replace(/^models\//, "")}): \`${place}\``;
  return `| ${question} | ${does} ([${fact}](../docs/facts.md#${fact.toLowerCase()})) | ${where} | ${shown.join("<br>")} |`;
};

export const questionsChapter = (): string =>
  [
    "| question | what Linux does | where | checks, and what they expect |",
    "| --- | --- | --- | --- |",
    ...asked.map(row),
  ].join("\n");
