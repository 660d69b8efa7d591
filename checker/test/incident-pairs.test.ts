// Holds incidents to their reasons: what a check of an incident finds violated holds beside it, where one thing is otherwise.

import { describe, expect, test } from "vitest";
import { type CheckDeclaration, parse } from "../syntax/index.ts";
import { libraryFiles } from "./library-ids.ts";
import { readRepository } from "./run-text.ts";

/** Constants that say one thing together, each with the reason why one of them alone says nothing. */
const together: readonly { readonly names: readonly RegExp[]; readonly why: string }[] = [
  { names: [/^PROBE(_|$)/], why: "one segment, with its flags, numbers and timestamp" },
  { names: [/^(CONNECTS|LISTENS|SERVES)\b/], why: "who opens, and who is opened to" },
  {
    names: [/^(TIMESTAMPS|PROBE_STAMP)$/],
    why: "only a connection with timestamps has segments with them",
  },
  { names: [/^(TS_SPACE|STAMP_AGE)$/], why: "an age, and timestamps enough to tell it" },
];

interface Asked {
  readonly check: CheckDeclaration;
  readonly knobs: ReadonlyMap<string, string>;
}

const askedIn = (file: string): readonly Asked[] => {
  const text = readRepository(file);
  const written = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    text.slice(start, end).replaceAll(/\s+/g, " ");
  return parse(file, text).value.declarations.flatMap((check) =>
    check.kind === "check"
      ? [
          {
            check,
            knobs: new Map(
              check.overrides.map(({ name, index, value }) => [
                index === undefined ? name.text : `${name.text}[${written(index.span)}]`,
                written(value.span),
              ]),
            ),
          },
        ]
      : [],
  );
};

/** What two checks say otherwise. */
const differing = (left: Asked, right: Asked): readonly string[] =>
  [...new Set([...left.knobs.keys(), ...right.knobs.keys()])].filter(
    (name) => left.knobs.get(name) !== right.knobs.get(name),
  );

/** That nothing happens where no segment comes is no reason. */
const saysNothing = (names: readonly string[]): boolean =>
  names.length === 1 && names[0] === "PROBE";

const isOneThing = (names: readonly string[]): boolean =>
  (names.length === 1 && !saysNothing(names)) ||
  (names.length > 1 &&
    together.some((it) => names.every((name) => it.names.some((one) => one.test(name)))));

const violatedBy = ({ check }: Asked): readonly string[] =>
  check.expectation.kind === "violated" ? check.expectation.names.map((it) => it.text) : [];

const holdsIn = (property: string, asked: Asked): boolean =>
  asked.check.expectation.kind !== "error" &&
  (asked.check.only.length === 0 || asked.check.only.some((it) => it.text === property)) &&
  !violatedBy(asked).includes(property);

const isIncident = ({ check }: Asked): boolean => /^I\d+ /.test(check.title);

/** The violations for which no check of the file has the other verdict for one reason. */
const unpaired = (file: string): readonly string[] => {
  const all = askedIn(file);
  return all.filter(isIncident).flatMap((it) =>
    violatedBy(it)
      .filter(
        (property) =>
          !all.some((other) => holdsIn(property, other) && isOneThing(differing(it, other))),
      )
      .map((property) => `${it.check.title}: ${property}`),
  );
};

describe("incidents", () => {
  const files = libraryFiles.filter((it) => askedIn(it).some(isIncident));

  test("stand in the specification and in the models", () => {
    expect(files).toContain("spec/timewait.tw");
    expect(files.length).toBeGreaterThan(5);
  });

  test.each(files)("%s: what is violated holds where one thing is otherwise", (file) => {
    expect(unpaired(file)).toEqual([]);
  });

  test("one thing is one constant, or what is said together", () => {
    expect(isOneThing(["RFC1337"])).toBe(true);
    expect(isOneThing(["PROBE_SEQ", "PROBE_SYN"])).toBe(true);
    expect(isOneThing(["RFC1337", "PROBE"])).toBe(false);
    expect(isOneThing(["PROBE"])).toBe(false);
    expect(isOneThing([])).toBe(false);
  });
});
