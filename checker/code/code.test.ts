// Where the meaning of generated code is easily missed; each printer and the reference agree on it.

import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import type { CodeModule } from "./code.ts";
import * as c from "./index.ts";
import type { Operand } from "./index.ts";
import { asWebAssembly, ways } from "./testing/link.ts";

const [x, y] = [c.i32("x"), c.i32("y")];
const [v, w] = [c.f64("v"), c.f64("w")];
const p = c.pointer("p");
const least = -(2 ** 31);
const most = 2 ** 31 - 1;

/** A module of one function that gives a value of `x` and `y`, or of `v` and `w`. */
const moduleOf = (
  parameters: readonly c.Local[],
  value: Operand,
  result: "i32" | "f64" = "i32",
): CodeModule => ({
  globals: [],
  functions: [c.codeFunction("go", { parameters, result }, c.giveBack(value))],
  exports: ["go"],
});

describe.each(ways)("%s", (_, link) => {
  const ofWords = (value: Operand) => {
    const { call } = link(moduleOf([x, y], value));
    return (a: number, b: number): number => call("go", a, b);
  };
  const ofWide = (value: Operand, result: "i32" | "f64" = "f64") => {
    const { call } = link(moduleOf([v, w], value, result));
    return (a: number, b: number): number => call("go", a, b);
  };

  test("sums, differences and products wrap around", () => {
    expect(ofWords(c.add(x, y))(most, 1)).toBe(least);
    expect(ofWords(c.subtract(x, y))(least, 1)).toBe(most);
    expect(ofWords(c.multiply(x, y))(0x7fffffff, 0x7fffffff)).toBe(1);
    expect(ofWords(c.multiply(x, 0x9e3779b1))(most, 0)).toBe(Math.imul(most, 0x9e3779b1));
    expect(ofWords(c.multiply(x, 2 ** 21 - 1))(most, 0)).toBe(Math.imul(most, 2 ** 21 - 1));
  });

  test.each([63, 64, 65, 127, 128, 129, 8_191, 8_192, 8_193, 2 ** 20, 2 ** 27 - 1, 2 ** 27])(
    "a constant is itself, also where it takes a byte more: ±%i",
    (value) => {
      for (const it of [value, -value]) expect(ofWords(c.add(x, it))(0, 0)).toBe(it);
    },
  );

  test("a variable is itself, also where its number takes a byte more", () => {
    const locals = Array.from({ length: 300 }, (_, it) => c.i32(`local${it}`));
    const sets = locals.map((it, position) => c.set(it, c.add(x, position)));
    const sum = locals.reduce<Operand>((all, it) => c.xor(c.multiply(all, 31), it), 0);
    const { call } = link({
      globals: [],
      functions: [
        c.codeFunction("go", { parameters: [x], result: "i32", locals }, sets, c.giveBack(sum)),
      ],
      exports: ["go"],
    });
    const expected = locals.reduce((all, _, it) => Math.imul(all, 31) ^ (7 + it), 0);
    expect(call("go", 7)).toBe(expected);
  });

  test("a long sum of products is exact modulo 2^32", () => {
    const term = c.multiply(x, -(2 ** 15) + 1);
    const sum = Array.from({ length: 999 }, () => term).reduce((a, b) => c.add(a, b));
    expect(ofWords(sum)(most, 0)).toBe(Math.imul(Math.imul(most, -(2 ** 15) + 1), 999));
  });

  test("shifts go by the amount modulo 32", () => {
    expect([33, 32, -1].map((it) => ofWords(c.shiftLeft(x, y))(3, it))).toEqual([6, 3, least]);
    expect([33, 32, -1].map((it) => ofWords(c.shiftRight(x, y))(-8, it))).toEqual([-4, -8, -1]);
    const unsigned = ofWords(c.shiftRightUnsigned(x, y));
    expect([33, 32, -1].map((it) => unsigned(-2, it))).toEqual([most, -2, 1]);
    expect(ofWords(c.shiftRightUnsigned(x, 32))(-2, 0)).toBe(-2);
  });

  test("the least i32 by -1 is itself, and leaves nothing", () => {
    expect(ofWords(c.divide(x, y))(least, -1)).toBe(least);
    expect(ofWords(c.divide(x, -1))(least, 0)).toBe(least);
    expect(ofWords(c.remainder(x, y))(least, -1)).toBe(0);
  });

  test("division truncates, and a remainder has the sign of the left side", () => {
    expect([ofWords(c.divide(x, y))(-7, 2), ofWords(c.divide(x, 2))(-7, 0)]).toEqual([-3, -3]);
    expect([ofWords(c.remainder(x, y))(-7, 2), ofWords(c.remainder(x, -2))(7, 0)]).toEqual([-1, 1]);
    expect([ofWide(c.divide(v, w))(-7, 2), ofWide(c.remainder(v, w))(-7, 2)]).toEqual([-3, -1]);
    expect([ofWide(c.divide(v, w))(7, -2), ofWide(c.remainder(v, w))(7, -2)]).toEqual([-3, 1]);
  });

  test("division is exact up to 53 bits", () => {
    const large = 2 ** 53 - 1;
    expect(ofWide(c.divide(v, w))(large - 1, large)).toBe(0);
    expect(ofWide(c.divide(v, w))(-large + 1, 2)).toBe(-(2 ** 52) + 1);
    expect(ofWide(c.remainder(v, w))(large, 2 ** 32)).toBe(2 ** 32 - 1);
    expect(ofWide(c.remainder(v, w))(-large, 94_906_267)).toBe(-large % 94_906_267);
  });

  test("a remainder within a remainder keeps its own operands", () => {
    const nested = c.remainder(c.remainder(v, 1000), c.remainder(w, 100));
    expect(ofWide(nested)(123_456, 207)).toBe(1);
  });

  test("unsigned comparisons see the bits", () => {
    expect([ofWords(c.lessUnsigned(x, y))(1, -1), ofWords(c.lessUnsigned(x, y))(-1, 1)]).toEqual([
      1, 0,
    ]);
    expect([
      ofWords(c.greaterUnsigned(x, -2))(-1, 0),
      ofWords(c.lessUnsigned(x, -2))(-1, 0),
    ]).toEqual([1, 0]);
  });

  test("bits are counted from both ends", () => {
    const all = (value: number): readonly number[] =>
      [c.countBits(x), c.leadingZeros(x), c.trailingZeros(x)].map((it) => ofWords(it)(value, 0));
    expect([0, -1, least, 0x50].map(all)).toEqual([
      [0, 32, 32],
      [32, 0, 0],
      [1, 0, 31],
      [2, 25, 4],
    ]);
  });

  test("an f64 becomes an i32 modulo 2^32, and back as it is asked", () => {
    expect(ofWide(c.narrow(v), "i32")(2 ** 52 + 2 ** 31, 0)).toBe(least);
    expect(ofWide(c.narrow(v), "i32")(-(2 ** 33) - 1, 0)).toBe(-1);
    const { call } = link(moduleOf([x], c.add(c.widen(x), c.widenUnsigned(x)), "f64"));
    expect(call("go", -1)).toBe(2 ** 32 - 2);
  });

  test("a condition that stops early evaluates nothing more", () => {
    const bump = c.fetchAdd(c.place(1), 0, 1);
    const { call, heap } = link(
      moduleOf([x], c.add(c.both(x, c.add(bump, 1)), c.either(x, c.add(bump, 1)))),
    );
    expect([call("go", 0), heap[1], call("go", 7), heap[1]]).toEqual([1, 1, 2, 2]);
  });

  test("a switch runs one body, and the rest for what has none", () => {
    const set = (value: number) => c.set(y, c.add(y, value));
    const { call } = link({
      globals: [],
      functions: [
        c.codeFunction(
          "go",
          { parameters: [x], locals: [y], result: "i32" },
          c.choose(x, [set(1), [], set(100)], set(1000)),
          c.giveBack(y),
        ),
      ],
      exports: ["go"],
    });
    expect([0, 1, 2, 3, -1].map((it) => call("go", it))).toEqual([1, 0, 100, 1000, 1000]);
  });

  test("an inner label hides an outer one of the same name", () => {
    const { call } = link({
      globals: [],
      functions: [
        c.codeFunction(
          "go",
          { locals: [x], result: "i32" },
          c.block(
            "same",
            c.loop(
              "same",
              c.set(x, c.add(x, 1)),
              c.when(c.greater(x, 4), c.leave("same")),
              c.again("same"),
            ),
            c.set(x, c.add(x, 10)),
            c.leave("same"),
            c.set(x, 0),
          ),
          c.giveBack(x),
        ),
      ],
      exports: ["go"],
    });
    expect(call("go")).toBe(15);
  });

  test("pointers come as word indices, and what is read through them is the heap", () => {
    const { call, heap } = link({
      globals: [c.global("kept")],
      functions: [
        c.codeFunction(
          "go",
          { parameters: [x, p], result: "i32" },
          c.store(c.advance(p, x), 2, c.wordOf(c.advance(p, 5))),
          c.set(c.global("kept"), c.add(c.global("kept"), c.load(c.advance(p, -1)))),
          c.giveBack(c.add(c.global("kept"), c.greater(c.advance(p, x), p))),
        ),
      ],
      exports: ["go"],
    });
    heap[19] = 1000;
    expect([call("go", 3, 20), call("go", 0, 20)]).toEqual([1001, 2000]);
    expect([heap[25], heap[22]]).toEqual([25, 25]);
  });

  test("an exchange happens only where the word is as expected", () => {
    const { call, heap } = link(moduleOf([x, y], c.compareExchange(c.place(3), 4, x, y)));
    heap[7] = 5;
    expect([call("go", 4, 9), heap[7], call("go", 5, 9), heap[7]]).toEqual([5, 5, 5, 9]);
  });

  test("names may be words of the host language", () => {
    const names = ["in", "H", "Math", "a b", "f$x"].map((it) => c.i32(it));
    const { call } = link(
      moduleOf(
        names,
        names.reduce<Operand>((a, b) => c.add(c.multiply(a, 10), b), 0),
      ),
    );
    expect(call("go", 1, 2, 3, 4, 5)).toBe(12_345);
  });
});

describe("WebAssembly", () => {
  test("is valid with and without a shared memory", () => {
    const module = moduleOf([x, p], c.add(c.load(p), c.fetchAdd(p, 0, x)));
    const kinds = [{ shared: false }, { shared: true }, { shared: true, maximum: 100 }];
    const valid = kinds.map((it) => c.isValidWebAssembly(c.encodeWebAssembly(module, it)));
    expect(valid).toEqual([true, true, true]);
  });

  test("links with a memory of this thread alone", async () => {
    const memory = c.createMemory({ initial: 1 });
    const bytes = c.encodeWebAssembly(moduleOf([p], c.load(p, 1)), { shared: false });
    const { go } = c.linkWebAssembly(await c.compileWebAssembly(bytes), memory);
    new Int32Array(memory.buffer)[9] = 77;
    expect(go?.(8)).toBe(77);
  });

  test("atomic additions of two threads all count", async () => {
    const count = c.codeFunction(
      "count",
      { parameters: [p, x] },
      c.loopWhile("each", c.greater(x, 0), c.run("add", p), c.set(x, c.subtract(x, 1))),
    );
    const add = c.codeFunction(
      "add",
      { parameters: [p], result: "i32" },
      c.giveBack(c.fetchAdd(p, 1, 1)),
    );
    const bytes = c.encodeWebAssembly(
      { globals: [], functions: [count, add], exports: ["count"] },
      { shared: true },
    );
    const [module, memory] = [
      c.compileWebAssemblyNow(bytes),
      c.createMemory({ initial: 1, maximum: 1, shared: true }),
    ];
    const program = `const { module, memory } = require("node:worker_threads").workerData;
      new WebAssembly.Instance(module, { heap: { memory } }).exports.count(4, 300000);`;
    const threads = [0, 1].map(
      () =>
        new Promise((resolve, reject) => {
          const worker = new Worker(program, { eval: true, workerData: { module, memory } });
          worker.on("error", reject);
          worker.on("exit", resolve);
        }),
    );
    expect(await Promise.all(threads)).toEqual([0, 0]);
    expect(new Int32Array(memory.buffer)[5]).toBe(600_000);
  });

  test("a jump table of many bodies is right in each of its entries", () => {
    const bodies = Array.from({ length: 300 }, (_, index) => [c.giveBack(index * 3)]);
    const { call } = asWebAssembly({
      globals: [],
      functions: [
        c.codeFunction(
          "go",
          { parameters: [x], result: "i32" },
          c.choose(x, bodies),
          c.giveBack(-1),
        ),
      ],
      exports: ["go"],
    });
    expect([0, 127, 128, 299, 300].map((it) => call("go", it))).toEqual([0, 381, 384, 897, -1]);
  });
});

describe("JavaScript", () => {
  test("is given up where the environment forbids it", () => {
    const refuse = (): never => {
      throw new EvalError("forbidden");
    };
    expect(c.linkJavaScript(moduleOf([x], x), new Int32Array(1), refuse)).toBeUndefined();
  });

  test("is another text each time, so that it is as fast each time", () => {
    const sources: string[] = [];
    const keep = (source: string) => (sources.push(source), () => ({}));
    const module = moduleOf([x], x);
    [0, 1].forEach(() => c.linkJavaScript(module, new Int32Array(1), keep));
    expect(new Set(sources).size).toBe(2);
  });

  test("asks conditions as conditions", () => {
    const condition = c.both(c.less(x, 3), c.either(c.not(y), c.greaterUnsigned(x, y)));
    const text = c.printJavaScript({
      globals: [],
      functions: [
        c.codeFunction(
          "go",
          { parameters: [x, y, p] },
          c.when(condition, c.store(p, 2, c.add(x, y))),
        ),
      ],
      exports: [],
    });
    expect(text).toContain("if (x < 3 && (y === 0 || x >>> 0 > y >>> 0)) {\n    H[p + 2] = x + y;");
  });
});
