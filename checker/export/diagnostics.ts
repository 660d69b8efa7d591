// What can be wrong with a trace file, and with what is asked of a trace.

import { define, type Explanation } from "../source/index.ts";

export const damagedTrace = define<{ readonly what: string }>(
  {
    code: "TW0140",
    severity: "error",
    title: "a damaged trace file",
    text: "The file begins like a trace, or is named like one, and is not what `check --out` wrote: something was changed, cut off or added. Every value of the file is compared with what the model does, so that no export shows what never happened. Write it again with `--out`.",
  },
  ({ what }) => ({
    message: `this is not a whole trace file: ${what}`,
    help: "write it again with `check FILE --out DIR`",
  }),
);

export const foreignTrace = define<{ readonly what: string }>(
  {
    code: "TW0141",
    severity: "error",
    title: "not a trace file",
    text: 'A trace file is a JSON object with `"kind": "trace"` and the number of its format, as `check FILE --out DIR` writes it. ITF files and results of `--json` are other formats, and a newer version of `check` may write a newer one.',
  },
  ({ what }) => ({
    message: `this is no trace file that can be read here: ${what}`,
    help: "`check FILE --out DIR` writes one per violation",
  }),
);

export const staleTrace = define<{
  readonly source: string;
  readonly isBehaviour: boolean;
}>(
  {
    code: "TW0142",
    severity: "error",
    title: "a trace of another text",
    text: "The model has changed since the trace was made; comments and layout do not count. The trace may still be a behaviour of the model, but what it says of states may not be true any more. Run the check again with `--out`, or export the trace as a test before changing the model: such a test goes on as long as the steps are possible.",
  },
  ({ source, isBehaviour }) => ({
    message: `\`${source}\` is not the text that this trace was made of`,
    help: "run the check again with `--out`",
    notes: [
      {
        message: isBehaviour
          ? "the steps are still possible, and what is said to fail still fails"
          : "the steps are not possible any more, or nothing fails at their end",
      },
    ],
  }),
);

export const impossibleTrace = define<{ readonly what: string }>(
  {
    code: "TW0143",
    severity: "error",
    title: "a trace that the model does not have",
    text: "The reference interpreter executes every step of a trace before the trace is shown. The text of the model is the one that the trace was made of, so the file was changed, or `check` itself behaves otherwise than the version that wrote it.",
  },
  ({ what }) => ({
    message: `the model does not do this: ${what}`,
    help: "write it again with `check FILE --out DIR`",
  }),
);

export const missingModel = define<{ readonly source: string; readonly reason: string }>(
  {
    code: "TW0144",
    severity: "error",
    title: "a trace without its model",
    text: "A trace names the file of its model as seen from the folder in which it was made, and is replayed on that model before anything is made of it. Run the command in that folder, or name the model with `--model`.",
  },
  ({ source, reason }) => ({
    message: `the model of this trace, \`${source}\`, cannot be read: ${reason}`,
    help: "run this in the folder in which the trace was made, or name the model with `--model FILE`",
  }),
);

export const missingCheck = define<{ readonly source: string; readonly check: string }>(
  {
    code: "TW0145",
    severity: "error",
    title: "a trace of a check that is gone",
    text: "The configuration of a trace is that of the check it comes from, found by its title.",
  },
  ({ source, check }) => ({
    message:
      check === ""
        ? `\`${source}\` has checks now, and the trace comes from a file without`
        : `\`${source}\` has no check "${check}" any more`,
    help: "run the check again with `--out`",
  }),
);

export const unbound = define<{ readonly what: string }>(
  {
    code: "TW0530",
    severity: "error",
    title: "no binding to TCP",
    text: "Packets need to know which fields, hosts, calls and switches of the model are those of TCP. A `binding tcp { … }` says so: `segment` with at least SEQ, ACKNO and the flags, and `hosts` with an address for each host.",
  },
  ({ what }) => ({
    message: `there is no telling what this model is in a real TCP: ${what}`,
    help: "say it in a `binding tcp { … }`",
  }),
);

export const tooManyStates = define<{ readonly limit: number }>(
  {
    code: "TW0531",
    severity: "error",
    title: "a state graph too large to be drawn",
    text: "A drawing of thousands of states shows nothing. Give constants smaller values with `--set`, draw a model of the part in question, merge states that differ only in other variables with `--on`, or draw it all the same with `--force`.",
  },
  ({ limit }) => ({
    message: `the model has more than ${limit} states`,
    help: "make constants smaller with `--set`, merge states with `--on VARIABLE,…`, or insist with `--force`",
  }),
);

export const unknownVariable = define<{
  readonly name: string;
  readonly known: readonly string[];
}>(
  {
    code: "TW0532",
    severity: "error",
    title: "no variable of that name",
    text: "`--on` takes names of variables as traces write them, such as `tcp[A].state`, separated by commas.",
  },
  ({ name, known }) => ({
    message: `no variable is called \`${name}\``,
    help: `there are ${known.slice(0, 12).join(", ")}${known.length > 12 ? ", …" : ""}`,
  }),
);

export const unknownHost = define<{ readonly name: string; readonly known: readonly string[] }>(
  {
    code: "TW0533",
    severity: "error",
    title: "no host of that name",
    text: "`--as` takes the name of a host of the binding: the one that is the kernel under test.",
  },
  ({ name, known }) => ({
    message: `no host is called \`${name}\``,
    help: `there are ${known.join(", ")}`,
  }),
);

export const noScript = define<{ readonly why: string }>(
  {
    code: "TW0534",
    severity: "error",
    title: "a trace that makes no test",
    text: "A test made of a trace names of each step what people see: the action, its parameters, the segment without its ghosts, and the control states. Where a thousand behaviours and more are the same in all of that, or none of them fails, such a test would guard nothing. Name the choice in a rule's parameter, or keep the trace file and replay it.",
  },
  ({ why }) => ({
    message: `no test can be made of this trace: ${why}`,
    help: "keep the trace itself: `check export` and `check replay` do every step of it again",
  }),
);

export const exportDefinitions: readonly Explanation[] = [
  damagedTrace,
  foreignTrace,
  staleTrace,
  impossibleTrace,
  missingModel,
  missingCheck,
  unbound,
  tooManyStates,
  unknownVariable,
  unknownHost,
  noScript,
].map((it) => it.explanation);
