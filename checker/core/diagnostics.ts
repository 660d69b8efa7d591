// What can be wrong with a program once it is instantiated: codes, explanations and wording.

import { define, type Explanation, type Note, type Span } from "../source/index.ts";

const notes = (places: readonly Note[]) => (places.length === 0 ? {} : { notes: places });

const list = (items: readonly string[]): string => items.join(", ");

export const hookUnfilled = define<{
  readonly hook: string;
  readonly instances: readonly string[];
  readonly notes: readonly Note[];
}>(
  {
    code: "TW0450",
    severity: "error",
    title: "hook without a body",
    text: "A `fn` or `proc` without a body is a hook. Every instance of its process needs exactly one body for it, in the process itself or in one `extend` that applies to the instance.",
    example: `process clock_face {
  var hand : 0..3
  proc chime()
  rule strike { chime() }
}`,
  },
  (facts) => ({
    message: `hook \`${facts.hook}\` has no body in ${list(facts.instances)}`,
    help: "give it a body in an `extend` that applies there",
    ...notes(facts.notes),
  }),
);

export const hookFilledTwice = define<{
  readonly hook: string;
  readonly instances: readonly string[];
  readonly notes: readonly Note[];
}>(
  {
    code: "TW0451",
    severity: "error",
    title: "two bodies for one name",
    text: "A `fn` or `proc` of a process has exactly one body in each instance. Two extensions that both fill a hook must not apply to the same instance: give them `when` conditions that exclude each other.",
    example: `process clock_face {
  var hand : 0..3
  proc chime()
  rule strike { chime() }
}
extend clock_face { proc chime() { hand = 0 } }
extend clock_face { proc chime() { hand = 1 } }`,
  },
  (facts) => ({
    message: `\`${facts.hook}\` has a second body in ${list(facts.instances)}`,
    ...notes(facts.notes),
  }),
);

export const handlersOverlap = define<{
  /** "segments of `wire`" or "the expiry of `tw`" */
  readonly what: string;
  readonly states: readonly string[];
  readonly instances: readonly string[];
  readonly notes: readonly Note[];
}>(
  {
    code: "TW0452",
    severity: "error",
    title: "overlapping handlers",
    text: "For each instance and control state at most one `on receive` handles the segments of a network, and at most one `on expire` a timer. Take the state out of one of the two `in` lists, or make two extensions exclude each other.",
    example: `enum Phase { IDLE, BUSY }
process worker {
  state Phase
  timer t
  rule begin in IDLE { start t(1)  -> BUSY }
  on expire t in BUSY { -> IDLE }
  on expire t { -> IDLE }
}`,
  },
  (facts) => ({
    message:
      facts.states.length === 0
        ? `a second handler for ${facts.what} in ${list(facts.instances)}`
        : `a second handler for ${facts.what} in ${list(facts.states)} of ${list(facts.instances)}`,
    ...notes(facts.notes),
  }),
);

export const handlerGap = define<{
  readonly network: string;
  readonly states: readonly string[];
  readonly instances: readonly string[];
}>(
  {
    code: "TW0453",
    severity: "error",
    title: "control state without a handler",
    text: "A process that receives from a network says in every control state what it does with a segment. Name the missing states in an `on receive`; `ignore` is a legal answer, so is `else { … }`.",
    example: `enum Phase { IDLE, BUSY }
message Ping { }
network line carries Ping { capacity 1 }
process worker {
  state Phase
  rule begin in IDLE { send line { }  -> BUSY }
  on receive p in BUSY { else { -> IDLE } }
}`,
  },
  (facts) => ({
    message:
      facts.states.length === 0
        ? `${list(facts.instances)} has no handler for segments of \`${facts.network}\``
        : `no handler for segments of \`${facts.network}\` in ${list(facts.states)} of ${list(facts.instances)}`,
    help: "add an `on receive` for it; `ignore` is an answer too",
  }),
);

export const memberTwice = define<{
  readonly name: string;
  readonly instances: readonly string[];
  readonly notes: readonly Note[];
}>(
  {
    code: "TW0454",
    severity: "error",
    title: "member declared twice in an instance",
    text: "Two extensions that apply to the same instance may not declare a variable, timer or rule of the same name.",
    example: `process worker { rule idle { } }
extend worker { var tally : 0..3 }
extend worker { var tally : 0..7 }`,
  },
  (facts) => ({
    message: `\`${facts.name}\` is declared a second time in ${list(facts.instances)}`,
    ...notes(facts.notes),
  }),
);

export const timerUnbounded = define<{ readonly timer: string; readonly start: Span }>(
  {
    code: "TW0650",
    severity: "error",
    title: "timer without a longest run",
    text: "The range of a timer is inferred from the ticks with which it is started, so these need a finite range. An expression over `left(t)` has none: put `min(e, N)` round it.",
    example: `process worker {
  timer t
  rule begin when not running(t) { start t(1) }
  rule longer when running(t) { start t(left(t) + 1) }
  on expire t { }
}`,
  },
  (facts) => ({
    message: `the ticks of \`${facts.timer}\` have no upper bound`,
    help: "bound them with `min(…, N)`",
    notes: [{ message: "it is started with these", span: facts.start }],
  }),
);

export const codeTooLarge = define<{ readonly limit: number }>(
  {
    code: "TW0651",
    severity: "error",
    title: "model too large after inlining",
    text: "Procedures and functions are inlined and loops are written out. Calls within calls within loops can make more code than could be searched.",
  },
  (facts) => ({ message: `the model has more than ${facts.limit} statements after inlining` }),
);

export const tooManyCombinations = define<{
  readonly combinations: number;
  readonly limit: number;
}>(
  {
    code: "TW0652",
    severity: "error",
    title: "too many combinations in every state",
    text: "All combinations of a rule's parameters, and all rounds of quantifiers within quantifiers, are gone through in every state. Choose fewer values, or let one step choose after the other.",
    example: `var x : 0..3
rule go(a: 0..4000, b: 0..4000, c: 0..4000) when a + b + c == 7 { x = 1 }`,
  },
  (facts) => ({
    message: `${facts.combinations} combinations to go through in every state; at most ${facts.limit} are possible`,
    help: "use smaller ranges, or several steps",
  }),
);

/** All codes of this layer, for `check explain` and the reference. */
export const coreDefinitions: readonly Explanation[] = [
  hookUnfilled,
  hookFilledTwice,
  handlersOverlap,
  handlerGap,
  memberTwice,
  timerUnbounded,
  codeTooLarge,
  tooManyCombinations,
].map((it) => it.explanation);
