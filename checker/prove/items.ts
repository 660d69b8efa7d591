// What a source declares that searches can take: modules -> cases, rules, values and properties with their places.

import type { Modules } from "../semantics/index.ts";
import type { Span } from "../source/index.ts";
import type { Case, Declaration, Member, Name } from "../syntax/index.ts";

export type ItemKind = "case" | "rule" | "value" | "property";

/** Something that the checks of a file should take, or meet, or reach in some state. */
export interface Item {
  readonly kind: ItemKind;
  /** As the source calls it: `tcp.resend`, `TIME_WAIT`. */
  readonly name: string;
  /** Of its name. */
  readonly span: Span;
  /** Why it is never taken, as the source says. */
  readonly reason?: string;
  /** A `never` without a condition: its occasion is its violation, and that there is none is what it says. */
  readonly isPlain?: true;
}

/** Items by `placeKey`. */
export type Items = ReadonlyMap<string, Item>;

export const placeKey = ({ file, start, end }: Span): string => `${file}\u0000${start}\u0000${end}`;

/** `/// Never taken: why`, above what is meant. */
const reasonOf = (doc: string | undefined): string | undefined =>
  /^Never taken: *(\S.*)$/m.exec(doc ?? "")?.[1];

/** `/// Never taken: MEMBER: why`, above an enumeration: members are not documented one by one. */
const reasonsOfMembers = (doc: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    [...(doc ?? "").matchAll(/^Never taken: *(\w+): *(\S.*)$/gm)].map(
      ([, member = "", why = ""]) => [member, why] as const,
    ),
  );

const item = (kind: ItemKind, name: string, span: Span, reason: string | undefined): Item => ({
  kind,
  name,
  span,
  ...(reason === undefined ? {} : { reason }),
});

const casesOf = (member: Member): readonly Case[] => {
  if (member.kind !== "receive") return [];
  const { body } = member;
  return body.kind === "cases" ? body.cases : body.stages.flatMap((stage) => stage.cases);
};

const itemsOfMember = (process: string, member: Member): readonly Item[] => {
  const named = (kind: ItemKind, it: { readonly name: Name; readonly doc?: string }): Item =>
    item(kind, `${process}.${it.name.text}`, it.name.span, reasonOf(it.doc));
  if (member.kind === "rule") return [named("rule", member)];
  if (member.kind !== "expire") return casesOf(member).map((it) => named("case", it));
  const { timer, doc } = member;
  return [item("rule", `${process}.expire ${timer.text}`, timer.span, reasonOf(doc))];
};

const itemsOf = (it: Declaration): readonly Item[] => {
  switch (it.kind) {
    case "process":
      return it.members.flatMap((member) => itemsOfMember(it.name.text, member));
    case "extend":
      return it.members.flatMap((member) => itemsOfMember(it.process.text, member));
    case "rule":
      return [item("rule", it.name.text, it.name.span, reasonOf(it.doc))];
    case "enum": {
      const reasons = reasonsOfMembers(it.doc);
      return it.members.map(({ text, span }) => item("value", text, span, reasons.get(text)));
    }
    case "never": {
      const named = item("property", it.name.text, it.name.span, reasonOf(it.doc));
      return [it.when === undefined ? { ...named, isPlain: true } : named];
    }
    case "recoverable":
    // One without an `implies` has no occasion, so that nothing is asked of its item.
    case "invariant":
      return [item("property", it.name.text, it.name.span, reasonOf(it.doc))];
    case "import":
    case "const":
    case "set":
    case "assume":
    case "type":
    case "record":
    case "message":
    case "network":
    case "event":
    case "fn":
    case "proc":
    case "var":
    case "clock":
    case "init":
    case "bound":
    case "final":
    case "reachable":
    case "check":
    case "sweep":
    case "binding":
      return [];
  }
};

/** Of all modules, in the order of their texts. */
export const itemsIn = ({ list }: Modules): Items =>
  new Map(
    list
      .flatMap(({ tree }) => tree.declarations)
      .flatMap(itemsOf)
      .map((it) => [placeKey(it.span), it]),
  );

/** Which items have a reason, in the order of the source: the one comment that decides what is found. */
export const excused = (modules: Modules): readonly boolean[] =>
  [...itemsIn(modules).values()].map(({ reason }) => reason !== undefined);
