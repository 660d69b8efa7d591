// Walks over programs: what reads, writes and stops (program -> program).

import type { Cell, Line, LocalId, Place, Routine, Term } from "./program.ts";

export const operandsOf = (term: Term): readonly Term[] => {
  switch (term.kind) {
    case "constant":
    case "variable":
    case "local":
    case "parameter":
    case "full":
      return [];
    case "cell":
      return [term.index];
    case "not":
    case "negate":
    case "absolute":
    case "size":
      return [term.operand];
    case "binary":
    case "serial":
      return [term.left, term.right];
    case "if":
      return [term.condition, term.yes, term.no];
    case "occupied":
    case "candidate":
    case "part":
      return [term.position];
  }
};

/** The term and all its parts. */
export const allTerms = (term: Term): readonly Term[] => [
  term,
  ...operandsOf(term).flatMap(allTerms),
];

/** Terms that a line reads itself, without the lines in it. */
const ownTerms = (line: Line): readonly Term[] => {
  switch (line.kind) {
    case "set":
      return line.place.kind === "cell" ? [line.place.index, line.value] : [line.value];
    case "if":
    case "while":
      return [line.condition];
    case "insert":
      return line.values;
    case "remove":
    case "double":
      return [line.position];
    case "answer":
      return [line.value];
    case "age":
    case "fail":
    case "disable":
    case "event":
      return [];
  }
};

const innerLines = (line: Line): readonly Line[] => {
  if (line.kind === "if") return [...line.yes, ...line.no];
  return line.kind === "while" ? line.body : [];
};

/** All lines, those inside lines included. */
export const allLines = (lines: readonly Line[]): readonly Line[] =>
  lines.flatMap((line) => [line, ...allLines(innerLines(line))]);

export const termsOf = (lines: readonly Line[]): readonly Term[] =>
  allLines(lines).flatMap(ownTerms).flatMap(allTerms);

/** The cells that lines read or write. */
export const cellsOf = (lines: readonly Line[]): readonly Cell[] => [
  ...termsOf(lines).flatMap((it) => (it.kind === "cell" ? [it] : [])),
  ...allLines(lines).flatMap((it) =>
    it.kind === "set" && it.place.kind === "cell" ? [it.place] : [],
  ),
];

const localsOf = (term: Term): readonly LocalId[] => {
  if (term.kind === "local") return [term.local];
  if (term.kind !== "cell" || term.of !== "local") return [];
  return Array.from({ length: term.count }, (_, index) => term.base + term.stride * index);
};

/** Locals that a term reads. */
export const localsRead = (term: Term): readonly LocalId[] => allTerms(term).flatMap(localsOf);

/** Locals that lines set. */
export const localsSet = (lines: readonly Line[]): readonly LocalId[] =>
  allLines(lines).flatMap((it) =>
    it.kind === "set" && it.place.kind === "local" ? [it.place.local] : [],
  );

/** The same lines without those that set what nobody reads. */
export const withoutDeadSets = (lines: readonly Line[]): readonly Line[] => {
  const read = new Set(termsOf(lines).flatMap(localsOf));
  const isDead = (place: Place): boolean => place.kind === "local" && !read.has(place.local);
  const kept = keep(lines, (it) => it.kind !== "set" || !isDead(it.place));
  return allLines(kept).length === allLines(lines).length ? kept : withoutDeadSets(kept);
};

const keep = (lines: readonly Line[], isKept: (line: Line) => boolean): readonly Line[] =>
  lines.filter(isKept).flatMap((line): readonly Line[] => {
    if (line.kind === "while") return [{ ...line, body: keep(line.body, isKept) }];
    if (line.kind !== "if") return [line];
    const [yes, no] = [keep(line.yes, isKept), keep(line.no, isKept)];
    if (yes.length > 0) return [{ ...line, yes, no }];
    return no.length === 0
      ? []
      : [{ ...line, condition: { kind: "not", operand: line.condition }, yes: no, no: [] }];
  });

/** Whether a path through the lines can end as an error or as no step. */
export const canStop = (lines: readonly Line[]): boolean =>
  allLines(lines).some((it) => it.kind === "fail" || it.kind === "disable");

/** Whether no path goes on behind the lines. */
export const alwaysStops = (lines: readonly Line[]): boolean =>
  lines.some(
    (it) =>
      it.kind === "fail" ||
      it.kind === "disable" ||
      it.kind === "answer" ||
      (it.kind === "if" && alwaysStops(it.yes) && alwaysStops(it.no)),
  );

export const linesOfRoutine = ({ guard, body }: Routine): readonly Line[] => [
  { kind: "if", condition: guard, yes: body, no: [] },
];
