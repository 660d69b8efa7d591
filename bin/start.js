// Runs the program in one piece, together with what V8 made of its text when it was built.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { versions } from "node:process";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

/** Another Node would refuse it, so each has its own. */
export const rememberedAs = (file) => `${file}.${process.version}-${process.arch}.cache`;

/**
 * How long a function runs before V8 compiles it once more, six times as long as usual: what runs for less
 * than a second does not win back what that takes. The next V8 knows no such figure, and waits longer by itself.
 */
const patience = 400_000;

/** Of Node, what most runs do without and what takes milliseconds to load. */
const seldom = ["node:child_process", "node:crypto", "node:dgram", "node:net", "node:worker_threads"];

const whenUsed = (require) => (name) =>
  seldom.includes(name) ? new Proxy({}, { get: (_, key) => require(name)[key] }) : require(name);

/** The text is that of a function with the parameters of a CommonJS module. */
export const start = (file, { isRemembering = false } = {}) => {
  // The text comes first: while a build replaces both, a new text never meets an old cache.
  const text = readFileSync(file, "latin1");
  const cache = rememberedAs(file);
  const remembered =
    !isRemembering && existsSync(cache) ? { cachedData: readFileSync(cache) } : undefined;
  const script = new Script(text, { filename: file, ...remembered });
  if (isRemembering) {
    process.on("exit", () => {
      writeFileSync(`${cache}.tmp`, script.createCachedData());
      renameSync(`${cache}.tmp`, cache);
    });
  } else if (versions.v8.startsWith("11.")) {
    // After the script is made: V8 refuses what it kept under other settings.
    setFlagsFromString(`--interrupt-budget=${patience}`);
  }
  const module = { exports: {} };
  const run = script.runInThisContext();
  run(module.exports, whenUsed(createRequire(file)), module, file, dirname(file));
};
