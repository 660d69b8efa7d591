// Our own search of a core, whole or not at all.

import { compile } from "../../checker/compile/index.ts";
import type { Core } from "../../checker/core/index.ts";
import { type Exploration, explore } from "../../checker/explore/index.ts";
import { interpret } from "../../checker/interpret/index.ts";

export const exploreAll = async (
  core: Core,
  maxStates: number,
): Promise<Exploration | undefined> => {
  const result = await explore(compile(core) ?? interpret(core), core, {
    selected: (property) => core.properties[property]?.kind !== "recoverable",
    deadlock: true,
    limits: { maxStates },
    now: () => performance.now(),
    breathe: () => new Promise((done) => setImmediate(() => done("go-on"))),
    stopWhenDecided: false,
  });
  return result.complete ? result : undefined;
};
