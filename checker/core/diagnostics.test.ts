// The documented examples of this layer are answered with the code they document.

import { expect, test } from "vitest";
import { coreDefinitions } from "./index.ts";
import { complaintsOf } from "./testing/core-of.ts";

test.each(coreDefinitions.filter((it) => it.example !== undefined))(
  "the example of $code is answered with it",
  ({ code, example = "" }) => {
    expect(complaintsOf(example)[0]?.slice(0, code.length)).toBe(code);
  },
);

test("codes are not used twice", () => {
  const codes = coreDefinitions.map((it) => it.code);
  expect(new Set(codes).size).toBe(codes.length);
});
