// A diagnostic as a person reads it: headline, place, the source line with carets. diagnostic -> text.

import type { Diagnostic, Span } from "../source/index.ts";
import type { Paint, Style } from "./paint.ts";
import { type Lines, lineReader, type Sources } from "./sources.ts";
import { characterWidth, textWidth, wrap } from "./text-width.ts";

export interface Look {
  readonly paint: Paint;
  /** Width to write for; frames of longer lines are cut around the place they show. */
  readonly columns: number;
}

const tabStop = 4;
/** A longer span is shown by its first and last lines. */
const shownLines = 6;
/** More diagnostics than anybody reads are counted, not printed. */
const shownDiagnostics = 100;

const style: Readonly<Record<Diagnostic["severity"], Style>> = {
  error: "bad",
  warning: "warning",
  finding: "warning",
};

/** A source line as it is drawn, and the drawn column of each UTF-16 offset in it. */
interface Drawn {
  readonly text: string;
  readonly columnOf: (offset: number) => number;
}

/** Tabs become spaces and control characters a visible mark; only `from..to` is drawn of a long line. */
const draw = (line: string, from: number, room: number): Drawn => {
  const columns: number[] = [];
  let text = from > 0 ? "…" : "";
  let width = textWidth(text);
  let offset = from;
  for (const character of line.slice(from)) {
    const shown =
      character === "\t"
        ? " ".repeat(tabStop - (width % tabStop))
        : character < " " || character === "\u007f"
          ? "\u00b7"
          : character;
    const advance = character === "\t" ? shown.length : characterWidth(shown);
    if (width + advance >= room && offset + character.length < line.length) {
      text += "…";
      break;
    }
    for (let unit = 0; unit < character.length; unit += 1) columns.push(width);
    text += shown;
    width += advance;
    offset += character.length;
  }
  return { text, columnOf: (at) => columns[at - from] ?? width };
};

/** Where to begin drawing a line so that `column` (0-based offset) is well inside `room` columns. */
const windowStart = (line: string, column: number, room: number): number => {
  if (line.length <= room && textWidth(line.replaceAll("\t", "    ")) <= room) return 0;
  const start = column <= room / 2 ? 0 : Math.max(0, column - Math.floor(room / 3));
  // Not between the halves of a surrogate pair.
  const unit = line.charCodeAt(start);
  return unit >= 0xdc00 && unit <= 0xdfff ? start + 1 : start;
};

interface Frame {
  readonly span: Span;
  readonly lines: Lines;
  /** What stands beside the carets. */
  readonly label: string;
  readonly mark: "^" | "-";
  readonly style: Style;
}

const location = (span: Span, lines: Lines | undefined): string => {
  if (lines === undefined) return span.file;
  const { line, column } = lines.place(span.start);
  return `${span.file}:${line}:${column}`;
};

/** The line of carets, with the label beside them where it fits and below where it does not. */
const underline = (frame: Frame, start: number, width: number, look: Look, room: number) => {
  const carets = frame.mark.repeat(Math.max(1, width));
  const pad = " ".repeat(start);
  if (frame.label === "") return [pad + look.paint(frame.style, carets)];
  const beside = `${carets} ${frame.label}`;
  if (start + textWidth(beside) <= room) return [pad + look.paint(frame.style, beside)];
  const indent = Math.min(start, Math.max(0, Math.floor(room / 3)));
  return [
    pad + look.paint(frame.style, carets),
    ...wrap(frame.label, Math.max(20, room - indent)).map(
      (it) => " ".repeat(indent) + look.paint(frame.style, it),
    ),
  ];
};

const singleLine = (frame: Frame, look: Look, row: (number: string, text: string) => string) => {
  const from = frame.lines.place(frame.span.start);
  const to = frame.lines.place(Math.max(frame.span.start, frame.span.end));
  const line = frame.lines.line(from.line);
  const room = Math.max(20, look.columns - String(from.line).length - 4);
  const drawn = draw(line, windowStart(line, from.column - 1, room), room);
  const start = drawn.columnOf(from.column - 1);
  const end = drawn.columnOf(Math.min(to.column - 1, line.length));
  return [
    row(String(from.line), ` ${drawn.text}`),
    ...underline(frame, start, end - start, look, room).map((it) => row("", ` ${it}`)),
  ];
};

/** A span over several lines: a bar at their left that ends in a caret under its last character. */
const multiLine = (frame: Frame, look: Look, row: (number: string, text: string) => string) => {
  const from = frame.lines.place(frame.span.start);
  const to = frame.lines.place(frame.span.end - 1);
  const room = Math.max(20, look.columns - String(to.line).length - 6);
  const bar = look.paint(frame.style, "|");
  const numbers = Array.from({ length: to.line - from.line + 1 }, (_, at) => from.line + at);
  const shown =
    numbers.length <= shownLines ? numbers : [...numbers.slice(0, 3), 0, ...numbers.slice(-2)];
  const startsLine =
    frame.lines
      .line(from.line)
      .slice(0, from.column - 1)
      .trim() === "";
  const body = shown.flatMap((number) => {
    if (number === 0) return [row("...", ` ${bar}`)];
    const drawn = draw(frame.lines.line(number), 0, room);
    if (number !== from.line) return [row(String(number), ` ${bar} ${drawn.text}`)];
    const slash = look.paint(frame.style, "/");
    if (startsLine) return [row(String(number), ` ${slash} ${drawn.text}`)];
    const lead = "_".repeat(drawn.columnOf(from.column - 1) + 1);
    return [
      row(String(number), `   ${drawn.text}`),
      row("", `  ${look.paint(frame.style, lead + frame.mark)}`),
    ];
  });
  const last = draw(frame.lines.line(to.line), 0, room).columnOf(to.column - 1);
  const tail = `|${"_".repeat(last + 1)}${frame.mark}`;
  const beside = frame.label === "" ? tail : `${tail} ${frame.label}`;
  return [...body, row("", ` ${look.paint(frame.style, beside)}`)];
};

/** One place in the source, drawn; `gutter` is the width of the widest line number around it. */
const drawFrame = (frame: Frame, gutter: number, look: Look): readonly string[] => {
  const row = (number: string, text: string): string => {
    const edge = number === "..." ? "..." : `${number.padStart(gutter)} |`;
    return (look.paint("accent", edge) + text).trimEnd();
  };
  const from = frame.lines.place(frame.span.start);
  const to = frame.lines.place(Math.max(frame.span.start, frame.span.end - 1));
  const draws = from.line === to.line ? singleLine : multiLine;
  return [row("", ""), ...draws(frame, look, row)];
};

const gutterOf = (spans: readonly Span[], read: (file: string) => Lines | undefined): number =>
  Math.max(
    1,
    ...spans.map((it) => {
      const last = read(it.file)?.place(Math.max(it.start, it.end - 1)).line;
      return last === undefined ? 1 : String(last).length;
    }),
  );

const arrow = (gutter: number, look: Look, where: string): string =>
  `${" ".repeat(gutter)}${look.paint("accent", "-->")} ${where}`;

const remark = (gutter: number, look: Look, word: string, text: string): readonly string[] => {
  const indent = gutter + 3 + word.length + 2;
  const lines = wrap(text, Math.max(20, look.columns - indent));
  return lines.map((it, at) =>
    at === 0
      ? `${" ".repeat(gutter + 1)}${look.paint("accent", "=")} ${look.paint("strong", word)}: ${it}`
      : " ".repeat(indent) + it,
  );
};

/** Does the help fit beside the carets as one line? A sentence goes below the frame. */
const fitsBeside = (span: Span, lines: Lines, help: string, gutter: number, look: Look) => {
  const from = lines.place(span.start);
  const to = lines.place(Math.max(span.start, span.end - 1));
  const width = from.line === to.line ? to.column - from.column + 1 : to.column + 2;
  const start = from.line === to.line ? from.column : 1;
  return gutter + 3 + start + width + 1 + textWidth(help) <= look.columns;
};

const render = (it: Diagnostic, read: (file: string) => Lines | undefined, look: Look): string => {
  const { paint } = look;
  const spans = [it.span, ...it.notes.flatMap((note) => (note.span ? [note.span] : []))];
  const gutter = gutterOf(spans, read);
  const lines = read(it.span.file);
  const head = `${paint(style[it.severity], `${it.severity}[${it.code}]`)}: ${it.message}`;
  const beside =
    it.help !== undefined &&
    lines !== undefined &&
    fitsBeside(it.span, lines, it.help, gutter, look);
  const mark = { span: it.span, mark: "^", style: style[it.severity] } as const;
  const main =
    lines === undefined
      ? []
      : drawFrame({ ...mark, lines, label: beside ? (it.help ?? "") : "" }, gutter, look);
  const notes = it.notes.flatMap((note) => {
    if (note.span === undefined) return remark(gutter, look, "note", note.message);
    const there = read(note.span.file);
    const drawn = { span: note.span, label: "", mark: "-", style: "accent" } as const;
    return [
      `${paint("accent", "note")}: ${note.message}`,
      arrow(gutter, look, location(note.span, there)),
      ...(there === undefined ? [] : drawFrame({ ...drawn, lines: there }, gutter, look)),
    ];
  });
  const help = it.help === undefined || beside ? [] : remark(gutter, look, "help", it.help);
  return [paint("strong", head), arrow(gutter, look, location(it.span, lines)), ...main]
    .concat(help, notes)
    .join("\n");
};

/** Diagnostics in the order in which they are shown: file, line, column, code. */
export const inOrder = (diagnostics: readonly Diagnostic[]): readonly Diagnostic[] =>
  diagnostics.toSorted(
    (left, right) =>
      compare(left.span.file, right.span.file) ||
      left.span.start - right.span.start ||
      compare(left.code, right.code) ||
      compare(left.message, right.message),
  );

const compare = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

/** All diagnostics as text, one blank line after each; "" for none. */
export const renderDiagnostics = (
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  look: Look,
): string => {
  const read = lineReader(sources);
  const shown = inOrder(diagnostics).slice(0, shownDiagnostics);
  const left = diagnostics.length - shown.length;
  const more = left === 0 ? "" : `… and ${left} more\n\n`;
  return shown.map((it) => `${render(it, read, look)}\n\n`).join("") + more;
};
