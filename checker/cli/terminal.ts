// The two streams of the program: results to the one, everything else to the other, one progress line.

import { coloured, type Look, plain } from "../report/index.ts";
import { type ColourFacts, wantsColour } from "./colour.ts";

/** What the program needs of a stream; Node's standard streams fit. */
export interface Stream {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Terminal {
  /** The result: standard output. */
  readonly result: (text: string) => void;
  /** Progress, warnings, errors: standard error. */
  readonly remark: (text: string) => void;
  /** Redraws the progress line, or writes a line where nothing can be redrawn. */
  readonly progress: (line: (columns: number) => string) => void;
  readonly clearProgress: () => void;
  /** How results look. */
  readonly resultLook: Look;
  /** How remarks look. */
  readonly remarkLook: Look;
}

export interface TerminalOptions {
  readonly color: ColourFacts["flag"];
  readonly quiet: boolean;
  readonly environment: ColourFacts["environment"];
  readonly now: () => number;
}

const redrawMs = 200;
const lineMs = 30_000;
/** For a stream that is no terminal: wide enough for tables, narrow enough for logs. */
const pipeColumns = 100;

const lookOf = (stream: Stream, { color, environment }: TerminalOptions): Look => {
  const facts = { flag: color, environment, isTerminal: stream.isTTY === true };
  const columns = stream.columns ?? 0;
  return {
    paint: wantsColour(facts) ? coloured : plain,
    columns: stream.isTTY === true && columns > 0 ? columns : pipeColumns,
  };
};

/** A terminal over two streams; the progress line is gone before anything else is written. */
export const terminal = (out: Stream, err: Stream, options: TerminalOptions): Terminal => {
  const { quiet, environment, now } = options;
  const inContinuousIntegration = (environment["CI"] ?? "") !== "";
  const canRedraw = err.isTTY === true && !inContinuousIntegration;
  const remarkLook = lookOf(err, options);
  let isDrawn = false;
  let shownAt = canRedraw ? Number.NEGATIVE_INFINITY : now();
  const clearProgress = () => {
    if (isDrawn) err.write("\r\u001b[K");
    isDrawn = false;
  };
  return {
    resultLook: lookOf(out, options),
    remarkLook,
    clearProgress,
    result: (text) => {
      clearProgress();
      out.write(text);
    },
    remark: (text) => {
      clearProgress();
      err.write(text);
    },
    progress: (line) => {
      if (quiet || now() - shownAt < (canRedraw ? redrawMs : lineMs)) return;
      shownAt = now();
      const text = line(remarkLook.columns - 1);
      err.write(canRedraw ? `\r\u001b[K${text}` : `${text}\n`);
      isDrawn = canRedraw;
    },
  };
};
