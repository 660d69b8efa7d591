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

export const usageDefinitions: readonly Explanation[] = [noSuchCheck, noSuchProperty].map(
  (it) => it.explanation,
);
