// What breaks the separation of ghosts, and what is declared for nothing: more TW04xx diagnostics.

import { define, type Note } from "../source/index.ts";

export const ghostInfluences = define<{
  readonly ghost: string;
  readonly into: string;
  readonly notes: readonly Note[];
}>(
  {
    code: "TW0401",
    severity: "error",
    title: "ghost that flows into behaviour",
    text: "Ghost data exist for the proof only: properties, arguments of `emit` and ghost assignments may read them. If anything else could, a proof could depend on what no real host knows.",
    example:
      "ghost var seen : 0..3\nvar n : 0..3\nrule r { seen = 1  n = seen }\ninvariant i : seen < 3\n",
  },
  ({ ghost, into, notes }) => ({
    message: `ghost \`${ghost}\` would flow into ${into}`,
    notes,
    help: "only properties, `emit` and ghost assignments may read ghosts",
  }),
);

export const ghostDecides = define<{
  readonly ghost: string;
  readonly what: string;
  readonly notes: readonly Note[];
}>(
  {
    code: "TW0402",
    severity: "error",
    title: "ghost that decides what happens",
    text: "Whether something happens in the model may not depend on ghost data. Under a condition on ghosts only ghost assignments and `emit` may stand, and no `bound` reads them. `final` may: it only judges states.",
    example:
      "ghost var seen : bool\nvar n : 0..3\nrule r { seen = true  if seen { n = 1 } }\ninvariant i : seen or n == 0\n",
  },
  ({ ghost, what, notes }) => ({
    message: `ghost \`${ghost}\` would decide ${what}`,
    notes,
    help: "under a condition on ghosts only ghost assignments and `emit` may stand",
  }),
);

export const ghostLeftOut = define<{ readonly fields: readonly string[] }>(
  {
    code: "TW0403",
    severity: "error",
    title: "ghost field left out of a message",
    text: "A field that is left out is zero, which for a ghost would silently mean something to a property. A literal of a message gives every ghost field.",
    example:
      "message M { f : bool  ghost life : 0..3 }\nnetwork n carries M { capacity 1 }\nrule r { send n { f } }\nprocess p { on receive s { case a when s.f { } ignore } }\ninvariant i : forall s in n: s.life == 0\n",
  },
  ({ fields }) => ({
    message: `a message must give the ghost ${fields.length === 1 ? "field" : "fields"} ${fields.map((it) => `\`${it}\``).join(", ")}`,
  }),
);

export const unused = define<{ readonly what: string; readonly name: string }>(
  {
    code: "TW0430",
    severity: "warning",
    title: "unused declaration",
    text: "Nothing refers to this declaration. Remove it, or begin its name with `_` to keep it.",
    example: "const SPARE = 3\nvar x : bool\nrule r { x = true }\n",
  },
  ({ what, name }) => ({ message: `${what} \`${name}\` is never used` }),
);

export const unreadGhost = define<{ readonly name: string }>(
  {
    code: "TW0431",
    severity: "warning",
    title: "ghost that no property reads",
    text: "A ghost serves properties. One that neither a property nor an argument of `emit` nor another ghost reads only makes the state larger.",
    example: "ghost var seen : bool\nrule r { seen = true }\n",
  },
  ({ name }) => ({ message: `no property reads the ghost \`${name}\`` }),
);

export const ghostsDefinitions = [
  ghostInfluences,
  ghostDecides,
  ghostLeftOut,
  unused,
  unreadGhost,
] as const;
