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

const checkText = ({ file, name }: Place): string => `${linkTo(file)}: ${name}`;

const shownChecks = 3;

const few = (texts: readonly string[]): string => {
  const [shown, rest] = [texts.slice(0, shownChecks), texts.length - shownChecks];
  return [...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join("<br>");
};

/** The checks of an id; those of the ids that stand beside it at a case, where none is its own. */
export const checksOf = (id: string, all: readonly Citation[]): readonly Place[] => {
  const own = all.filter((it) => it.id === id);
  const direct = own.map((it) => it.place).filter(isCheck);
  if (direct.length > 0) return direct;
  const places = own.map((it) => it.place);
  const beside = new Set(
    all.filter((it) => places.includes(it.place) && it.id !== id).map((it) => it.id),
  );
  return all.filter((it) => beside.has(it.id) && isCheck(it.place)).map((it) => it.place);
};

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const row = (id: string, all: readonly Citation[]): string => {
  const link = `[${id}](../docs/facts.md#${id.toLowerCase()})`;
  if (exempt.includes(id)) return `| ${link} | no state of a model | |`;
  const places = all.filter((it) => it.id === id && !isCheck(it.place)).map((it) => it.place);
  const checks = checksOf(id, all);
  return `| ${link} | ${unique(places.map(placeText)).join("<br>")} | ${few(unique(checks.map(checkText)))} |`;
};

export const mapChapter = (all: readonly Citation[]): string =>
  ["| fact | where | checks |", "| --- | --- | --- |", ...allIds.map((id) => row(id, all))].join(
    "\n",
  );

/** The page with a chapter between its marks replaced. */
export const withChapter = (page: string, name: string, text: string): string => {
  const [begin, end] = [`<!-- ${name}: written by the tool -->`, `<!-- end of ${name} -->`];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`models/README.md has no marks of ${name}`);
  return `${page.slice(0, from + begin.length)}\n\n${text}\n\n${page.slice(to)}`;
};
