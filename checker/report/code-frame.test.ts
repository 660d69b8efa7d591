import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import type { Diagnostic, Span } from "../source/index.ts";
import { renderDiagnostics } from "./code-frame.ts";
import { coloured, plain } from "./paint.ts";

const file = "spec/timewait.tw";

const at = (text: string, part: string, occurrence = 0): Span => {
  let start = text.indexOf(part);
  for (let k = 0; k < occurrence; k += 1) start = text.indexOf(part, start + 1);
  return { file, start, end: start + part.length };
};

const diagnostic = (span: Span, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: "TW0201",
  severity: "error",
  span,
  message: "no name `lastAkc` is in scope",
  notes: [],
  ...more,
});

const show = (text: string, it: Diagnostic, columns = 100): string =>
  renderDiagnostics([it], new Map([[file, text]]), { paint: plain, columns });

describe("a code frame", () => {
  test("shows headline, place, line, carets and help beside them", () => {
    const text = `${"\n".repeat(40)}  rule resend when lastAkc { }\n`;
    const help = "did you mean `lastAck`?";
    expect(show(text, diagnostic(at(text, "lastAkc"), { help }))).toBe(
      [
        "error[TW0201]: no name `lastAkc` is in scope",
        "  --> spec/timewait.tw:41:20",
        "   |",
        "41 |   rule resend when lastAkc { }",
        "   |                    ^^^^^^^ did you mean `lastAck`?",
        "",
        "",
      ].join("\n"),
    );
  });

  test("expands tabs and counts wide characters twice, columns stay UTF-16 units", () => {
    const text = "\t/* 日本 😀 */ x = y\n";
    expect(show(text, diagnostic(at(text, "y")))).toBe(
      [
        "error[TW0201]: no name `lastAkc` is in scope",
        " --> spec/timewait.tw:1:18",
        "  |",
        "1 |     /* 日本 😀 */ x = y",
        "  |                       ^",
        "",
        "",
      ].join("\n"),
    );
  });

  test("draws one caret for an empty span at the end of the text", () => {
    const text = "const N = ";
    expect(show(text, diagnostic({ file, start: 10, end: 10 }))).toContain(
      ["1 | const N =", "  |           ^"].join("\n"),
    );
  });

  test("marks a span over several lines by a bar", () => {
    const text = "fn f() {\n  one\n  two\n}\n";
    const span = { file, start: 0, end: text.length - 1 };
    expect(show(text, diagnostic(span, { help: "here" }))).toContain(
      ["  |", "1 | / fn f() {", "2 | |   one", "3 | |   two", "4 | | }", "  | |_^ here"].join("\n"),
    );
  });

  test("leads a span that begins inside a line, and leaves out its middle", () => {
    const text = `a = {\n${"  x\n".repeat(20)}}\n`;
    const span = { file, start: 4, end: text.length - 1 };
    expect(show(text, diagnostic(span))).toContain(
      [
        " 1 |   a = {",
        "   |  _____^",
        " 2 | |   x",
        " 3 | |   x",
        "... |",
        "21 | |   x",
        "22 | | }",
        "   | |_^",
      ].join("\n"),
    );
  });

  test("shows a note with a place in its own frame and one without as a remark", () => {
    const text = "const N = 1\nconst N = 2\n";
    const notes = [
      { message: "the first is here", span: at(text, "N") },
      { message: "a name is declared once" },
    ];
    expect(show(text, diagnostic(at(text, "N", 1), { notes }))).toBe(
      [
        "error[TW0201]: no name `lastAkc` is in scope",
        " --> spec/timewait.tw:2:7",
        "  |",
        "2 | const N = 2",
        "  |       ^",
        "note: the first is here",
        " --> spec/timewait.tw:1:7",
        "  |",
        "1 | const N = 1",
        "  |       -",
        "  = note: a name is declared once",
        "",
        "",
      ].join("\n"),
    );
  });

  test("cuts a long line around the place", () => {
    const text = `${"a".repeat(500)} here ${"b".repeat(100_000)}`;
    const lines = show(text, diagnostic(at(text, "here")), 60).split("\n");
    expect(Math.max(...lines.map((it) => it.length))).toBeLessThanOrEqual(60);
    const [source = "", carets = ""] = lines.slice(3);
    expect(source.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("here");
  });

  test("puts help that is too long for the line below the frame, wrapped", () => {
    const text = "x = y";
    const help = "write `before(x, y)`: values of a `mod` type have no order of their own";
    expect(show(text, diagnostic(at(text, "y"), { help }), 50)).toContain(
      [
        "  |     ^",
        "  = help: write `before(x, y)`: values of a `mod`",
        "          type have no order of their own",
      ].join("\n"),
    );
  });

  test("names a file that has no text without a frame", () => {
    const span = { file: "<command line>", start: 0, end: 0 };
    expect(show("", diagnostic(span))).toBe(
      "error[TW0201]: no name `lastAkc` is in scope\n --> <command line>\n\n",
    );
  });

  test("makes control characters visible instead of sending them to the terminal", () => {
    const text = "a\u001b[31m = y";
    expect(show(text, diagnostic(at(text, "y")))).not.toContain("\u001b");
  });

  test("differs with colour only by escape sequences", () => {
    const text = "x = y";
    const sources = new Map([[file, text]]);
    const it = diagnostic(at(text, "y"), { help: "z", notes: [{ message: "n" }] });
    const colour = renderDiagnostics([it], sources, { paint: coloured, columns: 80 });
    expect(stripVTControlCharacters(colour)).toBe(show(text, it, 80));
    expect(colour).toContain("\u001b[");
  });

  test("comes in order of file, place and code, at most a hundred", () => {
    const text = "a b";
    const list = Array.from({ length: 103 }, (_, k) =>
      diagnostic({ file, start: k % 2 === 0 ? 2 : 0, end: 3 }, { message: `m${k % 2}` }),
    );
    const shown = renderDiagnostics(list, new Map([[file, text]]), { paint: plain, columns: 80 });
    expect(shown.indexOf("m1")).toBeLessThan(shown.indexOf("m0"));
    expect(shown).toMatch(/… and 3 more\n\n$/);
  });
});
