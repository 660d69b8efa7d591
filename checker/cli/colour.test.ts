import { expect, test } from "vitest";
import { type ColourFacts, wantsColour } from "./colour.ts";

const facts = (more: Partial<ColourFacts>): ColourFacts => ({
  flag: "auto",
  environment: {},
  isTerminal: true,
  ...more,
});

test.each<[string, Partial<ColourFacts>, boolean]>([
  ["a terminal has colour", {}, true],
  ["a pipe has none", { isTerminal: false }, false],
  ["TERM=dumb has none", { environment: { TERM: "dumb" } }, false],
  [
    "FORCE_COLOR beats TERM and the pipe",
    facts({ environment: { FORCE_COLOR: "1", TERM: "dumb" }, isTerminal: false }),
    true,
  ],
  ["FORCE_COLOR=0 does not force", { environment: { FORCE_COLOR: "0" }, isTerminal: false }, false],
  ["NO_COLOR beats FORCE_COLOR", { environment: { NO_COLOR: "1", FORCE_COLOR: "1" } }, false],
  ["an empty NO_COLOR says nothing", { environment: { NO_COLOR: "" } }, true],
  ["--color=always beats NO_COLOR", { flag: "always", environment: { NO_COLOR: "1" } }, true],
  ["--color=never beats FORCE_COLOR", { flag: "never", environment: { FORCE_COLOR: "1" } }, false],
])("%s", (_, more, expected) => {
  expect(wantsColour(facts(more))).toBe(expected);
});
