// Takes stacks apart that set what the common machine does: without a setting some check of one segment must find something else.

import { expect, test } from "vitest";
import type { Core } from "../core/index.ts";
import { explore } from "../explore/index.ts";
import { interpret } from "../interpret/index.ts";
import { type CheckDeclaration, parse } from "../syntax/index.ts";
import { coresOfChecks, readRepository } from "./run-text.ts";

/** Models of one stack with settings; those of rfc6191.tw are all among the others below. */
const files = [
  "bsd-4.4",
  "freebsd",
  "gvisor",
  "linux-2.6.32",
  "linux-6",
  "lwip",
  "rfc1337",
  "smoltcp",
];

/** Without them two handlers would meet, which is no model; the others say how a model is asked, and not what its stack does. */
const other: ReadonlySet<string> = new Set([
  "RFC_TIME_WAIT",
  "RFC_FIN_WAIT_2",
  "LISTENS",
  "SERVES",
  "CONNECTS",
  "ISN",
  "TIMESTAMPS",
  "LAST_ACK_QUIET",
  "RESETTER_WAITS",
]);

/** Checks of one segment have tens of states; others have hundreds of thousands. */
const enough = 600;

/**
 * What the check finds, property by property; nothing where that takes more states. For so few, code
 * would take longer to write than the reference machine takes without.
 */
const found = async (core: Core, names: ReadonlySet<string>): Promise<string | undefined> => {
  const { stopped, verdicts } = await explore(interpret(core), core, {
    selected: (property) => names.has(core.properties[property]?.name ?? ""),
    deadlock: false,
    limits: { maxStates: enough },
    now: () => 0,
    breathe: () => Promise.resolve("go-on"),
    stopWhenDecided: true,
  });
  return stopped === "states" ? undefined : verdicts.map((it) => it?.kind ?? "").join();
};

/** Where the check begins. */
const begin = (text: string, { overrides }: CheckDeclaration): string => {
  const value = overrides.find(({ name }) => name.text === "BEGIN")?.value.span;
  return value === undefined ? "" : text.slice(value.start, value.end);
};

/** The settings without which every check finds what it finds with them. */
const unnoticed = async (file: string): Promise<readonly string[]> => {
  const text = readRepository(file);
  const { declarations } = parse(file, text).value;
  const settings = declarations.flatMap(({ span, ...it }) => {
    if (it.kind !== "set" || other.has(it.override.name.text)) return [];
    const without = `${text.slice(0, span.start)}${text.slice(span.end)}`;
    return [{ name: it.override.name.text, without }];
  });
  if (settings.length === 0) throw new Error("there is a setting");
  const whole = coresOfChecks(file, text);
  const left = new Map(settings.map(({ name, without }) => [name, coresOfChecks(file, without)]));
  const asked = declarations.flatMap((it) => {
    const from = it.kind === "check" ? begin(text, it) : "";
    return it.kind === "check" && from !== "" ? [{ ...it, from }] : [];
  });
  // Most settings shape one of the states in which few checks begin, and are noticed there at once.
  const alike = (from: string): number => asked.filter((it) => it.from === from).length;
  for (const it of asked.toSorted((left, right) => alike(left.from) - alike(right.from))) {
    const names = new Set(it.only.map((property) => property.text));
    const before = await found(whole(it.title), names);
    if (before === undefined) continue;
    for (const [name, without] of left) {
      const now = await found(without(it.title), names);
      if (now !== undefined && now !== before) left.delete(name);
    }
    if (left.size === 0) break;
  }
  return [...left.keys()];
};

test.each(files)(
  "without any setting of models/%s.tw a check has another verdict",
  async (name) => {
    expect(await unnoticed(`models/${name}.tw`)).toEqual([]);
  },
  600_000,
);
