// Terms as text, with what differs between checkers left to a dialect (program -> text).

import type { Cell, Term } from "./program.ts";

/** How a checker writes what it has its own way of. Texts need no parentheses around them. */
export interface Dialect {
  readonly and: string;
  readonly or: string;
  readonly not: string;
  readonly equal: string;
  readonly variable: (id: number) => string;
  readonly local: (id: number) => string;
  readonly parameter: (id: number) => string;
  readonly cell: (cell: Cell, index: string) => string;
  /** Truth values. */
  readonly full: (network: number) => string;
  readonly occupied: (network: number, position: string) => string;
  readonly candidate: (network: number, of: "delivery" | "fault", position: string) => string;
  readonly part: (network: number, part: number, position: string) => string;
  /** Of a function that every text has when it needs it. */
  readonly call: (
    name: "smaller" | "larger" | "distance" | "size",
    of: readonly string[],
  ) => string;
}

type Of<Kind extends Term["kind"]> = Extract<Term, { readonly kind: Kind }>;

const truthOperators: ReadonlySet<string> = new Set([
  "equal",
  "unequal",
  "less",
  "less-equal",
  "and",
  "or",
  "implies",
]);

const isTruth = (term: Term): boolean =>
  term.kind === "not" ||
  term.kind === "full" ||
  term.kind === "occupied" ||
  term.kind === "candidate" ||
  (term.kind === "serial" && term.operator === "before") ||
  (term.kind === "binary" && truthOperators.has(term.operator));

/** As an integer. */
export const integerText = (term: Term, dialect: Dialect): string => {
  if (isTruth(term)) return `(${truthText(term, dialect)} ? 1 : 0)`;
  const text = (it: Term): string => integerText(it, dialect);
  switch (term.kind) {
    case "constant":
      return term.value < 0 ? `(${term.value})` : String(term.value);
    case "variable":
      return dialect.variable(term.variable);
    case "local":
      return dialect.local(term.local);
    case "parameter":
      return dialect.parameter(term.parameter);
    case "cell":
      return dialect.cell(term, text(term.index));
    case "negate":
      return `(0 - ${text(term.operand)})`;
    case "absolute":
      return dialect.call("distance", [text(term.operand)]);
    case "size":
      return dialect.call("size", [text(term.operand)]);
    case "if":
      return `(${truthText(term.condition, dialect)} ? ${text(term.yes)} : ${text(term.no)})`;
    case "serial":
      return serialText(term, dialect);
    case "binary":
      return arithmeticText(term, dialect);
    case "part":
      return dialect.part(term.network, term.part, text(term.position));
    case "not":
    case "full":
    case "occupied":
    case "candidate":
      throw new Error(`a ${term.kind} is a truth value`);
  }
};

/** As a truth value. */
export const truthText = (term: Term, dialect: Dialect): string => {
  const text = (it: Term): string => integerText(it, dialect);
  switch (term.kind) {
    case "not":
      return notText(term.operand, dialect);
    case "full":
      return dialect.full(term.network);
    case "occupied":
      return dialect.occupied(term.network, text(term.position));
    case "candidate":
      return dialect.candidate(term.network, term.of, text(term.position));
    case "constant":
      return term.value === 0 ? `(1 ${dialect.equal} 0)` : `(1 ${dialect.equal} 1)`;
    case "serial":
      if (term.operator === "before") return serialText(term, dialect);
      return `(${text(term)} != 0)`;
    case "binary":
      return truthOperators.has(term.operator)
        ? comparisonText(term, dialect)
        : `(${text(term)} != 0)`;
    case "variable":
    case "local":
    case "parameter":
    case "cell":
    case "negate":
    case "absolute":
    case "size":
    case "if":
    case "part":
      return `(${text(term)} != 0)`;
  }
};

const notText = (operand: Term, dialect: Dialect): string => {
  if (operand.kind === "not") return truthText(operand.operand, dialect);
  if (isTruth(operand)) return `${dialect.not}${truthText(operand, dialect)}`;
  return `(${integerText(operand, dialect)} ${dialect.equal} 0)`;
};

const comparisonText = (term: Of<"binary">, dialect: Dialect): string => {
  const { operator } = term;
  const join = (sign: string): string =>
    `(${integerText(term.left, dialect)} ${sign} ${integerText(term.right, dialect)})`;
  const logic = (left: string, sign: string): string =>
    `(${left} ${sign} ${truthText(term.right, dialect)})`;
  switch (operator) {
    case "equal":
      return join(dialect.equal);
    case "unequal":
      return join("!=");
    case "less":
      return join("<");
    case "less-equal":
      return join("<=");
    case "and":
      return logic(truthText(term.left, dialect), dialect.and);
    case "or":
      return logic(truthText(term.left, dialect), dialect.or);
    case "implies":
      return logic(notText(term.left, dialect), dialect.or);
    case "add":
    case "subtract":
    case "multiply":
    case "divide":
    case "remainder":
    case "min":
    case "max":
    case "bit-or":
    case "bit-and-not":
    case "bit-and":
    case "shift-left":
      throw new Error(`${operator} gives an integer`);
  }
};

const signs = {
  add: "+",
  subtract: "-",
  multiply: "*",
  divide: "/",
  remainder: "%",
  "bit-or": "|",
  "bit-and": "&",
  "bit-and-not": "& ~",
  "shift-left": "<<",
} as const;

const arithmeticText = (term: Of<"binary">, dialect: Dialect): string => {
  const left = integerText(term.left, dialect);
  const right = integerText(term.right, dialect);
  switch (term.operator) {
    case "min":
      return dialect.call("smaller", [left, right]);
    case "max":
      return dialect.call("larger", [left, right]);
    case "add":
    case "subtract":
    case "multiply":
    case "divide":
    case "remainder":
    case "shift-left":
      return `(${left} ${signs[term.operator]} ${right})`;
    case "bit-or":
    case "bit-and":
    case "bit-and-not":
      // rumur takes `x & y` for a conjunction when x is a name.
      return `((${left} + 0) ${signs[term.operator]} ${right})`;
    case "equal":
    case "unequal":
    case "less":
    case "less-equal":
    case "and":
    case "or":
    case "implies":
      throw new Error(`${term.operator} gives a truth value`);
  }
};

/** Remainders of all these checkers have the sign of the dividend; serial numbers have none. */
const serialText = ({ operator, modulus, left, right }: Of<"serial">, dialect: Dialect): string => {
  const sign = operator === "plus" ? "+" : "-";
  const raw = `(${integerText(left, dialect)} ${sign} ${integerText(right, dialect)})`;
  const wrapped = `((${raw} % ${modulus} + ${modulus}) % ${modulus})`;
  // Twice the distance, for moduli that are odd.
  return operator === "before" ? `(${wrapped} * 2 >= ${modulus})` : wrapped;
};
