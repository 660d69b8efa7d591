// What people read, kept as files: the words first, then everything that the program answers.

import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Workshop, workshop } from "./program.ts";

const root = join(import.meta.dirname, "../..");

const mistakes = `const MSL : 1..4 = 5
enum Host { A, B }
var n : 0..3
rule up when m < 3 { n += 1 }
rule down when n { n = n && 2 }
rule top { n = Host }
invariant small : n < 4 and
check "one" { MLS = 2 } expect violated smal
`;

/** A host that answers, on a wire that doubles, and a counter that tells what is old. */
const stale = `/// Two hosts, one wire.
const COPIES : 0..2 = 1
enum Host { A, B }
type Seq = mod 4
message Note { fresh : bool  seq : Seq }
network wire carries Note between Host { capacity 2  lifetime 1  duplication COPIES  loss 1  reorder any }
event heard(n: Note)
process peer[me: Host] {
  state Phase = IDLE
  var next : Seq
  rule ask when me == A and next == 0 { send wire { fresh, seq: next } to B  next += 1  -> BUSY }
  on receive n {
    case first when n.seq == next { emit heard(n)  next += 1 }
    case again when n.seq + 1 == next { emit heard(n) }
    ignore
  }
}
enum Phase { IDLE, BUSY }
final : true
never twice : heard(n) when n.seq + 1 == peer[B].next
/// A wire that doubles delivers twice.
check "as it is" expect violated twice
check "without copies" { COPIES = 0 } expect holds
sweep "how many copies are safe" { COPIES in 0..2 } only twice least COPIES expect least == none
`;

let shop: Workshop;

beforeAll(() => {
  shop = workshop({
    "mistakes.tw": mistakes,
    "stale.tw": stale,
    "stuck.tw":
      "var n : 0..3\nrule up when n < 3 { n += 1 }\nrule turn when n > 1 { n = 5 - n }\n" +
      "recoverable back : n == 2 can reach n == 0\ninvariant low : n < 3\n",
  });
});

afterAll(() => {
  shop.close();
});

const timeless = (text: string): string =>
  text
    .replaceAll(/"seconds": [\d.e-]+/g, '"seconds": 0')
    .replaceAll(/, [\d.]+ s(?=$|;)/gm, ", 0 s")
    .replaceAll(/\sin\s+[\d.]+\s+s\s+of\s+search\.$/gm, " in 0 s of search.");

const page = (words: readonly string[], input: string): string => {
  const { code, out, err } = shop.check(words);
  const parts = [`$ check ${words.join(" ")}\n`, err, out, `exit ${code}\n`];
  return input + timeless(parts.filter((it) => it !== "").join("\n"));
};

test.each([
  ["mistakes", ["mistakes.tw"], mistakes],
  ["stale", ["stale.tw"], stale],
  ["stale-diff", ["stale.tw", "--check", "as it is", "--trace", "diff"], ""],
  ["stale-full", ["stale.tw", "--check", "as it is", "--trace", "full"], ""],
  ["stale-set", ["stale.tw", "--check", "*copies", "--set", "COPIES=2"], ""],
  ["stale-json", ["stale.tw", "--json"], ""],
  ["stuck", ["stuck.tw"], ""],
  ["die-hard", [join(root, "models/classics/die-hard.tw")], ""],
  ["help", ["--help"], ""],
  ["explain", ["explain", "TW0201"], ""],
])("%s", async (name, words, input) => {
  const shown = page(words, input).replaceAll(`${root}/`, "");
  await expect(shown).toMatchFileSnapshot(`golden/${name}.txt`);
});
