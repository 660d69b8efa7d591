// What can be wrong with words of the command line that only a specification can tell.

import { define, type Explanation } from "../source/index.ts";

export const noSuchCheck = define<{ readonly pattern: string; readonly titles: readonly string[] }>(
  {
    code: "TW0590",
    severity: "error",
    title: "no check of that name",
    text: "`--check` takes the title of a check or sweep, with `*` for any text and `?` for any character. `--list` shows all titles.",
  },
  ({ pattern, titles }) => ({
    message: `no check or sweep is called \`${pattern}\``,
    ...(titles.length === 0
      ? { help: "the file has no checks" }
      : { notes: titles.slice(0, 20).map((it) => ({ message: `there is "${it}"` })) }),
  }),
);

export const noSuchProperty = define<{ readonly name: string; readonly names: readonly string[] }>(
  {
    code: "TW0591",
    severity: "error",
    title: "no property of that name",
    text: "`--only` takes the name of a property, or `deadlock`.",
  },
  ({ name, names }) => ({
    message: `no property is called \`${name}\``,
    help: names.length === 0 ? "there are no properties" : `the properties are ${names.join(", ")}`,
  }),
);

export const traceForModel = define<{ readonly source: string | undefined }>(
  {
    code: "TW0592",
    severity: "error",
    title: "a trace where a model is to be",
    text: "`check conform` makes the traces that it plays by itself, from a model. One trace that `check --out` wrote is played by `check replay`.",
  },
  ({ source }) => ({
    message: "this is a trace, and not a model",
    help:
      "play it with `check replay TRACE --on WHAT`" +
      (source === undefined ? "" : `, or name its model, \`${source}\``),
  }),
);

export const noSuchSwitch = define<{
  readonly name: string;
  readonly nearest: string | undefined;
}>(
  {
    code: "TW0593",
    severity: "error",
    title: "no switch of that name",
    text: "`--sysctl` takes a switch that the kernel of this machine has for IPv4, with or without `net.ipv4.` before it. `sysctl -a --pattern net.ipv4` lists them.",
  },
  ({ name, nearest }) => ({
    message: `this kernel has no switch \`net.ipv4.${name}\``,
    help:
      nearest === undefined
        ? "`sysctl -a --pattern net.ipv4` lists all that it has"
        : `did you mean \`${nearest}\`?`,
  }),
);

export const usageDefinitions: readonly Explanation[] = [
  noSuchCheck,
  noSuchProperty,
  traceForModel,
  noSuchSwitch,
].map((it) => it.explanation);
