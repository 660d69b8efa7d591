// The report of a replay: judged steps -> text, a line per step, and what was expected where they part.

import { type Judged, type JudgedStep, untoldText } from "./judge.ts";

export interface ReplayReport {
  /** `counterexamples/x/trace.json` */
  readonly trace: string;
  /** `linux 6.18.1, host B, 3 runs` */
  readonly on: string;
  /** What else a reader must know: switches, how numbers are meant. */
  readonly notes: readonly string[];
  readonly judged: Judged;
}

const padded = (number: number): string => String(number).padStart(4);

export const stepLines = ({
  number,
  text,
  verdict,
  expected,
  observed,
  note,
  untold = [],
}: JudgedStep): readonly string[] => {
  const head = `${padded(number)}  ${text}`;
  const why = note === undefined ? [] : [`        ${note}`];
  switch (verdict) {
    case "not replayed":
      return [head, ...(note === undefined ? [] : [`        not replayed: ${note}`])];
    case "equal":
      return [
        head,
        ...why,
        `        equal: ${expected}`,
        ...untold.map((it) => `        not compared: the ${it}, which the stack does not tell`),
      ];
    case "differs":
    case "unstable":
    case "undecided":
      return [
        head,
        ...why,
        `        expected: ${expected}`,
        ...(observed.length === 0 ? ["(no answer)"] : observed).map(
          (it) => `        observed: ${it}`,
        ),
        `        ${verdict}`,
      ];
  }
};

const conclusion = ({ steps, verdict }: Judged): string => {
  const untold = untoldText({ steps });
  const equal = steps.filter((it) => it.verdict === "equal").length;
  const last = steps.at(-1);
  switch (verdict) {
    case "equal":
      return equal === 0
        ? "no step could be compared"
        : `equal in all ${equal} steps that were compared${untold === undefined ? "" : `, as far as the stack tells: not ${untold}`}`;
    case "differs":
      return `differs in step ${last?.number ?? 0}, after ${equal} equal steps`;
    case "unstable":
      return `unstable: the runs do not agree in step ${last?.number ?? 0}`;
    case "undecided":
      return `undecided in step ${last?.number ?? 0}, after ${equal} equal steps`;
  }
};

export const replayText = ({ trace, on, notes, judged }: ReplayReport): string =>
  [
    `${trace} on ${on}`,
    ...notes.map((it) => `  ${it}`),
    ...judged.steps.flatMap(stepLines),
    `  ${conclusion(judged)}`,
    "",
  ].join("\n");
