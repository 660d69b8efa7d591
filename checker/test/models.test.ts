// Runs the model library with the built program, and holds `models/README.md` and what it links to to what was found.

import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Answer, answersOf, comparisonChapter, stacks, tracesPage } from "./comparison.ts";
import { exercisedIn, happensIn, isModel, modelledIn } from "./library-homes.ts";
import { foundLock } from "./kept-lock.ts";
import { allIds, citations, exempt, idsIn, isCheck } from "./library-ids.ts";
import { checksOf, mapChapter, stacksChapter, withChapter } from "./library-page.ts";
import { questionsChapter } from "./library-questions.ts";
import { obligationsOf, readRepository, repository } from "./run-text.ts";

interface Ended {
  readonly code: number;
  readonly out: string;
}

/** Not synchronous: the runner must hear of its worker while the models are searched. */
const check = (...words: readonly string[]): Promise<Ended> => {
  if (!inject("isBuilt")) throw new Error("the program could not be built");
  const launcher = join(repository, "bin/check.js");
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [launcher, ...words, "--color=never", "--no-cache"],
      { cwd: repository, maxBuffer: 2 ** 28 },
      (_, out) => resolve({ code: child.exitCode ?? -1, out }),
    );
  });
};

/** It has no checks: its sweeps across stacks are drawn, and the drawing stands in `models/README.md`. */
const sweeps = "models/sweeps.tw";

/** What stands in `models/` itself. */
const files: readonly string[] = readdirSync(join(repository, "models"))
  .filter((it) => it.endsWith(".tw"))
  .toSorted()
  .map((it) => `models/${it}`);

const obligations = files.flatMap((file) =>
  obligationsOf(file, readRepository(file)).map((it) => ({ file, ...it })),
);

/** What the test reads of a result; `result.schema.json` has all of it. */
interface Found {
  readonly files: readonly {
    readonly file: string;
    readonly findings: readonly { readonly message: string }[];
    readonly checks: readonly { readonly name: string; readonly met: boolean }[];
    readonly sweeps: readonly { readonly name: string; readonly met: boolean }[];
  }[];
}

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "models-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const drawing = (): string => join(folder, "sweeps.svg");

describe("the models", () => {
  const unexpected = async (file: string) => {
    const words = file === sweeps ? ["sweep", file, "--svg", drawing()] : [file];
    const { code, out } = await check(...words, "--json", ...foundLock("models", folder).words);
    // The program's own output, of which the interface above is a part.
    const [found] = (JSON.parse(out) as Found).files;
    const unmet = [...(found?.checks ?? []), ...(found?.sweeps ?? [])].filter((it) => !it.met);
    const findings = found?.findings.map((it) => it.message);
    return { unmet: unmet.map((it) => it.name), findings, code };
  };

  test.each(files)(
    "%s: every check and sweep is as expected",
    async (file) => {
      expect(await unexpected(file)).toEqual({ unmet: [], findings: [], code: 0 });
    },
    300_000,
  );

  test("models/check.lock holds the verdicts and counts of all of them", async () => {
    const { text, missing } = foundLock("models", folder);
    expect(missing(files)).toEqual([]);
    await expect(text()).toMatchFileSnapshot("../../models/check.lock");
  });

  test("models/sweeps.svg shows what was swept", async () => {
    expect(obligationsOf(sweeps, readRepository(sweeps)).length).toBeGreaterThan(0);
    await expect(readFileSync(drawing(), "utf8")).toMatchFileSnapshot("../../models/sweeps.svg");
  });

  test("the list names every incident and every stack", async () => {
    const { code, out } = await check("models/", "--list");
    const incidents = allIds.filter((it) => it.startsWith("I"));
    const titles = out.split("\n").filter((it) => /^ {2}(check|sweep) /.test(it));
    const named = new Set(titles.flatMap(idsIn));
    expect({
      code,
      incidents: incidents.filter((it) => !named.has(it)),
      stacks: stacks.filter((it) => !out.includes(`models/${it}.tw\n`)),
      // What the stacks import is no model of its own.
      hasLibraries: out.includes("models/stack/"),
    }).toEqual({ code: 0, incidents: [], stacks: [], hasLibraries: false });
  });

  test("titles are unique in their file", () => {
    const titles = obligations.map((it) => `${it.file}: ${it.title}`);
    expect(titles.filter((it, at) => titles.indexOf(it) !== at)).toEqual([]);
  });

  test("are formatted, and speak of nothing that is not published", () => {
    const unpublished = files.filter((it) => /tcp-facts|\bsheet\b/.test(readRepository(it)));
    expect(unpublished).toEqual([]);
  });
});

describe("the facts", () => {
  const all = citations();
  const page = readRepository("docs/facts.md");

  test("docs/facts.md tells each of them once", () => {
    const told = [...page.matchAll(/<a id="(\w+)"><\/a>\*\*(\w+)\*\*/g)];
    expect(told.map(([, anchor = ""]) => anchor).toSorted()).toEqual(
      allIds.map((it) => it.toLowerCase()).toSorted(),
    );
    expect(told.filter(([, anchor, id]) => anchor !== id?.toLowerCase())).toEqual([]);
  });

  test("docs/facts.md links to what it has", () => {
    const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, target]) => target ?? "");
    const headings = [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w -]/g, "")
        .replaceAll(" ", "-"),
    );
    const known = new Set([...headings, ...allIds.map((it) => it.toLowerCase())]);
    expect(links.filter((it) => !known.has(it))).toEqual([]);
  });

  const facts = allIds.filter((it) => !it.startsWith("I") && !exempt.includes(it));

  test("every fact has a case, rule, constant or other declaration in a model of its stack", () => {
    const modelled = all.filter(({ place }) => isModel(place) && modelledIn.includes(place.file));
    const ids = new Set(modelled.map((it) => it.id));
    expect(facts.filter((it) => !ids.has(it))).toEqual([]);
  });

  test("every fact is exercised by a check of its stack", () => {
    const isExercised = (id: string): boolean =>
      checksOf(id, all).some(({ file }) => exercisedIn.includes(file));
    expect(facts.filter((it) => !isExercised(it))).toEqual([]);
  });

  test("every incident is a check that begins with its id, in the model of each stack it is told of", () => {
    const begun = new Set(
      all
        .filter(({ id, place }) => isCheck(place) && place.name.startsWith(`${id} `))
        .map(({ id, place }) => `${id} ${place.file}`),
    );
    const wanted = allIds
      .filter((it) => it.startsWith("I"))
      .flatMap((id) =>
        happensIn(id).length === 0 ? [id] : happensIn(id).map((it) => `${id} ${it}`),
      );
    expect(wanted.filter((it) => !begun.has(it))).toEqual([]);
  });
});

describe("models/README.md", () => {
  const answers: Answer[] = [];

  beforeAll(async () => {
    for (const stack of stacks) answers.push(...(await answersOf(stack)));
  }, 600_000);

  test("every cell of the comparison is decided, and none is a model error", () => {
    const undecided = answers.filter(
      ({ search }) => !search.exploration.complete || search.judgement.errors.length > 0,
    );
    expect(undecided.map(({ stack, title }) => `${stack}, ${title}`)).toEqual([]);
  });

  test.each(stacks)("models/comparison/%s.md has the counterexamples", async (stack) => {
    await expect(tracesPage(stack, answers)).toMatchFileSnapshot(
      `../../models/comparison/${stack}.md`,
    );
  });

  test("has a page of counterexamples for every stack and no other", () => {
    const pages = readdirSync(join(repository, "models/comparison"));
    expect(pages.toSorted()).toEqual(stacks.map((it) => `${it}.md`));
  });

  test("says what was found", async () => {
    const chapters: readonly (readonly [string, string])[] = [
      ["questions", questionsChapter()],
      ["models", stacksChapter(files)],
      ["comparison", comparisonChapter(answers)],
      ["facts", mapChapter(citations())],
    ];
    const now = chapters.reduce(
      (page, [name, text]) => withChapter(page, name, text),
      readRepository("models/README.md"),
    );
    await expect(now).toMatchFileSnapshot("../../models/README.md");
  });
});
