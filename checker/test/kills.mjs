// Kills the program at random moments while it writes lock and cache: no file may ever be damaged, and no
// verdict wrong afterwards. `node checker/test/kills.mjs 1000` does so a thousand times.

import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const launcher = fileURLToPath(new URL("../../bin/check.js", import.meta.url));

/** Many small searches: most of the time goes into writing what they found. */
const model = (top) =>
  [
    "const TOP : 0..99 = 3",
    "var n : 0..99",
    "rule up when n < TOP { n += 1 }",
    "rule back when n == TOP { n = 0 }",
    "invariant low : n < 3",
    "invariant small : n <= TOP",
    ...Array.from(
      { length: 30 },
      (_, at) => `check "${at}" { TOP = ${top + at} } expect violated low in 3 steps`,
    ),
    "",
  ].join("\n");

const models = [model(3), model(40)];

/** From 0 to 1, the same for the same seed. */
const random = (seed) => {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
};

const words = ["a.tw", "--cache-dir", "cache", "--lock", "lock", "--json"];

const finished = (folder, more) => {
  const { status, stdout } = spawnSync(process.execPath, [launcher, ...words, ...more], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  // Figures that vary, and where they are from, are not what is compared.
  const told = stdout.replaceAll(/^ *"(seconds|cached)": .*\n/gm, "");
  return { status, told };
};

/** Runs until it ends, or is killed after some milliseconds; answers whether it was. */
const killed = (folder, after) =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [launcher, ...words, "--update-lock"], {
      cwd: folder,
      stdio: "ignore",
    });
    const timer = setTimeout(() => child.kill("SIGKILL"), after);
    child.on("close", (_, signal) => {
      clearTimeout(timer);
      resolve(signal === "SIGKILL");
    });
  });

const isWhole = (text) => {
  const [head = ""] = text.split("\n");
  const rest = text.slice(head.length + 1);
  return head.split(" ").at(-1) === createHash("sha256").update(rest).digest("hex");
};

/** Entries by their places, temporary files apart. */
const damaged = (folder) =>
  !existsSync(join(folder, "cache"))
    ? []
    : readdirSync(join(folder, "cache"), { recursive: true, withFileTypes: true })
        .filter((it) => it.isFile() && !it.name.endsWith(".tmp"))
        .map((it) => join(it.parentPath, it.name))
        .filter((it) => !isWhole(readFileSync(it, "utf8")));

const begin = (folder) => {
  const clear = () => {
    for (const it of ["cache", "lock"]) rmSync(join(folder, it), { recursive: true, force: true });
  };
  const references = models.map((text) => {
    clear();
    writeFileSync(join(folder, "a.tw"), text);
    const started = performance.now();
    const fresh = finished(folder, ["--update-lock"]);
    const lasts = performance.now() - started;
    const begun = performance.now();
    finished(folder, ["--update-lock"]);
    const lastsAgain = performance.now() - begun;
    return { text, fresh, lasts, lastsAgain, lock: readFileSync(join(folder, "lock"), "utf8") };
  });
  clear();
  return references;
};

/**
 * Answers how many were killed, how many ended before, and what was wrong: nothing, if all is well.
 * @param {number} times
 * @param {number} seed
 */
export const kills = async (times, seed = 1) => {
  const folder = mkdtempSync(join(tmpdir(), "check-kills-"));
  const wrong = [];
  let killedOnes = 0;
  try {
    const next = random(seed);
    const references = begin(folder);
    const locks = references.map((it) => it.lock);
    for (let time = 0; time < times; time += 1) {
      const { text, fresh, lasts, lastsAgain, lock } =
        references[Math.floor(next() * references.length)];
      const isEmpty = next() < 0.3;
      if (isEmpty) rmSync(join(folder, "cache"), { recursive: true, force: true });
      writeFileSync(join(folder, "a.tw"), text);
      const about = isEmpty ? lasts : lastsAgain;
      killedOnes += (await killed(folder, about * (0.2 + 0.9 * next()))) ? 1 : 0;
      wrong.push(...damaged(folder).map((it) => `after ${time}: ${it} is damaged`));
      const path = join(folder, "lock");
      if (existsSync(path) && !locks.includes(readFileSync(path, "utf8"))) {
        wrong.push(`after ${time}: the lock is none of those that were written`);
      }
      if (time % 10 !== 9 && time !== times - 1) continue;
      const { told, status } = finished(folder, ["--update-lock"]);
      if (told !== fresh.told || status !== fresh.status)
        wrong.push(`after ${time}: another verdict`);
      if (readFileSync(path, "utf8") !== lock) wrong.push(`after ${time}: another lock`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { times, killed: killedOnes, ended: times - killedOnes, wrong };
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = await kills(Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 1));
  process.stdout.write(`${JSON.stringify(found, undefined, 1)}\n`);
  process.exitCode = found.wrong.length === 0 && found.killed > 0 ? 0 : 1;
}
