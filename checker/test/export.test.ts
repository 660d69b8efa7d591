// `check --out`, `check export` and `check graph` as users meet them: files, streams, exit codes.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Workshop, workshop } from "./program.ts";
import { twoLives } from "./two-lives.ts";

let shop: Workshop;

const trace = "traces/an-old-goodbye-stale-fin-1.json";

beforeAll(() => {
  shop = workshop({
    "two-lives.tw": twoLives,
    "fine.tw": "var lit : bool\nrule flip { lit = not lit }\n",
  });
  shop.check(["two-lives.tw", "--out", "traces"]);
});

afterAll(() => {
  shop.close();
});

const text = (name: string): string => readFileSync(join(shop.folder, name), "utf8");

const exported = (form: string, ...more: readonly string[]) =>
  shop.check(["export", trace, "--to", form, ...more]);

const codes = (err: string): readonly string[] =>
  [...err.matchAll(/^\w+\[(TW\d+)\]/gm)].map((it) => it[1] ?? "");

describe("--out", () => {
  test("writes a trace and its ITF for each violation, and nothing half-written", () => {
    expect(readdirSync(join(shop.folder, "traces"))).toEqual([
      "a-lost-goodbye-again-1.itf.json",
      "a-lost-goodbye-again-1.json",
      "a-lost-hello-stale-fin-1.itf.json",
      "a-lost-hello-stale-fin-1.json",
      "an-old-goodbye-stale-fin-1.itf.json",
      "an-old-goodbye-stale-fin-1.json",
    ]);
  });

  test("changes nothing else of what is said, and writes the same bytes again", () => {
    const without = shop.check(["two-lives.tw"]);
    const before = text(trace);
    const again = shop.check(["two-lives.tw", "--out", "traces"]);
    const timeless = (out: string): string => out.replaceAll(/[\d.]+ s\b/g, "");
    expect(timeless(again.out)).toBe(timeless(without.out));
    expect(again.code).toBe(without.code);
    expect(text(trace)).toBe(before);
  });

  test("gives the names that --json tells", () => {
    const { out } = shop.check(["two-lives.tw", "--json"]);
    const named = [...out.matchAll(/"trace": "([^"]+)"/g)].map(([, name = ""]) => name);
    const written = readdirSync(join(shop.folder, "traces"));
    expect(new Set(named)).toEqual(new Set(written.filter((it) => !it.endsWith(".itf.json"))));
  });

  test("says so when there is nothing to write, and makes no folder for it", () => {
    const { code, err } = shop.check(["fine.tw", "--out", "nothing"]);
    expect([code, err]).toEqual([0, "check: nothing is violated, so there is no trace to write\n"]);
    expect(existsSync(join(shop.folder, "nothing"))).toBe(false);
  });

  test("that is no folder is exit 73", () => {
    const { code, err } = shop.check(["two-lives.tw", "--out", "two-lives.tw"]);
    expect(code).toBe(73);
    expect(err).toContain("cannot make the folder");
    expect(err).not.toContain("nothing is violated");
  });

  test("keeps a file outside by its name alone, and constants of the command line", () => {
    const outside = join(shop.folder, "two-lives.tw");
    const { folder } = shop;
    const ended = shop.shell(
      `mkdir -p deep && cd deep && $CHECK ${outside} --check "an old*" --set CAREFUL=false --out .`,
    );
    expect(ended.code).toBe(0);
    const kept = text("deep/an-old-goodbye-stale-fin-1.json");
    expect(JSON.parse(kept)).toMatchObject({ source: "two-lives.tw", set: ["CAREFUL=false"] });
    expect(kept).not.toContain(folder);
    const there = `cd deep && $CHECK export an-old-goodbye-stale-fin-1.json --to json`;
    expect(shop.shell(there).code).toBe(66);
    expect(shop.shell(`${there} --model ../two-lives.tw`)).toMatchObject({ code: 0, out: kept });
  });
});

describe("check export", () => {
  test.each(["json", "itf", "mermaid", "svg", "html", "vitest", "packetdrill"])(
    "prints %s",
    (form) => {
      const { code, out, err } = exported(form);
      expect([code, err]).toEqual([0, ""]);
      expect(out.endsWith("\n")).toBe(true);
      expect(exported(form, "-o", "written")).toMatchObject({ code: 0, out: "", err: "" });
      expect(text("written")).toBe(out);
    },
  );

  test("writes a capture as bytes", () => {
    expect(exported("pcapng", "--output", "x.pcapng").code).toBe(0);
    const written = readFileSync(join(shop.folder, "x.pcapng"));
    expect(written.subarray(0, 4)).toEqual(Buffer.from([0x0a, 0x0d, 0x0d, 0x0a]));
    const piped = shop.shell(`$CHECK export ${trace} --to pcapng | cmp - x.pcapng`);
    expect(piped).toMatchObject({ code: 0, out: "" });
  });

  test("reads a trace from standard input", () => {
    expect(shop.check(["export", "-", "--to", "json"], { input: text(trace) }).out).toBe(
      text(trace),
    );
  });

  test("adds what quint-connect needs", () => {
    expect(exported("itf", "--itf-mbt").out).toContain('"mbt::actionTaken"');
  });

  test.each([
    ["no file", "missing.json", "", 66, "TW0190"],
    ["no JSON", "broken.json", "{", 65, "TW0140"],
    ["another kind", "itf.json", '{"#meta": {}}', 65, "TW0141"],
  ])("of %s is refused", (_, name, content, code, diagnostic) => {
    if (content !== "") shop.write(name, content);
    const ended = shop.check(["export", name, "--to", "svg"]);
    expect([ended.code, codes(ended.err), ended.out]).toEqual([code, [diagnostic], ""]);
  });

  test.each([
    ["a model with other words", /\bCAREFUL\b/g, "CAUTIOUS", 16, "TW0142"],
    ["a model without the check", /"an old goodbye"/, '"a new goodbye"', 16, "TW0145"],
    ["a model with mistakes", "final : true", "final : truth", 65, "TW0201"],
  ])("of a trace of %s is refused", (_, what, by, code, diagnostic) => {
    shop.write("changed.tw", twoLives.replace(what, by));
    const ended = exported("svg", "--model", "changed.tw");
    expect([ended.code, codes(ended.err)]).toEqual([code, [diagnostic]]);
  });

  test("takes comments and layout for nothing", () => {
    shop.write("other.tw", `// Another beginning.\n${twoLives.replaceAll("  ", "    ")}`);
    expect(exported("json", "--model", "other.tw").out).toBe(text(trace));
  });

  test("tells of a stale trace whether its steps are still possible", () => {
    shop.write(
      "still.tw",
      twoLives.replace("  timer quiet\n", "  timer quiet\n  var more : bool\n"),
    );
    expect(exported("svg", "--model", "still.tw").err).toContain("the steps are still possible");
    shop.write("gone.tw", twoLives.replace("duplication COPIES", "duplication none"));
    expect(exported("svg", "--model", "gone.tw").err).toContain("not possible any more");
  });
});

describe("an exported test", () => {
  const outcome = (): string => {
    const { stdout, stderr } = spawnSync(process.execPath, ["run.mjs"], {
      cwd: shop.folder,
      encoding: "utf8",
    });
    return stdout + stderr;
  };

  test("passes on the model it comes from, and fails once the model is mended", () => {
    const library = join(import.meta.dirname, "../../dist/library.js");
    const body = exported("vitest", "-o", "old.test.ts");
    expect(body.code).toBe(0);
    // As Vitest would run it, with nothing of Vitest but what the file uses.
    const runnable = text("old.test.ts")
      .replace(
        /^import \{ expect.*$/m,
        "const test = (_, run) => run();\nconst expect = (it) => ({ toEqual: () => console.log(it.kind, it.step ?? '') });",
      )
      .replace(/^import \{ rehearse.*$/m, `import { rehearse } from ${JSON.stringify(library)};`)
      .replace(": TraceScript", "");
    shop.write("run.mjs", runnable);
    expect(outcome()).toBe("still violated \n");
    shop.write("two-lives.tw", twoLives.replace("CAREFUL : bool = false", "CAREFUL : bool = true"));
    expect(outcome()).toBe("not possible 5\n");
    shop.write("two-lives.tw", twoLives.replace("enum Host", "enum"));
    expect(outcome()).toMatch(/^no model/);
    rmSync(join(shop.folder, "two-lives.tw"));
    expect(outcome()).toMatch(/^no model/);
    shop.write("two-lives.tw", twoLives);
    expect(text("old.test.ts")).toContain('from "@timewait/check"');
  });
});

describe("check graph", () => {
  test("draws small models, and refuses large ones", () => {
    const { code, out } = shop.check(["graph", "fine.tw", "--to", "dot"]);
    expect([code, out.split("\n")[0]]).toEqual([0, 'digraph "fine.tw" {']);
    expect(shop.check(["graph", "fine.tw", "--to", "svg"]).out).toMatch(/^<svg /);
    shop.write(
      "large.tw",
      "var a : 0..99\nvar b : 0..99\nrule a_up { a = (a + 1) % 100 }\nrule b_up { b = (b + 1) % 100 }\n",
    );
    const refused = shop.check(["graph", "large.tw", "--to", "dot"]);
    expect([refused.code, codes(refused.err), refused.out]).toEqual([64, ["TW0531"], ""]);
    const merged = shop.check(["graph", "large.tw", "--to", "dot", "--on", "a", "--force"]);
    expect(merged.out.match(/^ {2}s\d+ \[/gm)).toHaveLength(100);
  });

  test("asks for one check by its title", () => {
    const ended = shop.check(["graph", "two-lives.tw", "--to", "dot"]);
    expect([ended.code, ended.out]).toEqual([64, ""]);
    expect(ended.err).toContain("an old goodbye");
  });
});

const browser = ["chromium", "chromium-browser", "google-chrome"].find(
  (it) => spawnSync(it, ["--version"]).status === 0,
);

describe.skipIf(browser === undefined)("a browser (skipped where there is no Chromium)", () => {
  test("shows the state at the step that is asked for", () => {
    expect(exported("html", "-o", "page.html").code).toBe(0);
    const dom = (step: number): string =>
      execFileSync(
        browser ?? "",
        [
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--virtual-time-budget=2000",
          "--dump-dom",
          `file://${join(shop.folder, "page.html")}#${step}`,
        ],
        { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], timeout: 60_000 },
      );
    const page = dom(5);
    expect(page).toContain('<output id="now" for="step">step 5 of 8, time 0</output>');
    expect(page).toContain('<td data-variable="tcp[B].state" class="changed">CLOSED</td>');
    // Steps 6, 7 and 8 are still to come, and with them the second SYN.
    expect(page.match(/class="step later"/g)).toHaveLength(3);
    expect(dom(99)).toContain("step 8 of 8");
  });
});

describe("check refresh", () => {
  const refresh = (...words: readonly string[]) => shop.check(["refresh", "kept", ...words]);

  test("makes what is missing, changes nothing that is right, and tells what a change did", () => {
    shop.write("kept/goodbye/trace.json", text(trace));
    expect(refresh("--check")).toMatchObject({
      code: 16,
      out: "goodbye: differs: ladder.svg and capture.pcapng and script.pkt to be made\n",
    });
    expect(existsSync(join(shop.folder, "kept/goodbye/ladder.svg"))).toBe(false);
    expect(refresh().code).toBe(0);
    expect(refresh("--check")).toMatchObject({ code: 0, out: "goodbye: unchanged\n", err: "" });

    shop.write("kept/goodbye/script.pkt", "garbage");
    rmSync(join(shop.folder, "kept/goodbye/ladder.svg"));
    expect(refresh()).toMatchObject({
      code: 0,
      out:
        "goodbye: written: ladder.svg made; " +
        "script.pkt in another form, the steps being the same\n",
    });

    shop.write("two-lives.tw", twoLives.replace("LOSSES : 0..1 = 0", "LOSSES : 0..1 = 1"));
    expect(refresh("--check")).toMatchObject({
      code: 16,
      out:
        "goodbye: differs: 6 steps instead of 8; other faults: now lose wire; no longer duplicate wire; " +
        "other cases: no longer tcp[B].CLOSED.hello, tcp[B].OPEN.goodbye; the ways part at step 2\n",
    });
    expect(refresh()).toMatchObject({ code: 0 });
    expect(text("kept/goodbye/trace.json")).toContain('"lose wire"');
    expect(refresh("--check").code).toBe(0);

    const kept = text("kept/goodbye/trace.json");
    shop.write("two-lives.tw", twoLives.replace("COPIES : 0..1 = 1", "COPIES : 0..1 = 0"));
    expect(refresh()).toMatchObject({
      code: 16,
      out: 'goodbye: gone: "an old goodbye" has no counterexample any more; it was: stale_fin is violated\n',
    });
    expect(text("kept/goodbye/trace.json")).toBe(kept);

    const renamed = twoLives.replace('check "an old goodbye"', 'check "an older goodbye"');
    expect(renamed).not.toBe(twoLives);
    shop.write("two-lives.tw", renamed);
    expect(refresh()).toMatchObject({
      code: 16,
      out: 'goodbye: gone: two-lives.tw has no check "an old goodbye" any more\n',
    });
    expect(text("kept/goodbye/trace.json")).toBe(kept);
    shop.write("two-lives.tw", twoLives);
  });

  test("names what a binding lacks, and removes what a model without one does not make", () => {
    shop.write("two-lives.tw", twoLives);
    shop.write("bound/goodbye/trace.json", text(trace));
    const bound = (...words: readonly string[]) => shop.check(["refresh", "bound", ...words]);
    expect(bound().code).toBe(0);
    shop.write("bound/goodbye/capture.pcapng", "garbage");

    const lacking = twoLives.replace("RST = rst", "");
    expect(lacking).not.toBe(twoLives);
    shop.write("two-lives.tw", lacking);
    const refused = bound();
    expect([refused.code, codes(refused.err)]).toEqual([65, ["TW0530"]]);
    expect(text("bound/goodbye/capture.pcapng")).toBe("garbage");
    expect(bound("--check").code).toBe(65);

    shop.write("two-lives.tw", twoLives.replace(/^binding tcp \{[^]*?^\}$/m, ""));
    const named = "capture.pcapng and script.pkt to be removed: the model is not bound to TCP\n";
    expect(bound("--check")).toMatchObject({ code: 16, out: expect.stringContaining(named) });
    expect(existsSync(join(shop.folder, "bound/goodbye/capture.pcapng"))).toBe(true);
    expect(bound().code).toBe(0);
    expect(readdirSync(join(shop.folder, "bound/goodbye"))).toEqual(["ladder.svg", "trace.json"]);
    expect(bound("--check")).toMatchObject({ code: 0, out: "goodbye: unchanged\n" });
    shop.write("two-lives.tw", twoLives);
  });

  test("does not call gone what was not searched", () => {
    shop.write("asked/goodbye/trace.json", text(trace));
    shop.write("two-lives.tw", `${twoLives}\nassume COPIES == 0, "no copies"\n`);
    const { code, out, err } = shop.check(["refresh", "asked"]);
    expect([code, out]).toEqual([10, expect.stringContaining("goodbye: not known: ")]);
    expect(err).toContain("no copies");
    shop.write("two-lives.tw", twoLives);
  });

  test("refuses damaged files, and folders without any", () => {
    shop.write("spoilt/one/trace.json", "{}");
    const spoilt = shop.check(["refresh", "spoilt"]);
    expect([spoilt.code, codes(spoilt.err)]).toEqual([65, ["TW0141"]]);
    expect(shop.check(["refresh", "nowhere"]).code).toBe(66);
  });
});
