import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["checker/**/*.test.ts", "counterexamples/**/*.test.ts", "bench/**/*.test.ts"],
    globalSetup: "checker/test/build-once.ts",
    testTimeout: 120_000,
    // A file that is compared with what it was, and is gone, is no new one: only `--update` writes files.
    update: "none",
  },
});
