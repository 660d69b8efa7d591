// What a `binding` says of TCP that cannot be: the TW0425 to TW0427 diagnostics.

import { define, type Note } from "../source/index.ts";

export const bindingMismatch = define<{
  readonly reason: string;
  readonly notes?: readonly Note[];
}>(
  {
    code: "TW0425",
    severity: "error",
    title: "binding that does not fit the model",
    text: "A `binding` says which declarations of the model stand for TCP's: flags are boolean fields, sequence numbers are serial numbers, hosts have IPv4 addresses, calls are rules.",
    example:
      "message M { f : bool }\nnetwork n carries M { capacity 1 }\nrule r { send n { f } }\nprocess p { on receive s { case a when s.f { } ignore } }\nbinding tcp { segment M { SEQ = f } }\n",
  },
  ({ reason, notes }) => ({ message: reason, notes: notes ?? [] }),
);

export const machineSwitch = define<{ readonly key: string }>(
  {
    code: "TW0426",
    severity: "error",
    title: "switch that is not one of IPv4",
    text: "A replay sets the switches of a `binding` in a network namespace of its own, as root. Those of `net.ipv4` exist once per namespace; others are those of the whole machine, which no model may change. Names that begin with `socket.` are no switches of a kernel, but say how the application works.",
    example:
      "const N = 3\nvar x : 0..N\nrule r when x < N { x += 1 }\nbinding tcp { sysctl kernel.panic = N }\n",
  },
  ({ key }) => ({
    message: `\`${key}\` is no switch of \`net.ipv4\`, and may be one of the whole machine`,
    help: "write `net.ipv4.NAME`, or `socket.NAME` for what the application does",
  }),
);

export const unknownBindingWord = define<{
  readonly what: string;
  readonly name: string;
  readonly known: readonly string[];
  readonly nearest: string | undefined;
}>(
  {
    code: "TW0427",
    severity: "error",
    title: "word of a binding that nothing reads",
    text: "Replays and exports know some calls of an application, some keys that begin with `socket.`, and some timers. What is bound to another word would silently have no effect, and a replay would ask something else of a stack than the model does.",
    example:
      "const N = 3\nvar x : 0..N\nrule r when x < N { x += 1 }\nbinding tcp { sysctl socket.windov = N }\n",
  },
  ({ what, name, known, nearest }) => ({
    message: `there is no ${what} \`${name}\``,
    help: nearest === undefined ? `there are ${known.join(", ")}` : `did you mean \`${nearest}\`?`,
  }),
);

export const bindingDefinitions = [bindingMismatch, machineSwitch, unknownBindingWord] as const;
