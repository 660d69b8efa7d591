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

describe("models", () => {
  test.each([...corpus, ...small])("%s has the verdicts it has without reductions", (path) => {
    const core = fromText(path);
    for (const on of [reductionNames, ...reductionNames.map((it) => [it])]) {
      const { off, on: reduced, states } = bothVerdicts(core, on);
      expect(reduced).toEqual(off);
      expect(states.on).toBeLessThanOrEqual(states.off);
    }
    for (const selected of core.properties.keys()) {
      const sliced = bothVerdicts(core, reductionNames, (id) => id === selected);
      expect(sliced.on.properties).toEqual(sliced.off.properties);
    }
  });
});

/** Which formulas fail is told of single instances; everything else must be the same. */
const told = (it: ReturnType<typeof bothVerdicts>["on"]) => ({ ...it, failures: [] });

describe("random cores", () => {
  test("keep every verdict", () => {
    fc.assert(
      fc.property(randomCores, fc.nat(6), (made, only) => {
        const { on, off } = bothVerdicts(made, reductionNames, (id) => only > 4 || id === only);
        expect(told(on)).toEqual(told(off));
      }),
      { seed: 1, numRuns: 80 },
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
        expect(told(both.on)).toEqual(told(both.off));
        const { states } = name === "dead" ? both : bothVerdicts(made, ["rotation"], isSelected);
        fewer += states.on < states.off ? 1 : 0;
      }),
      { seed: 1, numRuns: 80 },
    );
    expect(fewer).toBeGreaterThan(3);
  });
});

describe("random pairs of hosts", () => {
  test("keep every verdict when they are interchanged, and lose states", () => {
    let fewer = 0;
    fc.assert(
      fc.property(randomPairs, fc.nat(8), fc.boolean(), (made, only, all) => {
        const isSelected = (id: number): boolean => only > 5 || id === only;
        const both = bothVerdicts(made, all ? reductionNames : ["interchange"], isSelected);
        expect(told(both.on)).toEqual(told(both.off));
        fewer += both.states.on < 0.7 * both.states.off ? 1 : 0;
      }),
      { seed: 1, numRuns: 80 },
    );
    expect(fewer).toBeGreaterThan(8);
  });
});
