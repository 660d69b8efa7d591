// What people and other programs get of a trace: drawings, diagrams, pages, ITF.

import { Ajv2020 } from "ajv/dist/2020.js";
import * as E from "fp-ts/lib/Either.js";
import { beforeAll, describe, expect, it } from "vitest";
import { modulesOfText } from "../test/run-text.ts";
import { twoLives } from "../test/two-lives.ts";
import { type ExportForm, exported } from "./exported.ts";
import { itfText } from "./itf.ts";
import { journeysOf } from "./journeys.ts";
import { type Made, tracesOf, twoLivesTrace } from "./testing/subjects.ts";

const stairs = "var n : 0..3\nvar odd : bool\nrule up(by: 1..2) { n += by  odd = not odd }\n";

let subjects: Readonly<Record<string, Made>> = {};

beforeAll(async () => {
  const [stair] = await tracesOf("stairs.tw", stairs);
  if (stair === undefined) throw new Error("the stairs end");
  subjects = {
    "an-old-goodbye": await twoLivesTrace(),
    "a-lost-hello": await twoLivesTrace("a lost hello"),
    "a-lost-goodbye": await twoLivesTrace("a lost goodbye"),
    stairs: stair,
  };
});

const made = (name: string): Made => {
  const subject = subjects[name];
  if (subject === undefined) throw new Error(`no subject ${name}`);
  return subject;
};

const textOf = (name: string, form: ExportForm): string => {
  const subject = {
    ...made(name),
    modules: modulesOfText("two-lives.tw", twoLives),
  };
  const options = { tool: "check 0.1.0", itfMbt: false, model: "../models/two-lives.tw" };
  const content = exported(form, subject, options);
  if (E.isLeft(content) || typeof content.right !== "string") throw new Error("no text");
  return content.right;
};

describe("an export", () => {
  it.each([
    ["an-old-goodbye", "svg", "svg"],
    ["an-old-goodbye", "mermaid", "mmd"],
    ["an-old-goodbye", "html", "html"],
    ["an-old-goodbye", "vitest", "vitest.txt"],
    ["an-old-goodbye", "packetdrill", "pkt"],
    ["a-lost-hello", "svg", "svg"],
    ["a-lost-hello", "mermaid", "mmd"],
    ["a-lost-goodbye", "svg", "svg"],
    ["stairs", "svg", "svg"],
    ["stairs", "html", "html"],
    ["stairs", "itf", "itf.json"],
  ] as const)("of %s as %s", async (name, form, ending) => {
    await expect(textOf(name, form)).toMatchFileSnapshot(`golden/${name}.${ending}`);
  });

  it("is the same every time", () => {
    for (const form of [
      "json",
      "itf",
      "mermaid",
      "svg",
      "html",
      "vitest",
      "packetdrill",
    ] as const) {
      expect(textOf("an-old-goodbye", form)).toBe(textOf("an-old-goodbye", form));
    }
  });
});

describe("journeys of segments", () => {
  it("tell copies, losses, lives and what is stale", () => {
    const tell = (name: string) => {
      const { core, trace } = made(name);
      return journeysOf(core, trace).map(
        ({ name: id, begin, end, life, isStale, copyOf }) =>
          `${id} ${begin.how} ${begin.step}, ${end.how} ${end.step}, life ${life}${isStale ? ", stale" : ""}${copyOf === undefined ? "" : `, of ${copyOf}`}`,
      );
    };
    expect(tell("an-old-goodbye")).toEqual([
      "#1 sent 1, arrives 2, life 1",
      "#2 sent 3, arrives 5, life 1",
      "#2' copied 4, arrives 8, life 1, stale, of #2",
      "#3 sent 6, arrives 7, life 2",
    ]);
    expect(tell("a-lost-hello")[0]).toBe("#1 sent 1, lost 2, life 1");
  });
});

/** The shape that ADR-015 gives to values: integers never as numbers of JSON. */
const itfSchema = {
  type: "object",
  required: ["#meta", "vars", "states"],
  properties: {
    vars: { type: "array", items: { type: "string" } },
    states: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["#meta"],
        properties: { "#meta": { type: "object", required: ["index"] } },
        additionalProperties: { $ref: "#/$defs/value" },
      },
    },
  },
  $defs: {
    value: {
      anyOf: [
        { type: ["boolean", "string"] },
        { type: "array", items: { $ref: "#/$defs/value" } },
        {
          type: "object",
          required: ["#bigint"],
          additionalProperties: false,
          properties: { "#bigint": { type: "string", pattern: "^-?[0-9]+$" } },
        },
        {
          type: "object",
          minProperties: 1,
          maxProperties: 1,
          patternProperties: {
            "^#(tup|set)$": { type: "array", items: { $ref: "#/$defs/value" } },
          },
          additionalProperties: false,
        },
        {
          type: "object",
          propertyNames: { pattern: "^[^#]" },
          additionalProperties: { $ref: "#/$defs/value" },
        },
      ],
    },
  },
} as const;

describe("ITF", () => {
  it("has values of its own shape, every variable in every state, and what quint-connect asks for", () => {
    const validate = new Ajv2020({ allowUnionTypes: true }).compile(itfSchema);
    for (const mbt of [true, false]) {
      for (const { core, about, trace } of Object.values(subjects)) {
        const document: unknown = JSON.parse(itfText(core, about, trace, { tool: "check", mbt }));
        expect(validate(document) ? [] : validate.errors).toEqual([]);
        const { vars, states } = document as {
          vars: readonly string[];
          states: readonly Readonly<Record<string, unknown>>[];
        };
        for (const state of states) {
          expect(Object.keys(state).filter((it) => it !== "#meta")).toEqual(vars);
        }
        expect(vars.includes("mbt::actionTaken")).toBe(mbt);
      }
    }
  });
});

describe("a packetdrill script", () => {
  it("drives the host that is asked for, and refuses others", () => {
    const scriptOf = (as: string) =>
      exported(
        "packetdrill",
        { ...made("an-old-goodbye"), modules: modulesOfText("two-lives.tw", twoLives) },
        { tool: "check", itfMbt: false, as },
      );
    const forA = scriptOf("A");
    expect(E.isRight(forA) && String(forA.right)).toMatch(
      /EINPROGRESS.*\n\+0 > S 0:0\(0\) <\.\.\.>\n/,
    );
    const forC = scriptOf("C");
    expect(E.isLeft(forC) && forC.left.map((it) => it.code)).toEqual(["TW0533"]);
  });
});

describe("the page", () => {
  it("needs nothing from elsewhere", () => {
    const page = textOf("an-old-goodbye", "html");
    const links = page.match(
      /(src|href)=|@import|url\((?!#)|https?:\/\/(?!www\.w3\.org\/2000\/svg)/g,
    );
    expect(links).toBeNull();
  });

  it("keeps what a model says apart from what the page does", async () => {
    const [nasty] = await tracesOf(
      "nasty.tw",
      'var n : 0..1\nrule up when n == 0 { n = 1 }\ninvariant low : n == 0\ncheck "</script><img src=x onerror=alert(1)>" expect violated low',
    );
    if (nasty === undefined) throw new Error("nothing is wrong");
    const subject = { ...nasty, modules: modulesOfText("a.tw", "var n : bool\n") };
    for (const form of ["html", "svg", "mermaid"] as const) {
      const content = exported(form, subject, { tool: "check", itfMbt: false });
      expect(E.isRight(content) && String(content.right)).not.toMatch(/<\/script><img|<img/);
    }
  });
});
