import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["checker/**/*.test.ts", "counterexamples/**/*.test.ts", "bench/**/*.test.ts"],
    globalSetup: "checker/test/build-once.ts",
    testTimeout: 120_000,
  },
});
