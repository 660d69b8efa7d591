// What is wrong with names: the TW02xx diagnostics of semantics.

import { define, type Note, type Span } from "../source/index.ts";

const nearestHelp = (nearest: string | undefined): { readonly help?: string } =>
  nearest === undefined ? {} : { help: `did you mean \`${nearest}\`?` };

export const unknownName = define<{ readonly name: string; readonly nearest: string | undefined }>(
  {
    code: "TW0201",
    severity: "error",
    title: "unknown name",
    text: "No declaration that can be seen from here has this name. Check the spelling, or import the file that declares it.",
    example: "var lastAck : bool\nrule r when lastAkc { lastAck = true }\n",
  },
  ({ name, nearest }) => ({
    message: `no name \`${name}\` is in scope`,
    ...nearestHelp(nearest),
  }),
);

export const nameTwice = define<{ readonly name: string; readonly first: Span }>(
  {
    code: "TW0202",
    severity: "error",
    title: "name declared twice",
    text: "All files of a program share one namespace, and a process cannot reuse a name of its surroundings. Rename one of the two declarations.",
    example: "var x : bool\nconst x = 3\nrule r { x = true }\n",
  },
  ({ name, first }) => ({
    message: `the name \`${name}\` is declared twice`,
    notes: [{ message: `\`${name}\` is first declared here`, span: first }],
  }),
);

export const wrongKindOfName = define<{
  readonly name: string;
  readonly found: string;
  readonly expected: string;
  readonly help?: string;
}>(
  {
    code: "TW0203",
    severity: "error",
    title: "name of the wrong kind",
    text: "The name exists, but what it names cannot stand here: a type is not a value, a procedure is not a function, a message is not a network.",
    example: "enum Host { A, B }\nvar x : bool\nrule r { x = Host }\n",
  },
  ({ name, found, expected, help }) => ({
    message: `\`${name}\` is ${found}, but ${expected} is needed here`,
    ...(help === undefined ? {} : { help }),
  }),
);

export const unknownField = define<{
  readonly owner: string;
  readonly name: string;
  readonly nearest: string | undefined;
}>(
  {
    code: "TW0204",
    severity: "error",
    title: "unknown field or member",
    text: "A record or message has only the fields that it declares; a process shows its variables, timers and control state.",
    example:
      "record Point { x, y : 0..3 }\nvar p : Point\nrule r when p.z == 0 { p.x = 1  p.y = 1 }\n",
  },
  ({ owner, name, nearest }) => ({
    message: `${owner} has no \`${name}\``,
    ...nearestHelp(nearest),
  }),
);

export const hidesName = define<{ readonly name: string; readonly outer: Span | undefined }>(
  {
    code: "TW0205",
    severity: "error",
    title: "local name hides another",
    text: "A parameter, a `let` or a bound name may not have the name of anything else that can be seen here, so that a name means one thing wherever it stands.",
    example: "var x : 0..3\nrule r(x: 0..3) { }\nrule s { x = 1 }\n",
  },
  ({ name, outer }) => ({
    message: `the local name \`${name}\` would hide another`,
    notes: outer === undefined ? [] : [{ message: `\`${name}\` is declared here`, span: outer }],
    ...(outer === undefined
      ? { help: `\`${name}\` has a meaning of its own in the language` }
      : {}),
  }),
);

export const unreadableImport = define<{ readonly path: string; readonly reason: string }>(
  {
    code: "TW0206",
    severity: "error",
    title: "import cannot be read",
    text: "An import is a path relative to the importing file, or `timewait:` and the path of a file that the package ships.",
    example: 'import "nowhere.tw"\n',
  },
  ({ path, reason }) => ({ message: `cannot read \`${path}\`: ${reason}` }),
);

export const importCycle = define<{ readonly cycle: readonly string[] }>(
  {
    code: "TW0207",
    severity: "error",
    title: "import cycle",
    text: "Files cannot import each other in a circle: imports are elaborated before their importers. Move what both need into a third file.",
  },
  ({ cycle }) => ({
    message: "this import closes a cycle",
    notes: [{ message: `the cycle is ${cycle.join(" -> ")}` }],
  }),
);

export const unknownState = define<{
  readonly name: string;
  readonly type: string;
  readonly nearest: string | undefined;
}>(
  {
    code: "TW0208",
    severity: "error",
    title: "unknown control state",
    text: "`in` and `->` name members of the enum that the process declares as its `state`.",
    example:
      "enum Phase { IDLE, BUSY }\nprocess p {\n  state Phase\n  rule go in IDLE { -> BUSI }\n}\n",
  },
  ({ name, type, nearest }) => ({
    message: `\`${name}\` is no state of \`${type}\``,
    ...nearestHelp(nearest),
  }),
);

export const builtinName = define<{ readonly name: string }>(
  {
    code: "TW0209",
    severity: "error",
    title: "name of a builtin function",
    text: "The functions `before after window min max abs int size running left` belong to the language and cannot be declared again.",
    example: "fn min(a: 0..3): 0..3 = a\nvar x : 0..3\nrule r { x = max(x, 1) }\n",
  },
  ({ name }) => ({ message: `\`${name}\` is a builtin function and cannot be declared` }),
);

export const notConstant = define<{ readonly name: string; readonly what: string }>(
  {
    code: "TW0210",
    severity: "error",
    title: "variable where a constant is needed",
    text: "Constants, types, initial values, network clauses and the condition of an `extend` are known before the model runs, so they cannot read its variables.",
    example: "var x : 0..3\nvar y : 0..3 = x\nrule r { y = 1 }\n",
  },
  ({ name, what }) => ({
    message: `\`${name}\` is ${what}, but only constants are known here`,
  }),
);

export const unknownProperty = define<{
  readonly name: string;
  readonly nearest: string | undefined;
}>(
  {
    code: "TW0211",
    severity: "error",
    title: "unknown property",
    text: "`only` and `violated` name an `invariant`, `never`, `reachable` or `recoverable` of the program; `violated` knows `deadlock` and `assert` too.",
    example:
      'var x : 0..3\nrule r { x = 1 }\ninvariant small : x < 2\ncheck "c" only smal expect holds\n',
  },
  ({ name, nearest }) => ({
    message: `no property is called \`${name}\``,
    ...nearestHelp(nearest),
  }),
);

export const notInEveryInstance = define<{
  readonly name: string;
  readonly process: string;
  readonly notes: readonly Note[];
}>(
  {
    code: "TW0212",
    severity: "error",
    title: "member that some instance lacks",
    text: "A member that an `extend … when` declares exists only in the instances the condition selects. Select such an instance with a constant index, or declare the member for all.",
    example:
      "enum Host { A, B }\nprocess p[me: Host] { rule idle { } }\nextend p when me == A { var extra : bool  rule r { extra = true } }\ninvariant i : forall h in Host: not p[h].extra\n",
  },
  ({ name, process, notes }) => ({
    message: `not every instance of \`${process}\` that is meant here has \`${name}\``,
    notes,
  }),
);

export const namesDefinitions = [
  unknownName,
  nameTwice,
  wrongKindOfName,
  unknownField,
  hidesName,
  unreadableImport,
  importCycle,
  unknownState,
  builtinName,
  notConstant,
  unknownProperty,
  notInEveryInstance,
] as const;
