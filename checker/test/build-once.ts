// Builds the program before any test runs; tests of the built program ask whether that worked.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    readonly isBuilt: boolean;
  }
}

const builder = join(import.meta.dirname, "../../bin/build.js");

/** A build that fails fails the tests of the built program, not those of single layers. */
export const setup = ({ provide }: TestProject): void => {
  try {
    execFileSync(process.execPath, [builder], { stdio: ["ignore", "ignore", "inherit"] });
    provide("isBuilt", true);
  } catch {
    provide("isBuilt", false);
  }
};
