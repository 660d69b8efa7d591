// Switches of a scenario are those of the host under test.

import * as E from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { twoLivesTrace } from "../export/testing/subjects.ts";
import { modulesOfText } from "../test/run-text.ts";
import { twoLives } from "../test/two-lives.ts";
import { scenarioOf } from "./scenario.ts";

test.each([
  ["A", "1"],
  ["B", "0"],
])("of %s it is %s", async (host, value) => {
  const { core, about, trace } = await twoLivesTrace();
  const bound = twoLives.replace("  call close", "  sysctl net.ipv4.tcp_sack = SACK\n  call close");
  const modules = modulesOfText(
    "two-lives.tw",
    `${bound}\nconst SACK : array[Host] of bool = [h in Host: h == A]\n`,
  );
  const parameters = [
    ...about.parameters,
    { name: "SACK", text: "[true, false]", source: "default" as const },
  ];
  const subject = { core, modules, about: { parameters }, trace };
  const made = scenarioOf(subject, { as: host, sysctl: [] });
  if (E.isLeft(made)) throw new Error("it can be played");
  expect(made.right.switches).toEqual({ "net.ipv4.tcp_sack": value });
});
