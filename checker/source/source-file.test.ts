// Offsets, lines and columns; bytes and text.

import * as E from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { decodeUtf8, lineText, offsetAt, positionAt, sourceFile } from "./index.ts";

describe("lines and columns", () => {
  const source = sourceFile("a.tw", "ab\r\ncd\n\r🐢x");

  test("lines end at \\n, \\r\\n or \\r", () => {
    expect([1, 2, 3, 4, 5].map((line) => lineText(source, line))).toEqual([
      "ab",
      "cd",
      "",
      "🐢x",
      "",
    ]);
  });

  test.each([
    [0, { line: 1, column: 1 }],
    [2, { line: 1, column: 3 }],
    [4, { line: 2, column: 1 }],
    [7, { line: 3, column: 1 }],
    [8, { line: 4, column: 1 }],
    [10, { line: 4, column: 3 }],
    [11, { line: 4, column: 4 }],
  ])("offset %i has a place and back", (offset, position) => {
    expect(positionAt(source, offset)).toEqual(position);
    expect(offsetAt(source, position)).toBe(offset);
  });

  test("places outside the text are its nearest end", () => {
    expect(positionAt(source, -5)).toEqual({ line: 1, column: 1 });
    expect(positionAt(source, 500)).toEqual({ line: 4, column: 4 });
    expect(offsetAt(source, { line: 9, column: 1 })).toBe(11);
    expect(offsetAt(source, { line: 0, column: 4 })).toBe(0);
    expect(offsetAt(source, { line: 1, column: 99 })).toBe(2);
  });
});

describe("UTF-8", () => {
  test("is decoded, without a byte order mark", () => {
    const bytes = new TextEncoder().encode("\uFEFFé🐢");
    expect(decodeUtf8("a.tw", bytes)).toEqual(E.right("é🐢"));
  });

  test.each([
    ["a lone continuation", [0x61, 0x80], 1, 0x80],
    ["an overlong form", [0x61, 0x62, 0xc0, 0xaf], 2, 0xc0],
    ["a surrogate", [0xed, 0xa0, 0x80], 0, 0xed],
    ["too large a code", [0xf4, 0x90, 0x80, 0x80], 0, 0xf4],
    ["an end in the middle", [0x61, 0xe2, 0x82], 1, 0xe2],
    ["Latin-1", [0xc3, 0xa9, 0x20, 0xe9, 0x20], 3, 0xe9],
  ])("%s is refused with its place", (_, bytes, offset, byte) => {
    const decoded = decodeUtf8("a.tw", Uint8Array.from(bytes));
    expect(E.isLeft(decoded) ? decoded.left.message : "").toBe(
      `the file is not UTF-8: byte 0x${byte.toString(16)} at offset ${offset}`,
    );
  });

  test("the place of a malformed byte is the character before it", () => {
    const decoded = decodeUtf8("a.tw", Uint8Array.from([0xc3, 0xa9, 0x20, 0xe9]));
    expect(E.isLeft(decoded) && decoded.left.span).toEqual({ file: "a.tw", start: 1, end: 2 });
  });
});
