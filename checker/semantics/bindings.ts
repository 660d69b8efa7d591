// The rules of `binding`: what stands for TCP's fields, hosts, calls and timers has the right kind.

import type * as ast from "../syntax/index.ts";
import { bindingMismatch, machineSwitch, unknownBindingWord } from "./binding-diagnostics.ts";
import { processesOf } from "./program-code.ts";
import { isConstant } from "./overrides.ts";
import { nearestName } from "./nearest-name.ts";
import { unknownField, wrongKindOfName } from "./names-diagnostics.ts";
import { constantScope, describe, findMeaning, reportUnknown } from "./scope.ts";
import type { MemberGroup } from "./typed-program.ts";
import type { Session } from "./session.ts";
import { fieldOf, typeName } from "./type-layout.ts";
import type { RecordType, Type } from "./types.ts";

/** What each part of a TCP header is in a model. */
const headers: Readonly<Record<string, Type["kind"]>> = {
  SEQ: "mod",
  ACKNO: "mod",
  SYN: "bool",
  ACK: "bool",
  FIN: "bool",
  RST: "bool",
  PSH: "bool",
  URG: "bool",
  LEN: "int",
  WND: "int",
  TSVAL: "int",
};

const kindNames: Partial<Record<Type["kind"], string>> = {
  mod: "a serial number",
  bool: "bool",
  int: "an integer",
};

/** A switch that every network namespace has for itself, or a word about the application. */
const isOwnSwitch = (key: string): boolean =>
  /^net\.ipv4(\.[a-z0-9_]+)+$/.test(key) || /^socket(\.[a-z0-9_]+)+$/.test(key);

/** What replays and exports read of a binding. */
const calls: readonly string[] = ["listen", "connect", "close", "abort"];
const roles: readonly string[] = ["TIME_WAIT", "REUSE_DELAY"];
const ofApplication = ["half_close", "autobind", "listener", "window"].map((it) => `socket.${it}`);

const requireWord = (
  session: Session,
  what: string,
  { text, span }: ast.Name,
  known: readonly string[],
): void => {
  if (text === "" || known.includes(text)) return;
  const nearest = nearestName(text, known);
  session.report(unknownBindingWord(span, { what, name: text, known, nearest }));
};

export const checkBindings = (session: Session): void => {
  for (const { tree } of session.modules.list) {
    for (const declaration of tree.declarations) {
      if (declaration.kind !== "binding") continue;
      for (const item of declaration.items) checkItem(session, item);
    }
  }
};

const checkItem = (session: Session, item: ast.BindingItem): void => {
  switch (item.kind) {
    case "segment":
      return checkSegment(session, item);
    case "hosts":
      return checkHosts(session, item);
    case "call": {
      requireWord(session, "call", item.call, calls);
      const rules = [
        ...session.modules.list.flatMap(({ tree }) =>
          tree.declarations.filter((it) => it.kind === "rule"),
        ),
        ...groupsOf(session).flatMap((group) => group.rules),
      ];
      return requireName(
        session,
        item.rule,
        "rule",
        rules.map(({ name }) => name.text),
      );
    }
    case "sysctl":
      if (!isOwnSwitch(item.key)) session.report(machineSwitch(item.span, { key: item.key }));
      else if (item.key.startsWith("socket.")) {
        const key = { text: item.key, span: item.span };
        requireWord(session, "option of the application", key, ofApplication);
      }
      if (isConstant(session, item.constant)) {
        findMeaning(session, item.constant.text, constantScope);
      }
      return;
    case "timer": {
      requireWord(session, "role of a timer", item.role, roles);
      const timers = groupsOf(session).flatMap((group) => group.timers);
      for (const it of timers) if (it.text === item.timer.text) session.use(it);
      return requireName(
        session,
        item.timer,
        "timer",
        timers.map(({ text }) => text),
      );
    }
  }
};

const groupsOf = (session: Session): readonly MemberGroup[] =>
  processesOf(session).flatMap(({ symbol }) => symbol.groups);

const requireName = (
  session: Session,
  { text, span }: ast.Name,
  what: string,
  known: readonly string[],
): void => {
  if (text === "" || known.includes(text)) return;
  const nearest = nearestName(text, known);
  const meant = nearest === undefined ? "" : `; did you mean \`${nearest}\`?`;
  session.report(bindingMismatch(span, { reason: `no ${what} is called \`${text}\`${meant}` }));
};

const checkSegment = (
  session: Session,
  { message, fields }: Extract<ast.BindingItem, { kind: "segment" }>,
): void => {
  const meaning = findMeaning(session, message.text, constantScope);
  if (meaning === undefined) {
    reportUnknown(session, message, constantScope);
    return;
  }
  if (meaning.kind !== "global" || meaning.global.kind !== "message") {
    const facts = { name: message.text, found: describe(meaning), expected: "a message" };
    session.report(wrongKindOfName(message.span, facts));
    return;
  }
  const type = session.namedType(message.text, message.span);
  if (type.kind !== "record") return;
  for (const { header, field } of fields) checkHeader(session, header, field, type);
};

const checkHeader = (
  session: Session,
  header: ast.Name,
  field: ast.Name,
  message: RecordType,
): void => {
  const kind = headers[header.text];
  if (kind === undefined && header.text !== "") {
    const reason = `TCP has no \`${header.text}\`: known are ${Object.keys(headers).join(" ")}`;
    session.report(bindingMismatch(header.span, { reason }));
  }
  if (field.text === "") return;
  const type = fieldOf(message, field.text)?.type;
  if (type === undefined) {
    const owner = `\`${message.name}\``;
    const nearest = nearestName(
      field.text,
      message.fields.map(({ name }) => name),
    );
    session.report(unknownField(field.span, { owner, name: field.text, nearest }));
  } else if (kind !== undefined && type.kind !== kind && type.kind !== "error") {
    const expected = kindNames[kind] ?? kind;
    const reason = `\`${header.text}\` expected ${expected}, found ${typeName(type)}`;
    session.report(bindingMismatch(field.span, { reason }));
  }
};

const checkHosts = (
  session: Session,
  { hosts }: Extract<ast.BindingItem, { kind: "hosts" }>,
): void => {
  for (const { host } of hosts) {
    const meaning = findMeaning(session, host.text, constantScope);
    if (meaning === undefined) reportUnknown(session, host, constantScope);
    else if (meaning.kind !== "global" || meaning.global.kind !== "member") {
      const facts = { name: host.text, found: describe(meaning), expected: "an enum member" };
      session.report(wrongKindOfName(host.span, facts));
    }
  }
};
