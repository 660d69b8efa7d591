// Runs the program in one piece, together with what V8 made of its text when it was built.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

/** Another Node would refuse it, so each has its own. */
export const rememberedAs = (file) => `${file}.${process.version}-${process.arch}.cache`;

/**
 * How long a function runs before V8 compiles it once more: as V8 has it, and six times as long, since what runs for
 * less than a second does not win back what that takes. The next V8 knows no such figure, and waits longer by itself.
 */
const [usual, patient] = [67_584, 400_000];

const budget = (figure) => {
  if (process.versions.v8.startsWith("11.")) setFlagsFromString(`--interrupt-budget=${figure}`);
};

const workers = "node:worker_threads";
/** Of Node, what most runs do without and what takes milliseconds to load. */
const seldom = ["node:child_process", "node:crypto", "node:dgram", "node:net", workers];

/** Node keeps what V8 made of its own modules as well, for threads too, and refuses it where figures are others. */
const loaded = (require, name) => {
  budget(usual);
  const module = require(name);
  if (name !== workers) budget(patient);
  return module;
};

const whenUsed = (require) => (name) => {
  if (!seldom.includes(name)) return require(name);
  let module;
  return new Proxy({}, { get: (_, key) => (module ??= loaded(require, name))[key] });
};

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
  }
  const module = { exports: {} };
  const run = script.runInThisContext();
  const require = createRequire(file);
  // Not before: V8 refuses what it kept under other figures.
  if (!isRemembering) budget(patient);
  run(module.exports, isRemembering ? require : whenUsed(require), module, file, dirname(file));
};
