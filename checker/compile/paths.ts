// The frame around every body: restore the source state, run, test bounds, write the record.

import type { NetworkId, Statement } from "../core/index.ts";
import type { Body } from "./body.ts";
import { checked, newBody } from "./body.ts";
import { truthOf } from "./loops.ts";
import type { Change } from "./networks.ts";
import { changeCode, changedCount, insertCode, workingContent, workingSlots } from "./networks.ts";
import type { Plan } from "./plan.ts";
import type { Code, Scope } from "./scope.ts";
import { declared, newScope, present, wordName } from "./scope.ts";
import { waitingCount, waitingNames } from "./sends.ts";
import { maskInPlace } from "./slots.ts";
import { statementsCode } from "./statements.ts";

export interface Beginning {
  readonly scope: Scope;
  readonly plan: Plan;
  readonly fault: boolean;
  /**
   * What the step does to networks before the body sends; every network that the body sends to is
   * here.
   */
  readonly changes: ReadonlyMap<NetworkId, Change>;
  /** Runs first on every path, on the restored state. */
  readonly setUp: (body: Body) => Code;
  readonly statements: readonly Statement[];
}

/** Adds "keep" for the networks that a body sends to. */
export const withSends = (
  plan: Plan,
  changes: ReadonlyMap<NetworkId, Change>,
): ReadonlyMap<NetworkId, Change> =>
  new Map([
    ...[...plan.sends.keys()].map((network): [NetworkId, Change] => [network, { kind: "keep" }]),
    ...changes,
  ]);

/** Writes one record per path of the body, in order of the choices. */
export const pathsCode = (beginning: Beginning): Code => {
  const { scope, plan, statements, setUp } = beginning;
  const body = newBody(scope, plan);
  const run = [setUp(body), statementsCode(statements, body)];
  const ending = [...insertWaiting(beginning, body), ...boundsCode(beginning, body)];
  const path = [
    "v: {",
    ...restoreCode(beginning),
    "f: {",
    ...run,
    ...ending,
    "}",
    ...recordCode(beginning),
    "}",
  ];
  if (plan.choices === 0) return path;
  const depth = declared(scope.frame, "depth");
  return [
    `${depth} = 0;`,
    "do {",
    `${declared(scope.frame, "pos")} = 0;`,
    ...path,
    `while (depth > 0 && pick[depth - 1] >= top[depth - 1]) depth = depth - 1;`,
    `if (depth > 0) pick[depth - 1] = pick[depth - 1] + 1;`,
    "} while (depth > 0);",
  ];
};

/** Undoes what the path before has changed. */
const restoreCode = ({ scope, plan, changes }: Beginning): Code => {
  const { frame } = scope;
  const code: (string | Code)[] = [];
  for (const word of scope.changedWords) code.push(`${wordName(scope, word)} = w${word};`);
  for (const [network, change] of changes) {
    frame.networks.add(network);
    code.push(`${workingContent(scope, network).count} = ${changedCount(network, change)};`);
    if (plan.looksAtNetworks) code.push(...changeCode(scope, network, change));
    else if (plan.sends.has(network)) code.push(`${waitingCount(scope, network)} = 0;`);
  }
  for (const word of plan.eventWords) code.push(`${declared(frame, `e${word}`)} = 0;`);
  if (!plan.canVanish) return [...code, ...errorReset(scope)];
  for (const network of plan.sends.keys()) {
    if (present(scope.core.networks, network).full === "drop") {
      code.push(`${declared(frame, `d${network}`)} = 0;`);
    }
  }
  if (plan.marks > 0) code.push(`${declared(frame, "mk")} = 0;`);
  return [...code, ...errorReset(scope)];
};

const errorReset = (scope: Scope): Code => (scope.notes.canFail ? ["err = 0;"] : []);

/** Brings the changed networks into their final order. */
const insertWaiting = ({ scope, plan, changes }: Beginning, body: Body): Code => {
  if (plan.looksAtNetworks) return [];
  return [...changes].flatMap(([network, change]): Code => {
    const sent = body.flow?.get(network) ?? { least: 0, most: 0 };
    const inserts = Array.from({ length: sent.most }, (_, order): Code => {
      const words = waitingNames(scope, network, order);
      const count = `(${changedCount(network, change)} + ${order})`;
      const insert = insertCode(scope, network, words, count);
      return order < sent.least
        ? insert
        : [`if (${waitingCount(scope, network)} > ${order}) {`, ...insert, "}"];
    });
    return [changeCode(scope, network, change), ...inserts];
  });
};

/** The first bound that the target breaks counts the path and ends it. */
const boundsCode = ({ plan, scope }: Beginning, body: Body): Code =>
  scope.core.bounds.flatMap(({ condition, localCount }, bound) => {
    const inner = newScope(scope, localCount, `u${bound}_`);
    const held = checked(condition, { ...newBody(inner, plan), flow: body.flow }, truthOf);
    if (inner.notes.canFail) scope.notes.canFail = true;
    return [...held.code, `if (!${held.text}) { cut[${bound}] += 1; break v; }`];
  });

/** Every word of the target state: the words as changed, with the changed networks put in. */
const targetWords = ({ scope, changes }: Beginning): readonly string[] => {
  const slots = [...changes.keys()].flatMap((network) => workingSlots(scope, network));
  return Array.from({ length: scope.layout.words }, (_, word) => {
    const here = slots.filter(({ slot }) => slot.word === word);
    if (here.length === 0) return wordName(scope, word);
    const kept = here.reduce((mask, { slot }) => mask & ~maskInPlace(slot), -1);
    const parts = here.map(({ slot, text }) =>
      slot.shift === 0 ? text : `${text} << ${slot.shift}`,
    );
    return [`${wordName(scope, word)} & ${kept}`, ...parts].join(" | ");
  });
};

const recordCode = (beginning: Beginning): Code => {
  const { scope, plan, fault } = beginning;
  const { layout, core } = scope;
  const eventWords = Math.ceil(core.events.length / 32);
  const info = layout.words;
  const place = (word: number): string => `out[o + ${word}]`;
  const state = targetWords(beginning).map((text, word) => `${place(word)} = ${text};`);
  const events = Array.from(
    { length: eventWords },
    (_, word) => `${place(info + 1 + word)} = ${plan.eventWords.has(word) ? `e${word}` : "0"};`,
  );
  const success = [...state, `${place(info)} = ${fault ? 1 : 0};`, ...events];
  const record = scope.notes.canFail
    ? [`if (err !== 0) ${place(info)} = err << 1 | ${fault ? 1 : 0};`, "else {", ...success, "}"]
    : success;
  return [
    "if (o > last) return -1;",
    ...record,
    ...flushCode(beginning),
    `o = o + ${info + 1 + eventWords};`,
  ];
};

/** The path is a step: now its marks and dropped segments count. */
const flushCode = ({ plan, scope }: Beginning): Code => {
  if (!plan.canVanish) return [];
  const { frame } = scope;
  const dropping = [...plan.sends.keys()].filter(
    (network) => present(scope.core.networks, network).full === "drop",
  );
  const marks = plan.marks === 0 ? [] : [`for (; mk > 0; mk = mk - 1) taken[marks[mk - 1]] = 1;`];
  return [
    ...marks,
    ...dropping.map((network) => `dropped[${network}] += ${declared(frame, `d${network}`)};`),
  ];
};
