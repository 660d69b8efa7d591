// Bundles checker/cli/main.ts and what it imports into dist/check.js and the parts it loads lazily.
// With --if-possible a missing bundler is not an error: `prepare` must succeed where
// nothing is installed yet, because npm runs it before the development packages are there.
import { fileURLToPath } from "node:url";

const bundler = await import("rolldown").catch(() => undefined);
if (bundler === undefined) {
  if (!process.argv.includes("--if-possible")) {
    process.stderr.write("build: rolldown is not installed; run `npm ci` first\n");
    process.exitCode = 70;
  }
} else {
  await bundler.build({
    input: { check: fileURLToPath(new URL("../checker/cli/main.ts", import.meta.url)) },
    platform: "node",
    output: {
      dir: fileURLToPath(new URL("../dist", import.meta.url)),
      format: "esm",
      entryFileNames: "[name].js",
      chunkFileNames: "[name].js",
      // Less text to read makes the start faster; names stay, so that a reported stack can be read.
      minify: { mangle: false, compress: true, codegen: true },
    },
    logLevel: "warn",
  });
}
