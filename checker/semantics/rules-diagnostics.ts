// What breaks the rules of statements, networks and processes: the TW04xx diagnostics but for
// ghosts and bindings.

import { define, type Span } from "../source/index.ts";

export const notAssignable = define<{ readonly reason: string; readonly help?: string }>(
  {
    code: "TW0404",
    severity: "error",
    title: "target that cannot be assigned",
    text: "Only variables, their fields and their elements can be assigned: constants, parameters, `let` names and received segments keep their value.",
    example: "const N = 3\nvar x : 0..3\nrule r { N = x }\n",
  },
  ({ reason, help }) => ({
    message: `cannot assign: ${reason}`,
    ...(help === undefined ? {} : { help }),
  }),
);

export const recursion = define<{ readonly cycle: readonly string[] }>(
  {
    code: "TW0405",
    severity: "error",
    title: "recursion",
    text: "Functions and procedures are inlined, so they cannot call themselves, directly or through others. Use `for`, or a step per iteration.",
    example: "fn f(n: 0..3): 0..3 = f(n)\nvar x : 0..3\nrule r { x = f(x) }\n",
  },
  ({ cycle }) => ({
    message: `\`${cycle[0] ?? ""}\` calls itself`,
    notes: cycle.length > 2 ? [{ message: `through ${cycle.join(" -> ")}` }] : [],
  }),
);

export const noControlState = define<{ readonly where: string }>(
  {
    code: "TW0406",
    severity: "error",
    title: "no control state here",
    text: "`in` and `->` speak of the control state of a process, so they stand in a process that declares `state`.",
    example: "var x : bool\nprocess p { rule r { x = true  -> DONE } }\n",
  },
  ({ where }) => ({ message: `${where} declares no control state` }),
);

export const misplacedDone = define<{ readonly where: string }>(
  {
    code: "TW0407",
    severity: "error",
    title: "`done` outside a handler",
    text: "`done` ends the cases or stages of an `on receive`. Rules, expiries, procedures and `init` end where they end.",
    example: "var x : bool\nrule r { x = true  done }\n",
  },
  ({ where }) => ({ message: `\`done\` ends an \`on receive\`, and this is ${where}` }),
);

export const misplacedDefer = define<Record<never, never>>(
  {
    code: "TW0408",
    severity: "error",
    title: "`defer` that is not the whole body of a case",
    text: "`defer` leaves the segment in the network, so nothing else may happen with it: it is the only statement of a case of an `on receive`.",
    example: "var x : bool\nrule r { x = true  defer }\n",
  },
  () => ({ message: "`defer` is allowed only as the whole body of a case of an `on receive`" }),
);

export const misplacedReprocess = define<{ readonly reason: string }>(
  {
    code: "TW0409",
    severity: "error",
    title: "`reprocess` that cannot work",
    text: "`reprocess s in S` hands the segment of the surrounding `on receive s` to the handler of state S.",
    example: "var x : bool\nrule r { x = true  reprocess s in A }\n",
  },
  ({ reason }) => ({ message: `cannot reprocess: ${reason}` }),
);

export const reprocessCycle = define<{ readonly cycle: readonly string[] }>(
  {
    code: "TW0410",
    severity: "error",
    title: "endless reprocessing",
    text: "A segment is reprocessed within one step, so the states it is handed through cannot form a circle.",
    example:
      "enum P { X, Y }\nenum H { A, B }\nmessage M { f : bool }\nnetwork n carries M between H { capacity 1 }\nprocess p[me: H] {\n  state P\n  rule r in X { send n { f } to me  -> Y }\n  on receive s { case a when s.f { reprocess s in Y } ignore }\n}\n",
  },
  ({ cycle }) => ({
    message: `reprocessing runs in a circle: ${cycle.join(" -> ")}`,
  }),
);

export const misplacedAge = define<{ readonly reason: string }>(
  {
    code: "TW0411",
    severity: "error",
    title: "`age` that cannot be given",
    text: "Only `init` may put segments into a network that are older than 0 ticks, and only into a network with a `lifetime`.",
    example:
      "message M { f : bool }\nnetwork n carries M { capacity 1  lifetime 2 }\nrule r { send n { f } age 1 }\nprocess p { on receive s { case a when s.f { } ignore } }\n",
  },
  ({ reason }) => ({ message: reason }),
);

export const wrongTimer = define<{ readonly name: string; readonly reason: string }>(
  {
    code: "TW0412",
    severity: "error",
    title: "not a timer here",
    text: "`start`, `stop`, `running`, `left` and `on expire` take a timer of the process they stand in. `init` and properties write `p[i].t`.",
    example:
      "var x : bool\nprocess p { timer t  rule r { start t(1)  start x(1)  x = true }  on expire t { } }\n",
  },
  ({ name, reason }) => ({ message: `\`${name}\` ${reason}` }),
);

export const twoReceivers = define<{ readonly network: string; readonly first: Span }>(
  {
    code: "TW0413",
    severity: "error",
    title: "network with two receivers",
    text: "The segments of a network are received by one process (all its instances), so that every segment has one handler. Declare a second network.",
    example:
      "message M { f : bool }\nnetwork n carries M { capacity 1 }\nrule r { send n { f } }\nprocess p { on receive s { case a when s.f { } ignore } }\nprocess q { on receive s { case a when s.f { } ignore } }\n",
  },
  ({ network, first }) => ({
    message: `another process receives \`${network}\` already`,
    notes: [{ message: "its receiver is here", span: first }],
  }),
);

export const whichNetwork = define<{ readonly candidates: readonly string[] }>(
  {
    code: "TW0414",
    severity: "error",
    title: "handler of no or of any network",
    text: "Without `on`, a handler receives from the only network whose addresses fit its process. Otherwise say `on receive s on NETWORK`.",
    example:
      'message M { f : bool }\nprocess p { var x : bool  on receive s { case a when x { x = false } ignore } }\nrule r when p.x { let m : M = { f }  assert m.f, "f" }\n',
  },
  ({ candidates }) => ({
    message:
      candidates.length === 0
        ? "no network has segments for this process"
        : `several networks have segments for this process: ${candidates.map((name) => `\`${name}\``).join(", ")}`,
    ...(candidates.length === 0 ? {} : { help: "name one: `on receive … on NETWORK`" }),
  }),
);

export const wrongReceiver = define<{ readonly network: string; readonly reason: string }>(
  {
    code: "TW0415",
    severity: "error",
    title: "process that cannot receive this network",
    text: "A network `between T` delivers to the instances of a process indexed by T; a network without addresses delivers to a single process.",
    example:
      "enum H { A, B }\nmessage M { f : bool }\nnetwork n carries M { capacity 1 }\nrule r { send n { f } }\nprocess p[me: H] { on receive s on n { case a when s.f { } ignore } }\n",
  },
  ({ network, reason }) => ({
    message: `\`${network}\` cannot deliver to this process: ${reason}`,
  }),
);

export const wrongAddress = define<{ readonly reason: string; readonly help?: string }>(
  {
    code: "TW0416",
    severity: "error",
    title: "send with a missing or needless address",
    text: "A network `between T` needs `to`, and `from` where the sender is not a process indexed by T. A network without addresses has neither.",
    example:
      "enum H { A, B }\nmessage M { f : bool }\nnetwork n carries M between H { capacity 1 }\nprocess p[me: H] { rule r { send n { f } }  on receive s { case a when s.f { } ignore } }\n",
  },
  ({ reason, help }) => ({ message: reason, ...(help === undefined ? {} : { help }) }),
);

export const noAttribute = define<{ readonly attribute: string; readonly reason: string }>(
  {
    code: "TW0417",
    severity: "error",
    title: "segment without such an attribute",
    text: "`.to` and `.from` exist on segments of networks with addresses, `.age` on those with a lifetime, and only on the name that `on receive` or a property over the network binds.",
    example:
      "message M { f : bool }\nnetwork n carries M { capacity 1 }\nrule r { send n { f } }\nprocess p { on receive s { case a when s.f { } ignore } }\ninvariant i : forall s in n: s.age == 0\n",
  },
  ({ attribute, reason }) => ({ message: `no \`.${attribute}\` here: ${reason}` }),
);

export const hiddenNetwork = define<{ readonly network: string }>(
  {
    code: "TW0418",
    severity: "error",
    title: "network read outside a property",
    text: "What is in flight can be seen by properties, `bound` and `final` only; a process knows what it has received.",
    example:
      "message M { f : bool }\nnetwork n carries M { capacity 1 }\nrule r when not exists s in n: s.f { send n { f } }\nprocess p { on receive s { case a when s.f { } ignore } }\n",
  },
  ({ network }) => ({ message: `\`${network}\` can be looked into only by properties` }),
);

export const wrongEventForm = define<{ readonly reason: string }>(
  {
    code: "TW0419",
    severity: "error",
    title: "event where none can be",
    text: "Events are emitted by `emit e(…)` and bound by `never n : e(x, …) when …` and `reachable n : e(x, …) when …`; they are no values.",
    example: "event hit(n: 0..3)\nrule r { emit hit(1) }\nreachable some : hit(1)\n",
  },
  ({ reason }) => ({ message: reason }),
);

export const neverRuns = define<{ readonly after: Span }>(
  {
    code: "TW0420",
    severity: "error",
    title: "statement that is never reached",
    text: "Nothing after `done`, `defer` or `reprocess` runs.",
    example:
      "var x : bool\nmessage M { f : bool }\nnetwork n carries M { capacity 1 }\nrule r { send n { f } }\nprocess p { on receive s { case a when s.f { done  x = true } ignore } }\n",
  },
  ({ after }) => ({
    message: "this statement is never reached",
    notes: [{ message: "the handler has ended here", span: after }],
  }),
);

export const branchTwice = define<{ readonly what: string; readonly first: Span }>(
  {
    code: "TW0421",
    severity: "error",
    title: "rule, stage or case named twice",
    text: "Every branch has a name of its own, which traces and coverage use.",
    example: "var x : bool\nrule r { x = true }\nrule r { x = false }\n",
  },
  ({ what, first }) => ({
    message: `${what} is there twice`,
    notes: [{ message: "the first one is here", span: first }],
  }),
);

export const wrongHook = define<{
  readonly name: string;
  readonly reason: string;
  readonly hook: Span;
}>(
  {
    code: "TW0422",
    severity: "error",
    title: "body that does not fit its hook",
    text: "What fills a hook has the parameter types and the result type that the hook declares.",
    example:
      "var x : 0..3\nprocess p { proc bump(n: 0..3)  rule r { bump(1) } }\nextend p { proc bump(n: bool) { if n { x = 1 } } }\n",
  },
  ({ name, reason, hook }) => ({
    message: `\`${name}\` does not fit its hook: ${reason}`,
    notes: [{ message: "the hook is declared here", span: hook }],
  }),
);

export const reservedField = define<{ readonly field: string; readonly network: string }>(
  {
    code: "TW0423",
    severity: "error",
    title: "field with the name of an attribute",
    text: "Segments of a network with addresses have `.to` and `.from`, those with a lifetime `.age`; a message that it carries cannot have fields of these names.",
    example:
      "enum H { A, B }\nmessage M { to : H }\nnetwork n carries M between H { capacity 1 }\nprocess p[me: H] { rule r { send n { to: A } to B }  on receive s { case a when s.to == A { } ignore } }\n",
  },
  ({ field, network }) => ({
    message: `\`${network}\` gives its segments a \`.${field}\` of their own`,
    help: "rename the field",
  }),
);

export const foreignWrite = define<{ readonly process: string }>(
  {
    code: "TW0424",
    severity: "error",
    title: "process that writes into another",
    text: "A process changes its own variables and the global ones. Only `init` and the rules and procedures outside all processes may set `p[i].x`.",
    example: "enum H { A, B }\nprocess p[me: H] { var x : bool  rule r(h: H) { p[h].x = true } }\n",
  },
  ({ process }) => ({
    message: `a process cannot write into an instance of \`${process}\``,
    help: "send a segment, use a global variable, or move the rule out of the process",
  }),
);

export const rulesDefinitions = [
  notAssignable,
  recursion,
  noControlState,
  misplacedDone,
  misplacedDefer,
  misplacedReprocess,
  reprocessCycle,
  misplacedAge,
  wrongTimer,
  twoReceivers,
  whichNetwork,
  wrongReceiver,
  wrongAddress,
  noAttribute,
  hiddenNetwork,
  wrongEventForm,
  neverRuns,
  branchTwice,
  wrongHook,
  reservedField,
  foreignWrite,
] as const;
