// Compares our counts and verdicts with those of rumur and SPIN: npm run oracle [-- [--quick] WORD…], from
// the root. Words narrow it to files and titles that contain one of them; --quick leaves out what takes
// rumur more than some seconds. Exit code: 16 where something differs.

import { allCases, type Case } from "./cases.ts";
import { exploreAll } from "./own.ts";
import { differences, ownReading } from "./reading.ts";
import { ask, missingFor, type Tool } from "./tools.ts";

const maxStates = 300_000;
/** In a quick run, of models with as many rules as the specification has. */
const maxStatesForRumur = 10_000;
const tools = ["rumur", "spin"] as const;
const isQuick = process.argv.includes("--quick");

interface Row {
  readonly differs: boolean;
  readonly compared: number;
  readonly skipped: number;
}

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

// Who reads no further, as `head` does, has what was wanted.
process.stdout.on("error", () => process.exit(74));

const missing = new Map<Tool, readonly string[]>(tools.map((it) => [it, missingFor(it)]));
const isThere = (tool: Tool): boolean => (missing.get(tool) ?? []).length === 0;

const compare = async ({ file, title, core }: Case): Promise<Row> => {
  const result = await exploreAll(core, maxStates);
  const name = `${file}: ${title}`;
  if (result === undefined) {
    say(`${name}\n    left out: more than ${maxStates} states`);
    return { differs: false, compared: 0, skipped: tools.length };
  }
  const own = ownReading(core, result);
  say(`${name}\n    check  ${own.states} states, ${own.transitions} transitions`);
  let [differs, compared] = [false, 0];
  for (const tool of tools.filter(isThere)) {
    if (isQuick && tool === "rumur" && file.startsWith("spec/") && own.states > maxStatesForRumur) {
      say("    rumur  skipped: a quick run");
      continue;
    }
    const begin = performance.now();
    const other = ask(tool, core, own.states);
    const seconds = `${((performance.now() - begin) / 1000).toFixed(1)} s`;
    if (other === "refused") {
      say(`    ${tool.padEnd(5)}  skipped: the translation is refused`);
      continue;
    }
    compared += 1;
    const found = differences(own, other);
    differs ||= found.length > 0;
    const verdict = found.length === 0 ? "equal" : `DIFFERS: ${found.join("; ")}`;
    say(
      `    ${tool.padEnd(5)}  ${other.states} states, ${other.transitions} transitions  ${verdict}  (${seconds})`,
    );
  }
  return { differs, compared, skipped: tools.length - compared };
};

for (const tool of tools) {
  const names = missing.get(tool) ?? [];
  if (names.length > 0) {
    say(
      `${tool} is skipped: ${names.join(" and ")} not installed (Debian packages of these names)`,
    );
  }
}
const words = process.argv.slice(2).filter((it) => it !== "--quick");
const wanted = allCases().filter(
  ({ file, title }) =>
    words.length === 0 || words.some((it) => file.includes(it) || title.includes(it)),
);
const rows: Row[] = [];
for (const it of wanted) rows.push(await compare(it));
const sum = (count: (row: Row) => number): number =>
  rows.reduce((total, row) => total + count(row), 0);
const different = rows.filter((it) => it.differs).length;
say(
  `\n${rows.length} models, ${sum((it) => it.compared)} comparisons, ${sum((it) => it.skipped)} skipped, ${different} models differ`,
);
process.exitCode = different > 0 ? 16 : 0;
