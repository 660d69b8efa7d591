// Bundles checker/cli/main.ts and what it imports into dist/check.js.
// With --if-possible a missing bundler is not an error: `prepare` must succeed where
// nothing is installed yet, because npm runs it before the development packages are there.
const bundler = await import("rolldown").catch(() => undefined);
if (bundler === undefined) {
  if (!process.argv.includes("--if-possible")) {
    process.stderr.write("build: rolldown is not installed; run `npm ci` first\n");
    process.exitCode = 70;
  }
} else {
  await bundler.build({
    input: new URL("../checker/cli/main.ts", import.meta.url).pathname,
    platform: "node",
    output: { file: new URL("../dist/check.js", import.meta.url).pathname, format: "esm" },
    logLevel: "warn",
  });
}
