// The chapters of `models/README.md` that follow from the models: which stacks there are, and where each fact is.

import { allIds, type Citation, exempt, isCheck, type Place } from "./library-ids.ts";
import { readRepository } from "./run-text.ts";

/** A link from `models/` to a file of the repository. */
const linkTo = (file: string): string => {
  const shown = file.replace(/^models\//, "");
  const target = file.startsWith("models/") ? shown : `../${file}`;
  return `[${shown}](${target})`;
};

/** The first sentence of a file's first comment. */
const openingOf = (file: string): string => {
  const [comment = ""] = /^(?:\/\/[^\n]*\n)+/.exec(readRepository(file)) ?? [];
  const [paragraph = ""] = comment.split(/^\/\/ *$/m);
  const text = paragraph.replaceAll(/^\/\/ ?/gm, "").replaceAll(/\s+/g, " ");
  return /^.*?[.](?= [A-Z`]|\s*$)/.exec(text)?.[0] ?? text.trim();
};

export const stacksChapter = (files: readonly string[]): string =>
  ["| model | what it is |", "| --- | --- |"]
    .concat(files.map((file) => `| ${linkTo(file)} | ${openingOf(file).replaceAll("|", "\\|")} |`))
    .join("\n");

const placeText = ({ file, kind, name }: Place): string => {
  const shown = kind === "case" || kind === "set" || kind === "const" ? `${kind} ` : "";
  return `${linkTo(file)}: ${shown}\`${name}\``;
};

const shownChecks = 3;

const few = (texts: readonly string[]): string => {
  const [shown, rest] = [texts.slice(0, shownChecks), texts.length - shownChecks];
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join("<br>");
};

/** The checks that name an id, or another id of a place where it stands. */
export const checksOf = (id: string, all: readonly Citation[]): readonly Place[] => {
  const places = all.filter((it) => it.id === id).map((it) => it.place);
  const ids = new Set([id, ...all.filter((it) => places.includes(it.place)).map((it) => it.id)]);
  return all.filter((it) => ids.has(it.id) && isCheck(it.place)).map((it) => it.place);
};

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** The checks of one place: those of its own file that name the id or one beside it there; of what all models share, those of any. */
const checksAt = (id: string, place: Place, all: readonly Citation[]): readonly Place[] => {
  const checks = all.filter((it) => isCheck(it.place));
  const isShared = !checks.some((it) => it.place.file === place.file);
  const near = checks.filter((it) => isShared || it.place.file === place.file);
  const own = near.filter((it) => it.id === id);
  const beside = all.filter((it) => it.place === place).map((it) => it.id);
  const found = own.length > 0 ? own : near.filter((it) => beside.includes(it.id));
  return found.map((it) => it.place);
};

const checkTexts = (file: string | undefined, checks: readonly Place[]): string =>
  few(unique(checks.map((it) => (it.file === file ? it.name : `${linkTo(it.file)}: ${it.name}`))));

/** One row for each place of a fact; for an incident without one, a row for each model that has it. */
const rows = (id: string, all: readonly Citation[]): readonly string[] => {
  const link = `[${id}](../docs/facts.md#${id.toLowerCase()})`;
  if (exempt.includes(id)) return [`| ${link} | no state of a model | |`];
  const own = all.filter((it) => it.id === id).map((it) => it.place);
  const places = own.filter((it) => !isCheck(it));
  const told = places.map((it) => ({
    where: placeText(it),
    file: it.file,
    checks: checksAt(id, it, all),
  }));
  const shown = new Set(told.flatMap((it) => it.checks));
  const others = own.filter((it) => isCheck(it) && !shown.has(it));
  const apart = unique(others.map((it) => it.file)).map((file) => ({
    where: linkTo(file),
    file,
    checks: others.filter((it) => it.file === file),
  }));
  return [...told, ...apart].map(
    ({ where, file, checks }, at) =>
      `| ${at === 0 ? link : ""} | ${where} | ${checkTexts(file, checks)} |`,
  );
};

export const mapChapter = (all: readonly Citation[]): string =>
  [
    "| fact | where | checks there |",
    "| --- | --- | --- |",
    ...allIds.flatMap((id) => rows(id, all)),
  ].join("\n");

/** The page with a chapter between its marks replaced. */
export const withChapter = (page: string, name: string, text: string): string => {
  const [begin, end] = [`<!-- ${name}: written by the tool -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`models/README.md has no marks of ${name}`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
};
