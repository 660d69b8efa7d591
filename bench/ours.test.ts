// Our own contestants are called as the command allows.

import { pipe } from "fp-ts/lib/function.js";
import * as E from "fp-ts/lib/Either.js";
import { expect, test } from "vitest";
import { parseCommandLine } from "../checker/cli/command-line.ts";
import { allGroups } from "./groups.ts";

const contestants = allGroups(".", () => 1)
  .flatMap((it) => it.contestants)
  .filter((it) => it.isOurs);

test("each group has contestants of ours", () => {
  expect(contestants.length).toBeGreaterThanOrEqual(allGroups(".", () => 1).length);
});

test.each(contestants)("$name: the command takes its options", ({ prepare }) => {
  const parsed = pipe(
    prepare(),
    E.chainW(({ command }) => parseCommandLine(command.words.slice(1), "0.0.0")),
  );
  expect(parsed).toMatchObject(E.right({ kind: "check" }));
});
