// `--list`: what there is to check, without checking it.

import { checksOf, sweepsOf } from "../pipeline.ts";
import type { Sources } from "../report/index.ts";
import type { Span } from "../source/index.ts";
import type { Prepared } from "./entries.ts";

interface Item {
  readonly kind: "check" | "sweep";
  readonly title: string;
  readonly span: Span;
  /** As the file words it. */
  readonly expectation: string;
}

const itemsOf = (
  { loaded }: Prepared["entries"][number],
  { request }: Prepared,
  texts: Sources,
): readonly Item[] => {
  const worded = ({ file, start, end }: Span): string =>
    (texts.get(file) ?? "").slice(start, end).replaceAll(/\s+/g, " ");
  const checks = (request.sweepsAlone === true ? [] : checksOf(loaded.value)).map(
    ({ title, span, expectation }): Item => ({
      kind: "check",
      title,
      span,
      expectation: worded(expectation.span),
    }),
  );
  const sweeps = sweepsOf(loaded.value).map(({ title, span, least, expected }): Item => {
    const answer = expected === undefined ? "" : ` == ${worded(expected.span)}`;
    return {
      kind: "sweep",
      title,
      span,
      expectation: least === undefined ? "" : `least ${least.text}${answer}`,
    };
  });
  return [...checks, ...sweeps]
    .filter((it) => request.isWanted(it.title))
    .toSorted((left, right) => left.span.start - right.span.start);
};

const itemText = ({ kind, title, expectation }: Item, columns: number): string =>
  `  ${kind}  ${title.padEnd(columns)}  ${expectation}`.trimEnd();

/** For people. */
export const listText = (prepared: Prepared, texts: Sources): string =>
  prepared.entries
    .map((entry) => {
      const items = itemsOf(entry, prepared, texts);
      const columns = Math.max(0, ...items.map((it) => it.title.length));
      const implied = "  check  all properties, with the default constants";
      const lines = items.length === 0 ? [implied] : items.map((it) => itemText(it, columns));
      return `${[entry.file, ...lines].join("\n")}\n`;
    })
    .join("\n");

/** For programs: as the result document, without results. */
export const listJson = (prepared: Prepared, texts: Sources, tool: string): string => {
  const files = prepared.entries.map((entry) => {
    const items = itemsOf(entry, prepared, texts);
    const of = (kind: Item["kind"]) =>
      items
        .filter((it) => it.kind === kind)
        .map(({ title, expectation }) => ({ name: title, expectation }));
    return { file: entry.file, checks: of("check"), sweeps: of("sweep") };
  });
  return `${JSON.stringify({ format: 1, tool, files }, undefined, 1)}\n`;
};
