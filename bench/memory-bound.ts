// How many random cache lines one thread of this machine can read and write in a second.

/*
 * Every transition ends in a look at one place of the table of states, which is a place that nothing
 * foretells. So the lines per second, divided by the transitions per state, are what no search with a
 * table in memory can pass, however cheap its steps are. The program below does nothing else.
 */

import type { MemoryBound } from "./results.ts";

const lineBytes = 64;
const pageBytes = 65_536;

const leb = (value: number): readonly number[] =>
  value < 128 ? [value] : [(value & 127) | 128, ...leb(value >>> 7)];
const section = (id: number, body: readonly number[]): readonly number[] => [
  id,
  ...leb(body.length),
  ...body,
];
const letters = (text: string): readonly number[] => [text.length, ...Buffer.from(text)];

const i32 = 0x7f;
const [batches, seed, mask, place, count, before, sum] = [0, 1, 2, 3, 4, 5, 6];
/** Lines that are under way at once. */
const batch = 128;
const get = (local: number): readonly number[] => [0x20, local];
const set = (local: number): readonly number[] => [0x21, local];
const tee = (local: number): readonly number[] => [0x22, local];
const constant = (value: number): readonly number[] => [0x41, value];
const [add, subtract, and, xor, shiftLeft, shiftRight] = [0x6a, 0x6b, 0x71, 0x73, 0x74, 0x76];
const load = [0x28, 2, 0];
const store = [0x36, 2, 0];

/** Marsaglia's generator: `seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5`. */
const random = [
  [shiftLeft, 13],
  [shiftRight, 17],
  [shiftLeft, 5],
].flatMap(([shift = 0, by = 0]) => [
  ...get(seed),
  ...get(seed),
  ...constant(by),
  shift,
  xor,
  ...set(seed),
]);

const placed = [...get(seed), ...get(mask), and, ...constant(6), shiftLeft, ...tee(place)];
const countedDown = [...get(count), ...constant(1), subtract, ...tee(count), 0x0d, 0];

/** One pass over `length` places, `do { … } while (--count)`. */
const pass = (length: number, work: readonly number[]): readonly number[] =>
  [[0x41], leb(length), set(count), [0x03, 0x40], random, placed, work, countedDown, [0x0b]].flat();

/** The lines of a batch are asked for first, all at once, and then changed, as the engine does it. */
const body = [
  [1, 4, i32],
  [0x03, 0x40],
  get(seed),
  set(before),
  pass(batch, [...load, ...get(sum), add, ...set(sum)]),
  get(before),
  set(seed),
  pass(batch, [...get(place), ...load, ...get(sum), xor, ...store]),
  [...get(batches), ...constant(1), subtract, ...tee(batches), 0x0d, 0],
  [0x0b, ...get(seed), 0x0b],
].flat();

const moduleOf = (pages: number): Uint8Array =>
  Uint8Array.from(
    [
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, [1, 0x60, 3, i32, i32, i32, 1, i32]),
      section(3, [1, 0]),
      section(5, [1, 0, ...leb(pages)]),
      section(7, [2, ...letters("run"), 0, 0, ...letters("heap"), 2, 0]),
      section(10, [1, ...leb(body.length), ...body]),
    ].flat(),
  );

/** What is used of the engine's WebAssembly, which the types of Node leave to the browser's. */
interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => {
    readonly exports: {
      readonly heap: { readonly buffer: ArrayBuffer };
      readonly run: (batches: number, seed: number, mask: number) => number;
    };
  };
}

/** The best of some tries: what disturbs can only slow it down. */
export const memoryBound = (tableBytes: number, tries: number, lines: number): MemoryBound => {
  const host = Reflect.get(globalThis, "WebAssembly") as WebAssemblyHost;
  const module = new host.Module(moduleOf(tableBytes / pageBytes));
  const { heap, run } = new host.Instance(module).exports;
  // Every page is there before the clock runs.
  new Uint8Array(heap.buffer).fill(1);
  const places = tableBytes / lineBytes - 1;
  let [best, last] = [Infinity, 1];
  for (let i = 0; i < tries; i += 1) {
    // Short calls, for a loop that runs stays in the tier that it began in.
    const begin = process.cpuUsage();
    for (let left = lines; left > 0; left -= 32 * batch) last = run(32, last, places);
    const { user, system } = process.cpuUsage(begin);
    best = Math.min(best, (user + system) / 1e6);
  }
  return { tableBytes, linesPerSecond: Math.round(lines / best) };
};
