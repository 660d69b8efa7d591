// A few of the kills that `node checker/test/kills.mjs 1000` does many of.

import { expect, test } from "vitest";
import { kills } from "./kills.mjs";

test("whoever is killed while it writes leaves whole files, and no wrong verdict afterwards", async () => {
  const found = await kills(12);
  expect(found.wrong).toEqual([]);
  expect(found.killed).toBeGreaterThan(0);
}, 300_000);
