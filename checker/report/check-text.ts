// One check as a person reads it: verdicts, figures, bounds, constants, counterexamples.

import type { CheckResult, Parameter, PropertyResult, Search } from "../prove/index.ts";
import { boundsCut, claimText, cuttingBounds } from "../prove/index.ts";
import { boundsHitText, boundsText } from "./bounds.ts";
import type { Look } from "./code-frame.ts";
import { counterexamples, type TraceForm } from "./counterexamples.ts";
import type { Lines } from "./sources.ts";
import { padEnd, textWidth, wrap } from "./text-width.ts";
import { counted, duration, listed, steps } from "./wording.ts";

/** How a report is to look, and what it may read of the sources. */
export interface TextLook extends Look {
  readonly trace: TraceForm;
  readonly lines: (file: string) => Lines | undefined;
}

const indent = "  ";

/** `label  text`, the text wrapped under itself. */
export const row = (label: string, text: string, look: Look): readonly string[] => {
  const head = indent + padEnd(label, 12);
  const room = Math.max(24, look.columns - textWidth(head));
  return wrap(text, room).map((line, at) =>
    at === 0 ? look.paint("faint", head) + line : " ".repeat(textWidth(head)) + line,
  );
};

const verdictText = ({ kind, verdict }: PropertyResult, search: Search): string => {
  switch (verdict.kind) {
    case "holds":
      return kind === "deadlock" ? "none" : "holds";
    case "violated":
      return kind === "deadlock"
        ? `after ${steps(verdict.steps)}`
        : `violated after ${steps(verdict.steps)}`;
    case "unreached":
      return "never reached";
    case "reached":
      return `reached after ${steps(verdict.steps)}`;
    case "error":
      return `model error after ${steps(verdict.steps)}`;
    case "unknown":
      return unknownText(verdict.why, search);
  }
};

const unknownText = (why: Unknown, { core, exploration }: Search): string => {
  switch (why) {
    case "model-error":
      return "unknown (model error)";
    case "no-initial-state":
      return "unknown (no initial state)";
    case "bound":
      return `unknown (${boundsCut(cuttingBounds(core, exploration))})`;
    case "states":
    case "time":
    case "memory":
    case "thread":
    case "walks":
    case "interrupted":
    case "stopped":
      return "unknown";
  }
};

const isBad = ({ verdict }: PropertyResult): boolean =>
  verdict.kind === "violated" || verdict.kind === "unreached" || verdict.kind === "error";

const isGood = ({ verdict }: PropertyResult): boolean =>
  verdict.kind === "holds" || verdict.kind === "reached";

const verdicts = (search: Search, look: Look): readonly string[] => {
  const { properties } = search.judgement;
  const names = properties.map((it) => it.name + (it.instance === "" ? "" : ` (${it.instance})`));
  const nameColumns = Math.max(10, ...names.map(textWidth)) + 2;
  const kindColumns = 13;
  return properties.map((it, at) => {
    const kind = it.kind === "deadlock" ? "" : it.kind;
    const verdict = look.paint(
      isGood(it) ? "good" : isBad(it) ? "bad" : "warning",
      verdictText(it, search),
    );
    const name = look.paint("strong", padEnd(names[at] ?? "", nameColumns));
    return `${indent}${name}${look.paint("faint", padEnd(kind, kindColumns))}${verdict}`;
  });
};

const errors = (search: Search, look: TextLook): readonly string[] =>
  search.judgement.errors.flatMap((it) => {
    const site = search.core.sites[it.site];
    if (site === undefined) return [];
    const text = `${site.error}: ${site.message}, in step ${it.steps} (${placeText(site.span, look)})`;
    return row("model error", text, look).map((line) => look.paint("bad", line));
  });

/** `file:line:column` of the beginning of a span. */
export const placeText = (
  span: { readonly file: string; readonly start: number },
  look: TextLook,
): string => {
  const place = look.lines(span.file)?.place(span.start);
  return place === undefined ? span.file : `${span.file}:${place.line}:${place.column}`;
};

/** `MSL = 1, TIME_WAIT_LEN = 2 (this check)`: what is not the default, and who says so. */
export const parametersText = (parameters: readonly Parameter[], block = "this check"): string => {
  const givers = { default: "", set: "set", check: block, "command-line": "command line" } as const;
  const texts = parameters.map(({ name, text, source }) => {
    const giver = givers[source];
    return `${name} = ${text}${giver === "" ? "" : ` (${giver})`}`;
  });
  return texts.join(", ");
};

const figures = ({ exploration, cached }: Search): string => {
  const { states, transitions, depth, wholeDepth, seconds, complete, stopped } = exploration;
  const found = [
    counted(states, "state"),
    counted(transitions, "transition"),
    `depth ${depth}`,
    duration(seconds),
    ...(cached === undefined ? [] : ["from the cache"]),
  ].join(", ");
  if (complete) return found;
  return stopped === "stopped"
    ? `${found}; stopped there, since everything asked is decided`
    : `${found}; INCOMPLETE, whole up to depth ${wholeDepth}`;
};

const outcome = (result: CheckResult): string => {
  const { claim, search, concerns } = result;
  if (concerns.length > 0) {
    const state = isOpen(result) ? "incomplete" : "not as expected";
    return `${state} (expect ${claimText(claim)})`;
  }
  if (claim.kind === "holds" || search === undefined) return "holds, as expected";
  const found = search.judgement.properties.filter(
    (it) => claim.kind === "violated" && claim.names.includes(it.name),
  );
  const failures = found.map((it) => `${it.name} ${verdictText(it, search)}`);
  const first = search.judgement.errors[0];
  const site = first === undefined ? undefined : search.core.sites[first.site];
  const failed =
    first === undefined || site === undefined
      ? []
      : [`${site.error} error in ${steps(first.steps)}`];
  return `${listed([...failures, ...failed])}, as expected`;
};

type Verdict = PropertyResult["verdict"];
type Unknown = Extract<Verdict, { readonly kind: "unknown" }>["why"];

type Concerned = Pick<CheckResult, "concerns">;

/** Is nothing wrong except that a search was cut? */
export const isOpen = ({ concerns }: Concerned): boolean =>
  concerns.length > 0 &&
  concerns.every((it) => it.kind === "incomplete" || it.kind === "interrupted");

const mark = (result: Concerned, look: Look): string => {
  if (result.concerns.length === 0) return look.paint("good", "✓");
  return isOpen(result) ? look.paint("warning", "?") : look.paint("bad", "✗");
};

/** The mark, the title and what came out, wrapped under the title. */
export const headline = (
  result: Pick<CheckResult, "title" | "concerns">,
  text: string,
  look: Look,
): readonly string[] => {
  const title = result.title === "" ? "all properties" : result.title;
  const [first = "", ...rest] = wrap(`${title}: ${text}`, Math.max(24, look.columns - 2));
  const painted = first.startsWith(`${title}:`)
    ? look.paint("strong", title) + first.slice(title.length)
    : look.paint("strong", first);
  return [`${mark(result, look)} ${painted}`, ...rest.map((it) => indent + it)];
};

/** What is not as expected, and where. */
export const concernRows = ({ concerns }: Concerned, look: TextLook): readonly string[] =>
  concerns.flatMap(({ diagnostic: it }) =>
    row(it.code, `${it.message} (${placeText(it.span, look)})`, look).map((line) =>
      look.paint("bad", line),
    ),
  );

/** What the file itself says of a check, above what was found. */
export const docLines = (doc: string | undefined, look: Look): readonly string[] =>
  doc === undefined
    ? []
    : wrap(doc.replaceAll("\n", " "), Math.max(24, look.columns - indent.length)).map(
        (it) => indent + look.paint("faint", it),
      );

/** The text of one check; ends without a newline. */
export const checkText = (result: CheckResult, look: TextLook): string => {
  const { search } = result;
  const doc = docLines(result.doc, look);
  const parameters =
    result.parameters.length === 0 ? [] : row("constants", parametersText(result.parameters), look);
  const concerns = concernRows(result, look);
  if (search === undefined)
    return [...headline(result, outcome(result), look), ...doc, ...concerns, ...parameters].join(
      "\n",
    );
  const bounds = boundsText(search.bounds);
  const hit = boundsHitText(search.bounds);
  return [
    ...headline(result, outcome(result), look),
    ...doc,
    ...concerns,
    ...verdicts(search, look),
    ...errors(search, look),
    ...row("searched", figures(search), look),
    ...(search.reductions.length === 0
      ? []
      : row(
          "reductions",
          `${search.reductions.join(", ")}: states alike are counted as one`,
          look,
        )),
    ...(bounds === "" ? [] : row("bounds", bounds, look)),
    ...(hit === "" ? [] : row("bounds hit", hit, look)),
    ...parameters,
    ...ways(search, look),
  ].join("\n");
};

/** What an earlier run of the whole file found is not gone through again unless it is asked for. */
const ways = (search: Search, look: TextLook): readonly string[] => {
  if (search.cached !== "file") {
    return counterexamples(search, look).flatMap((it) => ["", ...it.split("\n").map(indented)]);
  }
  const isAny = search.judgement.properties.some(({ verdict }) => verdict.kind === "violated");
  return isAny ? row("the way", `as before; --trace ${look.trace} shows it`, look) : [];
};

const indented = (line: string): string => (line === "" ? "" : indent + line);
