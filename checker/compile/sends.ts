// Sending in generated code: a segment is made, the network has room for it, the segment waits.

import type { NetworkId, Statement } from "../core/index.ts";
import type { Body } from "./body.ts";
import { checked, failCode, none, selectCode } from "./body.ts";
import { numberOf } from "./loops.ts";
import { insertCode, shapeOf } from "./networks.ts";
import type { Code, Scope } from "./scope.ts";
import { declared, freshName, present } from "./scope.ts";
import { partText } from "./slots.ts";

type Of<Kind extends Statement["kind"]> = Extract<Statement, { readonly kind: Kind }>;

/**
 * Network whose sent segments wait: the names of the words of the segment sent as number `order`.
 */
export const waitingNames = (scope: Scope, network: NetworkId, order: number): readonly string[] =>
  shapeOf(scope, network).words.map((word) =>
    declared(scope.frame, `p${network}_${order}_${word}`),
  );

/** How many sent segments wait to be inserted. */
export const waitingCount = (scope: Scope, network: NetworkId): string =>
  declared(scope.frame, `n${network}`);

/** The words of a segment with these integers, most significant integers first. */
const segmentWords = (
  { network, values }: Of<"send">,
  body: Body,
): { readonly code: Code; readonly words: readonly string[] } => {
  const { slots, words } = present(body.scope.layout.networks, network).segment;
  const code: (string | Code)[] = [];
  const texts = values.map((value) => {
    const result = checked(value, body, numberOf);
    code.push(...result.code);
    return result.text;
  });
  const parts = Array.from({ length: words }, (_, word) =>
    slots.flatMap((slot, position) =>
      slot.word === word && slot.bits > 0 ? [`${partText(texts[position] ?? "0", slot)}`] : [],
    ),
  );
  return { code, words: parts.map((it) => (it.length === 0 ? "0" : it.join(" | "))) };
};

/**
 * The integers are evaluated, in order, before the network is looked at. A sent segment waits for
 * the end of the path, where all are inserted by one piece of code, unless the body looks at
 * networks.
 */
export const sendCode = (statement: Of<"send">, body: Body): Code => {
  const { scope, plan } = body;
  const { network } = statement;
  const { full, fullSite, capacity } = present(scope.core.networks, network);
  const segment = segmentWords(statement, body);
  const count = declared(scope.frame, `c${network}`);
  const put = plan.looksAtNetworks
    ? insertNow(scope, network, segment.words, count)
    : letWait(body, network, segment.words);
  const add = [...put, `${count} = ${count} + 1;`];
  const isFull = `${count} === ${capacity}`;
  if (full === "drop") {
    noteSent(body, network, 0);
    const dropped = plan.canVanish
      ? `${declared(scope.frame, `d${network}`)} += 1;`
      : `dropped[${network}] += 1;`;
    return [...segment.code, `if (${isFull}) { ${dropped} } else {`, ...add, "}"];
  }
  noteSent(body, network, 1);
  const refuse = full === "block" ? "break v;" : failCode(body, fullSite);
  return [...segment.code, `if (${isFull}) ${refuse}`, ...add];
};

const noteSent = (body: Body, network: NetworkId, least: number): void => {
  if (body.flow === undefined) return;
  const sent = body.flow.get(network) ?? none;
  const now = { least: sent.least + least, most: sent.most + 1 };
  body.flow = new Map([...body.flow, [network, now]]);
};

const insertNow = (
  scope: Scope,
  network: NetworkId,
  words: readonly string[],
  count: string,
): Code => {
  const names = words.map(() => freshName(scope));
  const binds = names.map((name, word) => `${name} = ${words[word]};`);
  return [...binds, ...insertCode(scope, network, names, count)];
};

const letWait = (body: Body, network: NetworkId, words: readonly string[]): Code => {
  const { scope } = body;
  const { least, most } = body.flow?.get(network) ?? none;
  const waiting = waitingCount(scope, network);
  const puts = Array.from({ length: most - least + 1 }, (_, step) =>
    waitingNames(scope, network, least + step)
      .map((name, word) => `${name} = ${words[word]};`)
      .join(" "),
  );
  if (most === least) return [...puts, `${waiting} = ${least + 1};`];
  return [selectCode(waiting, puts, least), `${waiting} = ${waiting} + 1;`];
};
