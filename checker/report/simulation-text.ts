// What random walks met, as a person reads it: results -> text that claims no proof.

import type { Parameter, SimulatedCheck } from "../prove/index.ts";
import {
  concernRows,
  docLines,
  headline,
  isOpen,
  parametersText,
  row,
  type TextLook,
} from "./check-text.ts";
import { claimText } from "../prove/index.ts";
import { counterexamples } from "./counterexamples.ts";
import { textWidth, wrap } from "./text-width.ts";
import { count, counted, duration, listed, steps } from "./wording.ts";

export interface WalkFigures {
  readonly title: string;
  readonly walks: number;
  readonly steps: number;
  readonly seconds: number;
}

const rateOf = ({ steps: taken, seconds }: Pick<WalkFigures, "steps" | "seconds">): string =>
  `${count(seconds > 0 ? Math.round(taken / seconds) : taken)} steps/s`;

/** The progress line; what does not fit into `columns` is left out from the end. */
export const walkProgressLine = (it: WalkFigures, columns: number): string => {
  const parts = [
    it.title === "" ? "all properties" : it.title,
    counted(it.walks, "walk"),
    rateOf(it),
    duration(it.seconds),
  ];
  let line = "";
  for (const part of parts) {
    const longer = line === "" ? part : `${line} · ${part}`;
    if (textWidth(longer) > columns) break;
    line = longer;
  }
  return line;
};

type Property = NonNullable<SimulatedCheck["result"]["search"]>["judgement"]["properties"][number];

const nameOf = ({ name, instance }: Property): string =>
  instance === "" ? name : `${name} (${instance})`;

/** What was found wrong, in the words of a check. */
const foundText = ({ result }: SimulatedCheck): string => {
  const { search, concerns, claim } = result;
  if (search === undefined) return `not walked (expect ${claimText(claim)})`;
  const violated = search.judgement.properties.flatMap((it) =>
    it.verdict.kind === "violated"
      ? [
          it.kind === "deadlock"
            ? `deadlock after ${steps(it.verdict.steps)}`
            : `${nameOf(it)} violated after ${steps(it.verdict.steps)}`,
        ]
      : [],
  );
  const errors = search.judgement.errors.map((it) => {
    const site = search.core.sites[it.site];
    return `${site?.error ?? ""} error in step ${it.steps}`;
  });
  const all = [...violated, ...errors];
  const expectation = `expect ${claimText(claim)}`;
  if (all.length === 0) return `nothing found, which is not a proof (${expectation})`;
  const isExpected = concerns.length === 0 || isOpen(result);
  return isExpected ? `${listed(all)}, as expected` : `${listed(all)} (${expectation})`;
};

const namesBy = (
  properties: readonly Property[],
  tell: (it: Property) => string | undefined,
): string => properties.flatMap((it) => tell(it) ?? []).join(", ");

/** The text of one check in one configuration; ends with an empty line. `set`: what varies, as `N=3`. */
export const simulatedText = (
  simulated: SimulatedCheck,
  set: readonly string[],
  look: TextLook,
): string => {
  const { result, walked, unjudged } = simulated;
  const { search } = result;
  const properties = search?.judgement.properties ?? [];
  const varied = set.length === 0 ? "" : ` (${set.join(", ")})`;
  const title = `${result.title === "" ? "all properties" : result.title}${varied}`;
  const reached = namesBy(properties, (it) =>
    it.verdict.kind === "reached" ? it.name : undefined,
  );
  const unmet = namesBy(properties, (it) =>
    it.kind === "reachable" && it.verdict.kind === "unknown" ? it.name : undefined,
  );
  const given = result.parameters.filter((it: Parameter) => it.source !== "default");
  const rows = [
    ...docLines(result.doc, look),
    ...concernRows({ concerns: result.concerns.filter((it) => it.kind !== "incomplete") }, look),
    ...(walked === undefined ? [] : row("walked", walkedText(walked), look)),
    ...(reached === "" ? [] : row("met", reached, look)),
    ...(unmet === "" ? [] : row("not met", unmet, look)),
    ...(unjudged.length === 0
      ? []
      : row(
          "not judged",
          `${unjudged.join(", ")}: whether there is a way back, walks cannot tell`,
          look,
        )),
    ...(given.length === 0 ? [] : row("constants", parametersText(given), look)),
    ...(search === undefined ? [] : counterexamples(search, look)).flatMap((it) => [
      "",
      ...it.split("\n").map((line) => (line === "" ? "" : `  ${line}`)),
    ]),
  ];
  return `${[...headline({ ...result, title }, foundText(simulated), look), ...rows, ""].join("\n")}\n`;
};

const walkedText = (walked: NonNullable<SimulatedCheck["walked"]>): string => {
  const { exploration, walks, steps: taken, seconds, ended } = walked;
  const figures = [
    counted(walks, "walk"),
    counted(taken, "step"),
    `depth ${exploration.depth}`,
    duration(seconds),
    rateOf({ steps: taken, seconds }),
  ].join(", ");
  if (ended === "walks") return figures;
  return `${figures}; ${ended === "time" ? "the time was over" : "interrupted"}`;
};

/**
 * The last lines of a run: what was met, and that this is no proof. `left`: configurations in
 * which nobody walked, since the run ended before, or since an assumption excludes them.
 */
export const simulationSummary = (
  all: readonly SimulatedCheck[],
  seed: number,
  left: { readonly notWalked: number; readonly assumed: number },
  look: TextLook,
): string => {
  const walked = all.flatMap((it) => it.walked ?? []);
  const failed = all.filter(({ result }) => result.concerns.length > 0 && !isOpen(result));
  const total = {
    walks: walked.reduce((sum, it) => sum + it.walks, 0),
    steps: walked.reduce((sum, it) => sum + it.steps, 0),
    seconds: walked.reduce((sum, it) => sum + it.seconds, 0),
  };
  const figures = `${counted(total.walks, "walk")}, ${counted(total.steps, "step")}, ${rateOf(total)}, seed ${seed}`;
  const titles = [
    ...new Set(
      failed.map(({ result: { title } }) => (title === "" ? "all properties" : `"${title}"`)),
    ),
  ];
  const isAllExpected =
    all.length > 0 &&
    left.notWalked === 0 &&
    all.every(({ result }) => result.concerns.length === 0);
  const text =
    failed.length > 0
      ? `${failed.length} of ${counted(all.length, "configuration")} not as expected: ${listed(titles)}; ${figures}.`
      : isAllExpected
        ? `All that was expected was found; ${figures}.`
        : `Nothing unexpected was found, which is not a proof; ${figures}.`;
  const sign =
    failed.length > 0
      ? look.paint("bad", "✗")
      : isAllExpected
        ? look.paint("good", "✓")
        : look.paint("warning", "?");
  const [first = "", ...rest] = wrap(text, Math.max(24, look.columns - 2));
  const again = [
    ...(left.notWalked === 0 ? [] : [`${counted(left.notWalked, "configuration")} not walked.`]),
    ...(left.assumed === 0
      ? []
      : [`${counted(left.assumed, "configuration")} left out: an \`assume\` excludes them.`]),
    "The same seed makes the same walks; another one makes others.",
  ].join(" ");
  return [
    `${sign} ${look.paint("strong", first)}`,
    ...[...rest, ...wrap(again, Math.max(24, look.columns - 2))].map((it) => `  ${it}`),
    "",
  ].join("\n");
};
