// What is wrong with types: the TW03xx diagnostics of semantics.

import { define, type Note, type Span } from "../source/index.ts";

const helpOf = (help: string | undefined): { readonly help?: string } =>
  help === undefined ? {} : { help };

export const wrongType = define<{
  readonly expected: string;
  readonly found: string;
  readonly help?: string | undefined;
}>(
  {
    code: "TW0301",
    severity: "error",
    title: "wrong type",
    text: "The expression has another type than its place needs. Both types are named; integers have the interval that their operands allow.",
    example: "var x : bool\nvar n : 0..3\nrule r when n { x = true }\n",
  },
  ({ expected, found, help }) => ({
    message: `expected ${expected}, found ${found}`,
    ...helpOf(help),
  }),
);

export const neverFits = define<{ readonly expected: string; readonly found: string }>(
  {
    code: "TW0302",
    severity: "error",
    title: "value that never fits",
    text: "No value that the expression can have lies in the range that its place allows, so executing it would always be a model error. Widen the range or mend the expression.",
    example: "var n : 0..3\nrule r { n = 4 }\n",
  },
  ({ expected, found }) => ({
    message: `expected ${expected}, found ${found}: no value of it fits`,
  }),
);

export const wrongOperands = define<{
  readonly operator: string;
  readonly found: string;
  readonly expected: string;
  readonly help?: string | undefined;
}>(
  {
    code: "TW0303",
    severity: "error",
    title: "operator that does not apply",
    text: "The operator is not defined for operands of this type. Serial numbers are compared with `before` and `after`, because they wrap.",
    example: "type Seq = mod 16\nvar a, b : Seq\nrule r when a < b { a += 1 }\n",
  },
  ({ operator, found, expected, help }) => ({
    message: `\`${operator}\` expected ${expected}, found ${found}`,
    ...helpOf(help),
  }),
);

export const unknownLiteralType = define<{ readonly literal: string }>(
  {
    code: "TW0304",
    severity: "error",
    title: "literal whose type is not known",
    text: "`none`, `{ … }`, `[]` and `set { }` take their type from where they stand. Here nothing says it: give the `let` a type, or compare with something that has one.",
    example: "var x : bool\nrule r { let y = none  x = y is none }\n",
  },
  ({ literal }) => ({
    message: `nothing here says of which type ${literal} is`,
    help: "write its type where the value is bound, as in `let x : T = …`",
  }),
);

export const wrongArity = define<{
  readonly callee: string;
  readonly expected: number;
  readonly found: number;
  readonly declared?: Span | undefined;
}>(
  {
    code: "TW0305",
    severity: "error",
    title: "wrong number of arguments",
    text: "A call gives exactly the arguments that the declaration asks for; a `never` binds exactly the parameters of its event (`_` for those that do not matter).",
    example: "fn double(n: 0..3): 0..6 = n + n\nvar x : 0..6\nrule r { x = double(1, 2) }\n",
  },
  ({ callee, expected, found, declared }) => ({
    message: `\`${callee}\` takes ${expected} ${expected === 1 ? "argument" : "arguments"}, found ${found}`,
    notes: declared === undefined ? [] : [{ message: "it is declared here", span: declared }],
  }),
);

export const fieldTwice = define<{ readonly name: string; readonly first: Span }>(
  {
    code: "TW0306",
    severity: "error",
    title: "field given twice",
    text: "A record literal gives each field at most once; what it leaves out is its zero.",
    example: "record Point { x, y : 0..3 }\nvar p : Point\nrule r { p = { x: 1, y: 2, x: 3 } }\n",
  },
  ({ name, first }) => ({
    message: `the field \`${name}\` is given twice`,
    notes: [{ message: "it is first given here", span: first }],
  }),
);

export const fieldNeedsValue = define<{ readonly name: string; readonly type: string }>(
  {
    code: "TW0307",
    severity: "error",
    title: "field without a value",
    text: "A bare field name in a literal means true, so it is only for boolean fields.",
    example: "record Point { x, y : 0..3 }\nvar p : Point\nrule r { p = { x, y: 2 } }\n",
  },
  ({ name, type }) => ({
    message: `the field \`${name}\` needs a value: expected ${type}, found bool`,
    help: `write \`${name}: …\``,
  }),
);

export const unguardedField = define<{
  readonly field: string;
  readonly flag: string;
  readonly object: string;
}>(
  {
    code: "TW0308",
    severity: "error",
    title: "conditional field used without its flag",
    text: "A field declared with `when` exists only under its flag. Use it where the flag is known to be true: behind `and`, `implies` or `if`, in a case with that guard, or after the case that handles its absence has ended with `done`.",
    example:
      "record Answer { ok : bool  code : 0..3 when ok }\nvar a : Answer\nvar x : 0..3\nrule r { x = a.code  a = { ok, code: 1 } }\n",
  },
  ({ field, flag, object }) => ({
    message: `\`${field}\` exists only under \`${flag}\`, which is not known to be true here`,
    help: `guard it with \`${object}.${flag}\``,
  }),
);

export const fieldWithoutFlag = define<{ readonly field: string; readonly flag: string }>(
  {
    code: "TW0309",
    severity: "error",
    title: "conditional field given without its flag",
    text: "A literal that gives a conditional field must also set the flag under which it exists.",
    example:
      "record Answer { ok : bool  code : 0..3 when ok }\nvar a : Answer\nrule r when not a.ok { a = { code: 1 } }\n",
  },
  ({ field, flag }) => ({
    message: `\`${field}\` is given, but it exists only under \`${flag}\``,
    help: `give \`${flag}\` too`,
  }),
);

export const matchNotCovering = define<{ readonly missing: readonly string[] }>(
  {
    code: "TW0310",
    severity: "error",
    title: "match that does not cover",
    text: "A `match` says what happens for every value of its subject. Add the missing arms, or `else`.",
    example:
      "enum Phase { IDLE, BUSY }\nvar p : Phase\nrule r { match p { IDLE => { p = BUSY } } }\n",
  },
  ({ missing }) => ({
    message:
      missing.length === 0
        ? "this `match` does not cover every value"
        : `this \`match\` does not cover ${missing.map((name) => `\`${name}\``).join(", ")}`,
    help: "add the missing arms, or `else => …`",
  }),
);

export const patternTwice = define<{ readonly pattern: string; readonly first: Span }>(
  {
    code: "TW0311",
    severity: "error",
    title: "pattern given twice",
    text: "The first arm with the pattern is taken, so the second one is never reached.",
    example:
      "enum Phase { IDLE, BUSY }\nvar p : Phase\nrule r { match p { IDLE => { p = BUSY } BUSY | IDLE => { p = IDLE } } }\n",
  },
  ({ pattern, first }) => ({
    message: `the pattern \`${pattern}\` is given twice`,
    notes: [{ message: "this arm is taken", span: first }],
  }),
);

export const notEnumerable = define<{ readonly role: string; readonly found: string }>(
  {
    code: "TW0312",
    severity: "error",
    title: "type whose values cannot be counted through",
    text: "Indexes, set elements, rule parameters and the domains of `for`, `choose` and quantifiers are of type bool, `lo..hi`, `mod N` or an enum.",
    example:
      "record Point { x, y : 0..3 }\nvar hits : array[Point] of bool\nvar p : Point\nrule r { p.x = 1  p.y = 1  hits = hits }\n",
  },
  ({ role, found }) => ({
    message: `${role} expected bool, a range, mod or an enum, found ${found}`,
  }),
);

export const badBounds = define<{ readonly reason: string }>(
  {
    code: "TW0313",
    severity: "error",
    title: "type without values",
    text: "A range `lo..hi` has at least one value, and the size of a serial number space is even and at least 2, so that `before` splits it in halves.",
    example: "var s : mod 5\nrule r { s += 1 }\n",
  },
  ({ reason }) => ({ message: reason }),
);

export const wrongLength = define<{ readonly expected: number; readonly found: number }>(
  {
    code: "TW0314",
    severity: "error",
    title: "array literal of the wrong length",
    text: "An array literal gives one element per value of the index type, in its order.",
    example: "enum Host { A, B }\nvar x : array[Host] of 0..3\nrule r { x = [1, 2, 3] }\n",
  },
  ({ expected, found }) => ({
    message: `expected ${expected} elements, found ${found}`,
  }),
);

export const cyclicType = define<{ readonly cycle: readonly string[] }>(
  {
    code: "TW0315",
    severity: "error",
    title: "type that contains itself",
    text: "All types are finite, so a type cannot contain itself, directly or through others.",
    example:
      "record List { head : bool  tail : List }\nvar l : List\nrule r when l.head { l.head = false }\n",
  },
  ({ cycle }) => ({
    message: `\`${cycle[0] ?? ""}\` contains itself`,
    notes: cycle.length > 2 ? [{ message: `through ${cycle.join(" -> ")}` }] : [],
  }),
);

export const badFlag = define<{ readonly flag: string; readonly reason: string }>(
  {
    code: "TW0316",
    severity: "error",
    title: "flag that cannot be one",
    text: "The name after a field's `when` is a boolean field of the same record that is always there.",
    example:
      "record Answer { ok : 0..1  code : 0..3 when ok }\nvar a : Answer\nrule r { a.ok = 1  a = { } }\n",
  },
  ({ flag, reason }) => ({ message: `\`${flag}\` cannot be the flag of a field: ${reason}` }),
);

export const alwaysFails = define<{ readonly reason: string }>(
  {
    code: "TW0317",
    severity: "error",
    title: "expression that always fails",
    text: "A division by a constant zero or an index that is always outside its array would be a model error whenever it is evaluated.",
    example: "var n : 0..3\nrule r { n = n / 0 }\n",
  },
  ({ reason }) => ({ message: reason }),
);

export const instanceMissing = define<{ readonly process: string; readonly indexed: boolean }>(
  {
    code: "TW0318",
    severity: "error",
    title: "process without or with too many an index",
    text: "`p[i].x` names a variable of one instance of an indexed process, `p.x` one of a single process.",
    example:
      "enum Host { A, B }\nprocess p[me: Host] { var x : bool  rule r { x = true } }\ninvariant i : not p.x\n",
  },
  ({ process, indexed }) => ({
    message: indexed
      ? `\`${process}\` has one instance per index, and none is named here`
      : `\`${process}\` is a single process and has no index`,
    help: indexed ? `write \`${process}[…]\`` : `write \`${process}\` without an index`,
  }),
);

export const needsConstant = define<{ readonly what: string; readonly notes?: readonly Note[] }>(
  {
    code: "TW0319",
    severity: "error",
    title: "value that is not constant",
    text: "Bounds of types, domains and network clauses are computed before the model runs, from constants alone.",
    example: "var n : 0..3\nrule r(k: 0..3) { for i in 0..k { n = i } }\n",
  },
  ({ what, notes }) => ({ message: `${what} must be constant`, notes: notes ?? [] }),
);

export const constantFails = define<{ readonly reason: string }>(
  {
    code: "TW0320",
    severity: "error",
    title: "constant expression that fails",
    text: "The value of a constant expression could not be computed: it divides by zero, indexes outside an array, unwraps `none` or leaves a range.",
    example: "const N = 0\nvar x : 0..10 / N\nrule r { x = 0 }\n",
  },
  ({ reason }) => ({ message: `this constant has no value: ${reason}` }),
);

export const typesDefinitions = [
  wrongType,
  neverFits,
  wrongOperands,
  unknownLiteralType,
  wrongArity,
  fieldTwice,
  fieldNeedsValue,
  unguardedField,
  fieldWithoutFlag,
  matchNotCovering,
  patternTwice,
  notEnumerable,
  badBounds,
  wrongLength,
  cyclicType,
  badFlag,
  alwaysFails,
  instanceMissing,
  needsConstant,
  constantFails,
] as const;
