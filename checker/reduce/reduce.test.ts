// On every small model, reductions change no verdict and no length of a shortest trace.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Core } from "../core/index.ts";
import { randomCores } from "../test/random-core.ts";
import { coreOf, readRepository, repository } from "../test/run-text.ts";
import { reductionNames } from "./index.ts";
import { randomPairs } from "./testing/random-pair.ts";
import { randomProtocols } from "./testing/random-protocol.ts";
import { bothVerdicts } from "./testing/verdicts.ts";

const corpus = ["holds", "violated"].flatMap((folder) =>
  readdirSync(join(repository, "checker/test/corpus", folder))
    .filter((it) => it.endsWith(".tw"))
    .map((name) => `checker/test/corpus/${folder}/${name}`),
);

const small = [
  "alternating-bit",
  "bounded-buffer",
  "dining-philosophers",
  "missionaries-and-cannibals",
  "peterson",
  "termination-detection",
  "two-phase-commit",
].map((name) => `models/classics/${name}.tw`);

const fromText = (path: string): Core => coreOf(path, readRepository(path));

describe.each([...reductionNames.map((it) => [it]), [...reductionNames]])("with %s %s", (...on) => {
  test.each([...corpus, ...small])("%s has the verdicts it has without", (path) => {
    const core = fromText(path);
    const { off, on: reduced, states } = bothVerdicts(core, on);
    expect(reduced).toEqual(off);
    expect(states.on).toBeLessThanOrEqual(states.off);
    for (const [selected] of core.properties.entries()) {
      const sliced = bothVerdicts(core, on, (id) => id === selected);
      expect(sliced.on.properties).toEqual(sliced.off.properties);
    }
  });
});

const compared = ({ off, on }: ReturnType<typeof bothVerdicts>): void => {
  expect({ ...on, failures: [] }).toEqual({ ...off, failures: [] });
};

describe("random cores", () => {
  test("keep every verdict", () => {
    fc.assert(
      fc.property(randomCores, fc.nat(6), (made, only) => {
        compared(bothVerdicts(made, reductionNames, (id) => only > 4 || id === only));
      }),
      { seed: 1, numRuns: 200 },
    );
  });
});

describe("random protocols", () => {
  test.each(["dead", "rotation"] as const)("keep every verdict, and lose states to %s", (name) => {
    let fewer = 0;
    fc.assert(
      fc.property(randomProtocols, fc.nat(6), (made, only) => {
        const isSelected = (id: number): boolean => only > 4 || id === only;
        const both = bothVerdicts(
          made,
          name === "dead" ? ["dead"] : ["dead", "rotation"],
          isSelected,
        );
        compared(both);
        const { states } = name === "dead" ? both : bothVerdicts(made, ["rotation"], isSelected);
        fewer += states.on < states.off ? 1 : 0;
      }),
      { seed: 1, numRuns: 150 },
    );
    expect(fewer).toBeGreaterThan(10);
  });
});

describe("random pairs of hosts", () => {
  test("keep every verdict when they are interchanged, and lose states", () => {
    let fewer = 0;
    fc.assert(
      fc.property(randomPairs, fc.nat(8), fc.boolean(), (made, only, all) => {
        const isSelected = (id: number): boolean => only > 5 || id === only;
        const both = bothVerdicts(made, all ? reductionNames : ["interchange"], isSelected);
        compared(both);
        fewer += both.states.on < 0.7 * both.states.off ? 1 : 0;
      }),
      { seed: 1, numRuns: 150 },
    );
    expect(fewer).toBeGreaterThan(15);
  });
});
