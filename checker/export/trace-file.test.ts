// Trace files: what is written is read back, and nothing else is.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import * as fc from "fast-check";
import * as E from "fp-ts/lib/Either.js";
import { beforeAll, describe, expect, it } from "vitest";
import { readTrace, verifyTrace } from "./read-trace.ts";
import { rehearse, scriptOfDocument } from "./rehearse.ts";
import { type Made, tracesOf, twoLivesTrace } from "./testing/subjects.ts";
import { traceText } from "./trace-file.ts";
import { traceNames } from "./trace-name.ts";

const file = "trace.json";

const wrong = [
  "var n : 0..3\nrule up { n += 1 }\ninvariant low : n < 2\n",
  "var n : 0..3\nrule up when n < 3 { n += 1 }\n",
  "var n : 0..3\nrule up when n < 3 { n += 1 }\nrule turn when n > 1 { n = 5 - n }\nrecoverable back : n == 2 can reach n == 0\n",
  "var n : 0..3\nrule up(by: 1..2) when n < 3 { n = (n + by) % 4 }\ninvariant fine : 6 / (3 - n) > 0\nfinal : true\n",
  "var some : 0..2?\nrule take when some is none { choose x in 0..2 { some = x } }\nrule drop when some! == 0 { some = none }\ninvariant no_two : some != 2\n",
];

let made: readonly Made[] = [];

beforeAll(async () => {
  const all = await Promise.all(wrong.map((text, at) => tracesOf(`wrong-${at}.tw`, text)));
  made = [...all.flat(), await twoLivesTrace(), await twoLivesTrace("a lost goodbye")];
});

const textOf = ({ core, about, trace }: Made): string => traceText(core, about, trace);

const readBack = ({ core, about }: Made, text: string) => {
  const read = readTrace(file, text);
  return E.isLeft(read) ? read : verifyTrace(read.right, core, about);
};

const mistake = (one: Made, text: string): string => {
  const read = readBack(one, text);
  return E.isLeft(read) ? `${read.left.code}: ${read.left.message}` : "none";
};

describe("a trace file", () => {
  it("is written for every kind of violation", () => {
    expect(new Set(made.map(({ about }) => about.violation.kind))).toEqual(
      new Set(["deadlock", "error", "invariant", "never", "recoverable"]),
    );
  });

  it("has the shape of the schema beside the code", () => {
    const schema: unknown = JSON.parse(
      readFileSync(join(import.meta.dirname, "trace.schema.json"), "utf8"),
    );
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema as object);
    const errors = made.map((one) => (validate(JSON.parse(textOf(one))) ? [] : validate.errors));
    expect(errors.flat()).toEqual([]);
  });

  it("is read back as the trace that was written", () => {
    for (const one of made) expect(readBack(one, textOf(one))).toEqual(E.right(one.trace));
  });

  it("holds neither time stamps nor versions nor absolute paths", () => {
    for (const one of made) expect(textOf(one)).not.toMatch(/\d{4}-\d\d-\d\d|"tool"|"\/\w/);
  });
});

/** Every way to change one value, to leave out one member, and to add one. */
const changes = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) {
    return [
      ...value.map((_, at) => value.toSpliced(at, 1)),
      ...value.flatMap((it, at) => changes(it).map((other) => value.with(at, other))),
    ];
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value);
    return [
      { ...value, unheard: 1 },
      // What every object has without being told.
      ...["__proto__", "toString"].map((name) => Object.fromEntries([...members, [name, {}]])),
      ...members.map(([name]) => Object.fromEntries(members.filter(([other]) => other !== name))),
      ...members.flatMap(([name, it]) => changes(it).map((other) => ({ ...value, [name]: other }))),
    ];
  }
  if (typeof value === "number") return [value + 1, String(value)];
  return typeof value === "boolean" ? [!value] : [`${String(value)}x`];
};

describe("a file that was changed", () => {
  it("is refused wherever the change is", () => {
    for (const one of made) {
      const document: unknown = JSON.parse(textOf(one));
      const accepted = changes(document)
        .map((it) => JSON.stringify(it))
        .filter((it) => mistake(one, it) === "none");
      expect(accepted).toEqual([]);
    }
  });

  it("is refused at every length", () => {
    const [one] = made;
    if (one === undefined) throw new Error("there are traces");
    const text = textOf(one);
    for (let length = 0; length < text.trimEnd().length; length += 7) {
      expect(mistake(one, text.slice(0, length))).toMatch(/^TW0140: .* not JSON from here on/);
    }
  });

  it("is refused or the same trace, however it was damaged, and nothing throws", () => {
    const texts = made.map((one) => ({ one, text: textOf(one) }));
    const piece = fc.oneof(
      fc.string({ maxLength: 6, unit: "binary" }),
      fc.constantFrom(
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"',
        "null",
        "-1",
        "1e999",
        "\\u0000",
        "__proto__",
      ),
    );
    // Cut a part out, put something there, or the same part again.
    const damage = fc.record({
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat({ max: 40 }),
      piece,
      isRepeated: fc.boolean(),
    });
    const property = fc.property(
      fc.constantFrom(...texts),
      fc.array(damage, { minLength: 1, maxLength: 3 }),
      ({ one, text }, damages) => {
        const damaged = damages.reduce((before, { from, length, piece: put, isRepeated }) => {
          const at = Math.floor(from * before.length);
          const part = before.slice(at, at + length);
          return before.slice(0, at) + (isRepeated ? part + part : put) + before.slice(at + length);
        }, text);
        const read = readTrace(file, damaged);
        if (E.isLeft(read)) return /^TW014[0-3]$/.test(read.left.code);
        // What was once a trace is rehearsed even when the model has changed since.
        rehearse(one.core, scriptOfDocument(one.core, read.right.claimed));
        const verified = verifyTrace(read.right, one.core, one.about);
        return E.isLeft(verified) || isDeepStrictEqual(verified.right, one.trace);
      },
    );
    expect(fc.check(property, { numRuns: 1500, seed: 20 }).counterexample).toBeNull();
  });

  it("is shown at the place, with what should stand there", async () => {
    const one = await twoLivesTrace();
    const text = textOf(one).replace('"tcp[B].state": "OPEN"', '"tcp[B].state": "CLOSED"');
    const read = readBack(one, text);
    if (E.isRight(read)) throw new Error("it was believed");
    const { span, message } = read.left;
    expect(text.slice(span.start, span.end)).toBe('"CLOSED"');
    expect(message).toBe(
      'this is not a whole trace file: `steps.[2].state.tcp[B].state` is "CLOSED" and should be "OPEN"',
    );
  });
});

describe("a foreign file", () => {
  it.each([
    ["TW0140", "never heard of JSON"],
    ["TW0140", '{"kind": "trace", "kind": "trace"}'],
    ["TW0140", `${"[".repeat(100_000)}${"]".repeat(100_000)}`],
    ["TW0140", '{"kind": "trace", "format": 1, /* why */ "steps": []}'],
    ["TW0141", "[]"],
    ["TW0141", '{"#meta": {"format": "ITF"}, "vars": [], "states": []}'],
    ["TW0141", '{"format": 1, "tool": "check 0.1.0", "files": []}'],
    ["TW0141", '{"kind": "trace", "format": 2}'],
    ["TW0140", '{"kind": "trace", "format": 1}'],
    [
      "TW0140",
      '{"kind": "trace", "format": 1, "source": "a.tw", "digest": "", "check": "", "violation": {"kind": "error", "error": "toString", "message": ""}, "steps": [1]}',
    ],
  ])("is refused with %s: %.40s", (code, text) => {
    const read = readTrace(file, text);
    expect(E.isLeft(read) && read.left.code).toBe(code);
  });

  it.each(["/etc/passwd", "../secret.tw", "models/../../secret.tw", "C:\\secret.tw"])(
    "does not choose what is read outside the folder: %s",
    (source) => {
      const read = readTrace(file, JSON.stringify({ kind: "trace", format: 1, source }));
      expect(E.isLeft(read) && read.left.message).toContain("in this folder or below it");
    },
  );
});

describe("names of trace files", () => {
  it("say check and violation, and are given once", () => {
    const nameOf = traceNames();
    const never = { kind: "never", property: "p1" } as const;
    expect([
      nameOf("spec/timewait.tw", "just over 2 MSL", never),
      nameOf("spec/timewait.tw", "Just over: 2 MSL!", never),
      nameOf("spec/timewait.tw", "", { kind: "deadlock" }),
      nameOf("a.tw", "…", { kind: "error", error: "range", message: "" }),
    ]).toEqual([
      "just-over-2-msl-p1-1",
      "just-over-2-msl-p1-2",
      "timewait-deadlock-1",
      "check-range-1",
    ]);
  });
});
