// One part of many of the work of a run: words -> shard; its results -> `shard-i-of-n.json`, and back.

import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import type { Outcome } from "./exit-codes.ts";
import { namesIn, unreadableInput } from "./input.ts";
import { makeFolder } from "./make-folder.ts";
import { writeOutput } from "./output.ts";
import type { Shell } from "./shell.ts";
import { damagedShard, noShards, shardsDoNotFit } from "./shard-diagnostics.ts";
import { type Diagnostic, isMembers } from "../source/index.ts";
import type { Terminal } from "./terminal.ts";
import { refusalOf } from "./write-whole.ts";

/** Shard `index` of `count`, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Items are dealt like cards: item k, from 0, is in shard `k mod n + 1`. */
export const owns = ({ index, count }: Shard, item: number): boolean => item % count === index - 1;

/** Who makes shards, or puts them together: another build may find something else. */
export const makerOf = ({ version, fingerprint }: Pick<Shell, "version" | "fingerprint">): string =>
  `check ${version}${fingerprint === undefined ? "" : ` (build ${fingerprint.slice(0, 12)})`}`;

export interface ShardItem {
  readonly id: string;
  readonly result: unknown;
}

/** What the file of a shard holds. */
export interface ShardDocument {
  readonly format: 1;
  readonly kind: "shard";
  /** Whose work it is a part of. */
  readonly of: "check" | "mutate";
  readonly shard: readonly [number, number];
  /** Names the whole of the work: the same in all shards of a run. */
  readonly plan: string;
  readonly tool: string;
  /** What was asked for, so that a merge can ask for the same. */
  readonly request: unknown;
  /** What all shards found alike beside their items. */
  readonly facts?: unknown;
  /** Its run was ended before all of its items were made: it must be made again. */
  readonly cut?: true;
  /** Of the items, as JSON: a file that was cut or changed on its way does not have it. */
  readonly digest: string;
  readonly items: readonly ShardItem[];
}

const digestOf = (items: readonly ShardItem[]): string =>
  `sha256:${createHash("sha256").update(JSON.stringify(items)).digest("hex")}`;

export const shardName = ({ index, count }: Shard): string => `shard-${index}-of-${count}.json`;

/** Writes the file of a shard into a folder, which is made if need be. */
export const writeShard = (
  folder: string,
  part: Omit<ShardDocument, "format" | "kind" | "digest">,
  terminal: Terminal,
): readonly Outcome[] => {
  try {
    makeFolder(folder);
  } catch (thrown) {
    terminal.remark(`check: cannot make the folder \`${folder}\`: ${refusalOf(thrown)}\n`);
    return ["output"];
  }
  const [index, count] = part.shard;
  const { items, ...about } = part;
  const document: ShardDocument = {
    format: 1,
    kind: "shard",
    ...about,
    digest: digestOf(items),
    items,
  };
  const text = `${JSON.stringify(document, undefined, 1)}\n`;
  return writeOutput(join(folder, shardName({ index, count })), text, terminal);
};

/** More than any shard has. */
const largestShard = 2 ** 29;

const isCount = (it: unknown): it is number =>
  typeof it === "number" && Number.isInteger(it) && it >= 1;

const isItem = (it: unknown): it is ShardItem =>
  isMembers(it) && typeof it["id"] === "string" && "result" in it;

const isDocument = (it: unknown): it is ShardDocument => {
  if (!isMembers(it)) return false;
  const { format, kind, of, shard, plan, tool, digest, items } = it;
  return (
    format === 1 &&
    kind === "shard" &&
    (of === "check" || of === "mutate") &&
    Array.isArray(shard) &&
    shard.length === 2 &&
    shard.every(isCount) &&
    typeof plan === "string" &&
    typeof tool === "string" &&
    typeof digest === "string" &&
    Array.isArray(items) &&
    items.every(isItem)
  );
};

interface Found {
  readonly file: string;
  readonly document: ShardDocument;
}

const read = (file: string, path: string): E.Either<Diagnostic, Found> => {
  const span = { file, start: 0, end: 0 };
  try {
    if (statSync(path).size > largestShard)
      return E.left(damagedShard(span, { why: "it is too large" }));
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (!isDocument(value)) {
      return E.left(damagedShard(span, { why: "it does not have the form of one" }));
    }
    return value.digest === digestOf(value.items)
      ? E.right({ file, document: value })
      : E.left(damagedShard(span, { why: "its items were changed after it was written" }));
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return E.left(damagedShard(span, { why: "it is no JSON" }));
    if (!(thrown instanceof Error && "code" in thrown)) throw thrown;
    return E.left(damagedShard(span, { why: `the system says ${String(thrown.code)}` }));
  }
};

/** All shards of one run. */
export interface Shards {
  readonly of: ShardDocument["of"];
  readonly count: number;
  readonly plan: string;
  readonly request: unknown;
  readonly facts: unknown;
  /** Of all items, by their ids. */
  readonly results: ReadonlyMap<string, unknown>;
}

const same = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

/** Why a shard is not of the run that the others are of. */
const misfit = (others: ShardDocument, it: ShardDocument): string | undefined => {
  if (it.of !== others.of) return "it is part of another command";
  if (it.shard[1] !== others.shard[1]) {
    return `it is one of ${it.shard[1]}, and others are of ${others.shard[1]}`;
  }
  if (it.plan !== others.plan) return "it is part of another plan: files or options differed";
  if (!same(it.request, others.request)) return "it was asked for something else";
  return same(it.facts, others.facts) ? undefined : "it found the specification itself different";
};

/** One of the run that most shards are of, so that it is the odd one that is named. */
const usual = (found: readonly Found[]): Found | undefined => {
  const keys = found.map(({ document: { of, shard, plan, request, facts } }) =>
    JSON.stringify([of, shard[1], plan, request, facts]),
  );
  const times = (key: string): number => keys.filter((it) => it === key).length;
  const most = Math.max(...keys.map(times));
  return found[keys.findIndex((it) => times(it) === most)];
};

const numbers = (list: readonly number[]): string => list.join(", ");

const fit = (
  folder: string,
  found: readonly Found[],
  tool: string,
): E.Either<Diagnostic, Shards> => {
  const at = (file: string, why: string): E.Either<Diagnostic, never> =>
    E.left(shardsDoNotFit({ file, start: 0, end: 0 }, { why }));
  const first = usual(found);
  if (first === undefined) return E.left(noShards({ file: folder, start: 0, end: 0 }, { folder }));
  const { of, plan, request, facts } = first.document;
  const [, count] = first.document.shard;
  for (const { file, document } of found) {
    const { tool: made, cut } = document;
    if (made !== tool) return at(file, `it was made by ${made}, and this is ${tool}`);
    if (cut === true) return at(file, "its run was cut short, so that it must be made again");
  }
  for (const { file, document } of found) {
    const why = misfit(first.document, document);
    if (why !== undefined) return at(file, why);
  }
  for (const { file, document } of found) {
    const { shard } = document;
    const others = found.filter((it) => it.document.shard[0] === shard[0]);
    if (others.length > 1) return at(file, `shard ${shard[0]} is there ${others.length} times`);
    if (shard[0] > count) return at(file, `there is no shard ${shard[0]} of ${count}`);
  }
  const known = new Set(found.map((it) => it.document.shard[0]));
  const missing = Array.from({ length: count }, (_, k) => k + 1).filter((it) => !known.has(it));
  if (missing.length > 0) {
    const what = missing.length === 1 ? "shard" : "shards";
    return at(
      folder,
      `${what} ${numbers(missing)} of ${count} ${missing.length === 1 ? "is" : "are"} missing`,
    );
  }
  const results = new Map<string, unknown>();
  for (const { file, document } of found) {
    for (const { id, result } of document.items) {
      if (results.has(id)) return at(file, `item \`${id}\` is in another shard too`);
      results.set(id, result);
    }
  }
  return E.right({ of, count, plan, request, facts, results });
};

export interface NoShards {
  readonly outcome: Outcome;
  readonly diagnostic: Diagnostic;
}

/** The shards in a folder, if they are all of one run and complete. */
export const readShards = (
  folder: string,
  shown: string,
  tool: string,
): E.Either<NoShards, Shards> => {
  const path = resolve(folder, shown);
  const names = namesIn(path);
  if (E.isLeft(names)) {
    const span = { file: shown, start: 0, end: 0 };
    const diagnostic = unreadableInput(span, { path: shown, reason: names.left.reason });
    return E.left({ outcome: "missing-input", diagnostic });
  }
  const foreign = (diagnostic: Diagnostic): NoShards => ({ outcome: "specification", diagnostic });
  const found: Found[] = [];
  for (const name of names.right.filter((it) => /^shard-.*\.json$/.test(it)).toSorted()) {
    const one = read(`${shown.replace(/\/+$/, "")}/${name}`, join(path, name));
    if (E.isLeft(one)) return E.left(foreign(one.left));
    found.push(one.right);
  }
  return E.mapLeft(foreign)(fit(shown, found, tool));
};

/** Do the shards hold exactly these items? */
export const complete = (
  { results }: Shards,
  ids: readonly string[],
  folder: string,
): Diagnostic | undefined => {
  const span = { file: folder, start: 0, end: 0 };
  const missing = ids.find((it) => !results.has(it));
  if (missing !== undefined) {
    return shardsDoNotFit(span, { why: `item \`${missing}\` is missing: its shard was cut short` });
  }
  const known = new Set(ids);
  const foreign = [...results.keys()].find((it) => !known.has(it));
  return foreign === undefined
    ? undefined
    : shardsDoNotFit(span, { why: `there is no item \`${foreign}\`` });
};
