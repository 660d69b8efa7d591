#!/usr/bin/env node
// The launcher of `check`: runs the built tool, or says how to build it.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rememberedAs, start } from "./start.js";

const built = new URL("../dist/check.js", import.meta.url);
const whole = fileURLToPath(new URL("../dist/check.cjs", import.meta.url));
if (existsSync(whole) && existsSync(rememberedAs(whole))) {
  start(whole);
} else if (existsSync(fileURLToPath(built))) {
  await import(built.href);
} else {
  process.stderr.write("check: not built yet; run `npm ci` in the project folder first\n");
  process.exitCode = 70;
}
