// Owners of actions and cases.

import { expect, test } from "vitest";
import { ownedName } from "./owned-name.ts";

test.each([
  ["tcp[A].close", "tcp[A]", "close"],
  ["tcp[A].TIME_WAIT.fin", "tcp[A]", "TIME_WAIT.fin"],
  ["deliver wire", "", "deliver wire"],
  ["clock.tick", "", "clock.tick"],
])("%s", (label, owner, name) => {
  expect(ownedName(label)).toEqual({ owner, name });
});
