// What test files import: the declared types are those of the code, and every way to go wrong is an answer.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { rehearse as declared, TraceScript } from "../../bin/library.d.ts";
import { rehearse } from "./library.ts";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "library-"));
  writeFileSync(
    join(folder, "stairs.tw"),
    'const TOP : 1..3 = 3\nvar n : 0..3\nrule up(by: 1..2) when n < TOP { n = (n + by) % 4 }\ninvariant low : n < 3\ncheck "all" expect violated low\n',
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const script: TraceScript = {
  check: "all",
  violation: { kind: "invariant", property: "low" },
  steps: [
    { action: "initial" },
    { action: "up", parameters: { by: 1 } },
    { action: "up", parameters: { by: 2 } },
  ],
};

/** Either is accepted where the other is expected. */
const asDeclared: typeof declared = rehearse;
const asWritten: typeof rehearse = asDeclared;

const played = (changes: Partial<TraceScript>, file = "stairs.tw"): string => {
  const found = asWritten(pathToFileURL(join(folder, file)), { ...script, ...changes });
  return found.kind === "no model" ? `no model: ${found.why.split("\n")[0]}` : found.kind;
};

describe("rehearse", () => {
  it("says what became of a script", () => {
    expect(played({})).toBe("still violated");
    expect(played({ steps: script.steps.slice(0, 2) })).toBe("not violated");
    expect(played({ steps: [...script.steps, { action: "down" }] })).toBe("not possible");
    expect(played({ set: ["TOP=1"] })).toBe("not possible");
    expect(played({ violation: { kind: "invariant", property: "high" } })).toBe("not violated");
  });

  it("says why there is no model", () => {
    expect(played({ check: "some" })).toMatch(/^no model: .*stairs\.tw has no check "some"$/);
    expect(played({}, "missing.tw")).toMatch(/^no model: .*there is no such file$/);
    expect(played({ set: ["MSL=1"] })).toMatch(/^no model: error\[TW\d+\]/);
  });
});
