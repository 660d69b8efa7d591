import * as E from "fp-ts/lib/Either.js";
import { describe, expect, test } from "vitest";
import { type CheckOptions, parseCommandLine } from "./command-line.ts";
import { commandWords } from "./command-words.ts";

const parse = (...words: readonly string[]) => parseCommandLine(words, "1.2.3");

const options = (...words: readonly string[]): CheckOptions | undefined => {
  const parsed = parse(...words);
  return E.isRight(parsed) && parsed.right.kind === "check" ? parsed.right.options : undefined;
};

const complaint = (...words: readonly string[]): string => {
  const parsed = parse(...words);
  return E.isLeft(parsed) ? parsed.left.message : "";
};

const defaults: CheckOptions = {
  inputs: ["a.tw"],
  only: [],
  set: [],
  list: false,
  trace: "ladder",
  minimal: "steps",
  all: 1,
  json: false,
  quiet: false,
  color: "auto",
  engine: "auto",
};

describe("the command line", () => {
  test("takes files and folders", () => {
    expect(options("a.tw")).toEqual(defaults);
    expect(options("-", "models")?.inputs).toEqual(["-", "models"]);
  });

  test("names an option that is misspelt before one that is missing", () => {
    expect(complaint("export", "t.json", "--tp", "svg")).toBe(
      "unknown option '--tp'\n(Did you mean --to?)",
    );
    expect(complaint("export", "t.json", "--nothing-like-it")).toContain("unknown option");
    for (const it of ["conform", "export", "graph", "replay", "translate"]) {
      expect(complaint(it, "a", "--nothing-like-it")).toContain("unknown option");
      expect(complaint(it, "a")).toContain("required option");
    }
  });

  test("collects --set and --only", () => {
    const words = ["--set", "A=1", "a.tw", "--set", "B[x]=2", "--only", "p", "--only", "q"];
    expect(options(...words)).toEqual({ ...defaults, set: ["A=1", "B[x]=2"], only: ["p", "q"] });
  });

  test("collects --check, here and where checks try mutants or are walked through", () => {
    const words = ["--check", "I*", "--check", "J?"];
    expect(options("a.tw", ...words)?.check).toEqual(["I*", "J?"]);
    for (const command of ["mutate", "simulate"]) {
      const parsed = parse(command, "a.tw", ...words);
      expect(E.isRight(parsed) ? parsed.right : parsed).toMatchObject({ check: ["I*", "J?"] });
    }
  });

  test.each([
    [["a.tw", "--timeout", "1", "--timeout", "2"], "--timeout is given twice"],
    [["a.tw", "--sarif", "a", "--sarif", "a"], "--sarif is given twice"],
    [["graph", "a.tw", "--to", "dot", "--check", "a", "--check", "b"], "--check is given twice"],
  ])("ignores no word: %j", (words, message) => {
    expect(complaint(...words)).toBe(message);
  });

  test("does not mind a switch that is given twice", () => {
    expect(options("a.tw", "--json", "--json")?.json).toBe(true);
  });

  test.each([
    ["512", 512],
    ["1K", 1024],
    ["1.5M", 1_572_864],
    ["4g", 4_294_967_296],
    ["2GB", 2_147_483_648],
  ])("reads --memory %s", (text, memoryBytes) => {
    expect(options("a.tw", "--memory", text)).toEqual({ ...defaults, memoryBytes });
  });

  test.each(["5G", "4.1G", "1T", "4294967297"])(
    "refuses --memory %s, and says what is most",
    (text) => {
      expect(complaint("a.tw", "--memory", text)).toContain("a size is at most 4G");
    },
  );

  test.each([
    ["90", 90],
    ["90s", 90],
    ["2m", 120],
    ["0.5h", 1800],
  ])("reads --timeout %s", (text, timeoutSeconds) => {
    expect(options("a.tw", "--timeout", text)).toEqual({ ...defaults, timeoutSeconds });
  });

  test("knows sweeps alone, and where to draw them", () => {
    expect(options("a.tw")?.sweeps).toBeUndefined();
    expect(options("sweep", "a.tw")).toEqual({ ...defaults, sweeps: {} });
    const drawn = { ...defaults, check: ["n*"], sweeps: { svg: "b.svg" } };
    expect(options("sweep", "a.tw", "--check", "n*", "--svg", "b.svg")).toEqual(drawn);
    expect(complaint("sweep")).toBe("no file given; try `check --help`");
    expect(complaint("a.tw", "--svg", "b.svg")).toContain("unknown option '--svg'");
  });

  test("reads --max-states with separators", () => {
    expect(options("a.tw", "--max-states", "1_000_000")?.maxStates).toBe(1_000_000);
    expect(options("a.tw", "--max-states", "1e3")?.maxStates).toBe(1000);
    expect(options("a.tw", "--max-states", "1.5E6")?.maxStates).toBe(1_500_000);
  });

  test.each([
    [["--max-states", "0", "a.tw"]],
    [["--max-states", "many", "a.tw"]],
    [["--max-states", "1.5", "a.tw"]],
    [["--max-states", "1e", "a.tw"]],
    [["--max-states", "1e-3", "a.tw"]],
    [["--memory", "4X", "a.tw"]],
    [["--timeout", "-1", "a.tw"]],
    [["--set", "A", "a.tw"]],
    [["--trace", "tree", "a.tw"]],
    [["--color", "a.tw"]],
    [[]],
    [["explain"]],
    [["format"]],
    [["format", "a.tw", "--write", "--check"]],
    [["translate", "a.tw"]],
    [["translate", "a.tw", "--to", "french"]],
  ])("refuses %j with a sentence", (words) => {
    expect(complaint(...words)).toMatch(/\S/);
  });

  test("suggests the nearest option", () => {
    expect(complaint("a.tw", "--max-state", "3")).toBe(
      "unknown option '--max-state'\n(Did you mean --max-states?)",
    );
  });

  test("takes only the first word as a command", () => {
    expect(parse("explain", "TW0203")).toEqual(
      E.right({ kind: "explain", code: "TW0203", color: "auto" }),
    );
    expect(parse("format", "a.tw", "--check")).toEqual(
      E.right({ kind: "format", files: ["a.tw"], mode: "check", color: "auto" }),
    );
    expect(parse("translate", "a.tw", "--to", "murphi", "-o", "a.m", "--set", "N=3")).toEqual(
      E.right({
        kind: "translate",
        file: "a.tw",
        to: "murphi",
        set: ["N=3"],
        output: "a.m",
        color: "auto",
      }),
    );
    expect(options("./explain")?.inputs).toEqual(["./explain"]);
    expect(options("a.tw", "explain")?.inputs).toEqual(["a.tw", "explain"]);
  });

  test("prints help and version as results", () => {
    expect(parse("--version")).toEqual(E.right({ kind: "print", text: "1.2.3\n" }));
    const help = parse("--help");
    expect(E.isRight(help) && help.right.kind === "print" ? help.right.text : "").toContain(
      "explain CODE",
    );
  });

  test.each(commandWords)("helps with %s, also when help comes first", (word) => {
    const help = parse(word, "--help");
    expect(E.isRight(help) && help.right.kind).toBe("print");
    expect(parse("help", word)).toEqual(help);
  });

  test("helps with itself, and with one command only", () => {
    expect(parse("help")).toEqual(parse("--help"));
    expect(parse("help", "--help")).toEqual(parse("--help"));
    expect(complaint("help", "nothing")).toBe("help is for one command, and `nothing` is none");
    expect(complaint("help", "graph", "merge")).toContain("`graph merge` is none");
  });
});
