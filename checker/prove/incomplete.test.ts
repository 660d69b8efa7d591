// What is said where something was not found out, in its words.

import { expect, test } from "vitest";
import { interpreted, onlyShortest, searchCut } from "./incomplete.ts";

const place = { file: "a.tw", start: 0, end: 0 };

test("a check without a title is called as in its report", () => {
  const limit = "memory";
  expect([
    onlyShortest(place, { title: "", limit }),
    interpreted(place, { title: "" }),
  ]).toMatchObject([
    {
      message:
        "the fewest faults of all properties were not looked for to the end, by want of memory: counterexamples are shortest ones",
    },
    {
      message:
        "the check of all properties runs in the interpreter, which is much slower than generated code",
    },
  ]);
  expect([
    onlyShortest(place, { title: "c", limit }),
    interpreted(place, { title: "c" }),
  ]).toMatchObject([
    { message: expect.stringContaining('fewest faults of "c" were') as string },
    { message: expect.stringMatching(/^check "c" runs/) as string },
  ]);
});

test("the end of memory may be a limit that nobody gave", () => {
  expect(searchCut(place, { limit: "memory", depth: 3 }).message).toBe(
    "incomplete: the limit of memory (--memory, or the system's) ended the search, which is whole up to depth 3",
  );
});
