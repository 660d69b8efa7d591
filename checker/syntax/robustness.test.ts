// Texts of any size, depth and kind: the parser answers, and never with an exception.

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { program } from "./generate.test-support.ts";
import { format, parse, parseExpression } from "./index.ts";

const codesOf = (text: string): readonly string[] => [
  ...new Set(parse("test.tw", text).diagnostics.map(({ code }) => code)),
];

describe("nesting", () => {
  const deep = 10_000;
  test.each([
    ["parentheses", `const A = ${"(".repeat(deep)}1${")".repeat(deep)}`],
    ["unclosed parentheses", `const A = ${"(".repeat(deep)}`],
    ["lists", `const A = ${"[".repeat(deep)}1${"]".repeat(deep)}`],
    ["comprehensions", `const A = ${"[x in ".repeat(deep)}s${": 1]".repeat(deep)}`],
    ["records", `const A = ${"{ a: ".repeat(deep)}1${" }".repeat(deep)}`],
    ["calls", `const A = ${"f(".repeat(deep)}1${")".repeat(deep)}`],
    ["indexes", `const A = ${"a[".repeat(deep)}1${"]".repeat(deep)}`],
    ["conditions", `const A = ${"if a then ".repeat(deep)}b${" else c".repeat(deep)}`],
    ["alternatives", `const A = ${"if a then b else ".repeat(deep)}c`],
    ["quantifiers", `const A = ${"forall x in T: ".repeat(deep)}a`],
    ["matches", `const A = ${"match a { else => ".repeat(deep)}b${" }".repeat(deep)}`],
    ["array types", `var a : ${"array[bool] of ".repeat(deep)}bool`],
    ["options", `var a : bool${" ?".repeat(deep)}`],
    ["blocks", `init { ${"if a { ".repeat(deep)}${"}".repeat(deep)} }`],
    ["else-ifs", `init { if a { } ${"else if a { } ".repeat(deep)} }`],
    ["arms", `init { ${"match a { else => ".repeat(deep)}done${" }".repeat(deep)} }`],
  ])("10,000 %s are too many", (_, text) => {
    expect(codesOf(text)).toEqual(["TW0117"]);
  });

  test.each([
    ["`not`s", `const A = ${"not ".repeat(deep)}a`],
    ["signs", `const A = ${"- ".repeat(deep)}a`],
    ["fields", `const A = a${".b".repeat(deep)}`],
    ["implications", `const A = a${" implies a".repeat(deep)}`],
    ["sums", `const A = a${" + a".repeat(10 * deep)}`],
  ])("a chain of 10,000 %s is too long", (_, text) => {
    expect(codesOf(text)).toEqual(["TW0118"]);
  });

  test("100 levels and 500 operators are not too many", () => {
    expect(codesOf(`const A = ${"(".repeat(99)}1${")".repeat(99)}`)).toEqual([]);
    expect(codesOf(`init { ${"if a { ".repeat(98)}${"}".repeat(98)} }`)).toEqual([]);
    expect(codesOf(`const A = a${" + a".repeat(499)}`)).toEqual([]);
  });

  test("a tree at the limits can be formatted", () => {
    const text = `const A = ${"(".repeat(98)}a${" + a".repeat(499)}${")".repeat(98)}\n`;
    const once = format(parse("test.tw", text).value, text);
    expect(format(parse("test.tw", once).value, once)).toBe(once);
  });
});

describe("size", () => {
  const megabytes = (text: string, count: number): string =>
    text.repeat(Math.ceil((count * 1e6) / text.length));
  test.each([
    ["one number", `const A = ${megabytes("1", 10)}`],
    ["one name", `const A = ${megabytes("a", 10)}`],
    ["one text", `import "${megabytes("a", 10)}"`],
    ["one comment", `/* ${megabytes("* ", 10)} */`],
    ["one open comment", `/* ${megabytes("* ", 10)}`],
    ["strange characters", megabytes("@", 10)],
    ["blanks", megabytes(" \n", 10)],
    ["open parentheses", megabytes("(", 0.5)],
    ["closing braces", megabytes("}", 0.5)],
    ["numbers", `init { ${megabytes("1 ", 0.5)}`],
    ["semicolons", megabytes(";", 0.5)],
    ["errors", megabytes("var x\n", 0.5)],
    ["declarations", megabytes("const AAAA : 0..3 = 12 + 4\n", 0.5)],
  ])("a file of %s is answered", (_, text) => {
    const started = performance.now();
    parse("test.tw", text);
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

describe("any text", () => {
  /** The places outside the text that its tree or its diagnostics name. */
  const misplaced = (text: string): readonly unknown[] => {
    const { value, diagnostics } = parse("test.tw", text);
    return [...diagnostics, ...value.declarations, ...value.comments]
      .map(({ span }) => span)
      .filter(({ start, end }) => !(start >= 0 && end >= start && end <= text.length));
  };

  test("gets a tree and diagnostics within it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        expect(misplaced(text)).toEqual([]);
      }),
    );
  });

  test("of the language's own tokens does too", () => {
    const token = fc.constantFrom(
      ..."process rule on receive state in when { } ( ) [ ] : = , . .. | -> => + - not and == if else".split(
        " ",
      ),
      ..."match case stage ignore for x y Host 1 const enum \" ' /* // ! ? with none is send to\n".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 60 }).map((it) => it.join(" ")),
        (text) => {
          expect(misplaced(text)).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("that misses one token of a program is reported in few words", () => {
    const damaged = fc
      .tuple(program, fc.nat())
      .map(([list, at]) => list.filter((_, index) => index !== at % Math.max(list.length, 1)));
    fc.assert(
      fc.property(damaged, (list) => {
        const text = list.join(" ");
        expect(misplaced(text)).toEqual([]);
        expect(parse("test.tw", text).diagnostics.length).toBeLessThanOrEqual(12);
      }),
    );
  });
});

test("an expression by itself may be damaged too", () => {
  expect(parseExpression("test.tw", "").value.kind).toBe("missing");
  expect(parseExpression("test.tw", "a +").diagnostics.map(({ code }) => code)).toEqual(["TW0115"]);
});
