// Bundles checker/cli/main.ts and all it imports into dist/: the installed package needs nothing else.
// With --prepare it does so for npm, which makes a package of a checkout that way: a package without
// the program must not come of it.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = join(root, "dist");

/**
 * fp-ts is imported as CommonJS, as Node needs it; its other form lets the bundler leave out what is unused.
 * jsonc-parser has a form for Node that no bundler can follow, and another beside it.
 */
const modernForms = {
  name: "modern-forms",
  resolveId(source, importer) {
    if (source === "jsonc-parser") {
      return this.resolve("jsonc-parser/lib/esm/main.js", importer);
    }
    const module = /^fp-ts\/lib\/(.+)\.js$/.exec(source)?.[1];
    return module === undefined ? null : this.resolve(`fp-ts/es6/${module}.js`, importer);
  },
};

const byText = (left, right) => (left < right ? -1 : 1);

/** The licences of everything that became part of the bundle. */
const licences = (modules) => {
  const packages = new Set(
    modules.flatMap((it) => /^.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(it)?.[1] ?? []),
  );
  const texts = [...packages].sort(byText).map((name) => {
    const folder = join(root, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((it) => /^licen[cs]e/i.test(it));
    const text = file === undefined ? `${license}\n` : readFileSync(join(folder, file), "utf8");
    return `${name} ${version} (${license})\n\n${text.trim()}\n`;
  });
  return texts.join(`\n${"-".repeat(80)}\n\n`);
};

/** Names a build by all of its code, so that it believes in nothing that another build found. */
const fingerprint = (folder, files) => {
  const hash = createHash("sha256");
  for (const it of [...files].sort(byText)) hash.update(readFileSync(join(folder, it)));
  return `${hash.digest("hex")}\n`;
};

// Less text starts faster; names stay, so that a reported stack can be read.
const minify = { mangle: false, compress: true, codegen: true };

/** The program in one piece: a checkout starts from it, and from what V8 made of it. */
const inOnePiece = async ({ build }, folder) => {
  const { output } = await build({
    input: join(root, "checker/cli/main.ts"),
    platform: "node",
    plugins: [modernForms],
    output: { format: "cjs", codeSplitting: false, minify },
    write: false,
    logLevel: "warn",
  });
  const parameters = "exports, require, module, __filename, __dirname";
  // V8 reads a text of single bytes faster, and needs half the memory for it.
  const code = output[0].code.replaceAll(
    /[^\0-\x7f]/g,
    (it) => `\\u${it.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  writeFileSync(join(folder, "check.cjs"), `(function (${parameters}) {${code}\n})`, "latin1");
};

/** What the other threads of a search run: a thread starts sooner where there is nothing to import. */
const forThreads = ({ build }, folder) =>
  build({
    input: join(root, "checker/cli/worker.ts"),
    platform: "node",
    plugins: [modernForms],
    output: { file: join(folder, "worker.cjs"), format: "cjs", codeSplitting: false, minify },
    logLevel: "warn",
  });

/** Runs the program once on models that need most of it, and keeps what V8 compiled meanwhile. */
const remember = (folder) => {
  const file = join(folder, "check.cjs");
  const code = `import(process.argv[1]).then(({ start }) => {
    const file = process.argv[2];
    process.argv.splice(1, 2, file);
    start(file, { isRemembering: true });
  });`;
  const models = ["die-hard", "narrow-time-wait-typed"].map((it) => `models/classics/${it}.tw`);
  const words = [...models, "--reduce", "all", "--max-states", "60000", "--threads", "1"];
  const start = join(root, "bin/start.js");
  spawnSync(process.execPath, ["--eval", code, start, file, ...words, "--quiet"], {
    cwd: root,
    env: { ...process.env, CHECK_CACHE: "off" },
    stdio: "ignore",
    timeout: 60_000,
  });
};

const bundle = async (bundler) => {
  const { build } = bundler;
  // Written beside and renamed, so that a program that runs meanwhile never sees half a file.
  const beside = join(root, `dist.${process.pid}.tmp`);
  try {
    const { output } = await build({
      input: {
        check: join(root, "checker/cli/main.ts"),
        // The threads that try mutants run this.
        "mutation-worker": join(root, "checker/cli/mutation-worker.ts"),
        // A replay runs this in a namespace of its own.
        "kernel-stack": join(root, "checker/cli/kernel-stack.ts"),
        // What test files import.
        library: join(root, "checker/cli/library.ts"),
      },
      platform: "node",
      plugins: [modernForms],
      output: {
        dir: beside,
        format: "esm",
        entryFileNames: "[name].js",
        chunkFileNames: "[name].js",
        minify,
      },
      logLevel: "warn",
    });
    const modules = output.flatMap((it) => (it.type === "chunk" ? it.moduleIds : []));
    writeFileSync(join(beside, "LICENSES.txt"), licences(modules));
    await inOnePiece(bundler, beside);
    await forThreads(bundler, beside);
    const code = readdirSync(beside).filter((it) => /\.c?js$/.test(it));
    writeFileSync(join(beside, "fingerprint.txt"), fingerprint(beside, code));
    mkdirSync(target, { recursive: true });
    const made = readdirSync(beside);
    for (const it of readdirSync(target)) if (!made.includes(it)) rmSync(join(target, it));
    for (const it of made) renameSync(join(beside, it), join(target, it));
    remember(target);
  } finally {
    if (existsSync(beside)) rmSync(beside, { recursive: true });
  }
};

const npmWord = (name) => process.env[`npm_${name}`] ?? "";

/**
 * `npm install --global` of a git address installs the checkout first, to build it, and hands "global" on to that
 * inner installation, which then brings nothing of what a build needs. So it is brought here, and a
 * process that can see it builds.
 */
const bringAndBuild = () => {
  const handedOn = /^npm_config_(global|force|include|omit|local_prefix|global_prefix|prefix)$/i;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !handedOn.test(name)),
  );
  // Standard output may be that of `npm pack --json`.
  const how = { cwd: root, env, stdio: ["ignore", 2, 2] };
  const words = ["ci", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status } = spawnSync(process.execPath, [npmWord("execpath"), ...words], how);
  if (status !== 0) return false;
  const self = fileURLToPath(import.meta.url);
  return spawnSync(process.execPath, [self], how).status === 0;
};

const isBuilt = () => existsSync(join(target, "check.js"));

/** What is to be done where nothing is installed that could build. */
const withoutBundler = () => {
  if (process.argv.includes("--prepare")) {
    // A failure would keep `npx check` in a fresh checkout from telling what to do, as the launcher does.
    if (isBuilt() || npmWord("command") === "exec") return;
    if (npmWord("config_global") === "true" && bringAndBuild()) return;
  }
  process.stderr.write("build: rolldown is not installed; run `npm ci` first\n");
  process.exitCode = 70;
};

const bundler = await import("rolldown").catch(() => undefined);
if (bundler === undefined) withoutBundler();
else await bundle(bundler);
