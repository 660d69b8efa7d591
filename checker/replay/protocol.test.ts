import * as E from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { lineOf } from "./protocol.ts";

describe("an answer of a stack", () => {
  test("has what it tells", () => {
    expect(
      lineOf('{"ok":true,"state":"syn-recv","endsMs":12.5,"remarks":["slow"],"more":1}'),
    ).toEqual(E.right({ kind: "answer", state: "SYN_RCVD", endsMs: 12.5, remarks: ["slow"] }));
    expect(lineOf('{"ok":false,"why":"no"}')).toEqual(
      E.right({ kind: "answer", why: "no", remarks: [] }),
    );
  });

  test.each([
    '{"ok":true,"state":7}',
    '{"ok":true,"state":null}',
    '{"ok":true,"endsMs":"soon"}',
    '{"ok":true,"endsMs":null}',
    '{"ok":false,"why":{}}',
    '{"ok":true,"wire":1}',
    '{"ok":true,"name":[]}',
    '{"ok":true,"remarks":"slow"}',
    '{"ok":true,"remarks":[1]}',
    '{"ok":"true"}',
    "7",
  ])("of another type is not of the protocol: %s", (line) => {
    expect(lineOf(line)).toEqual(E.left(line));
  });

  test("cannot do anything to a terminal", () => {
    const said = "\u001b[2Jred\r\nline\u0007\u009b1m";
    const shown = "·[2Jred··line··1m";
    const all = { ok: false, why: said, name: said, remarks: [said] };
    expect(lineOf(JSON.stringify(all))).toEqual(
      E.right({ kind: "answer", why: shown, name: shown, remarks: [shown] }),
    );
    expect(lineOf(said)).toEqual(E.left(shown));
  });
});
