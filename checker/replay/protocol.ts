// The lines that a replay and a TCP under test say to each other: one JSON object per line. docs/replay.md has it in full.

import * as E from "fp-ts/lib/Either.js";

export type Command =
  | {
      readonly do: "start";
      /** `ADDRESS:PORT` */
      readonly local: string;
      readonly peer: string;
      /** Where the replay waits for packets, as UDP datagrams. */
      readonly wire: string;
      readonly sysctl: Readonly<Record<string, string>>;
      /** Of the kernel of this machine: the namespace that it must not be in. */
      readonly outside?: string;
    }
  /** `full`: with an accept queue that has no room. */
  | { readonly do: "listen"; readonly full?: boolean }
  /** `autobind`: the port is found by the stack; there is one only. */
  | { readonly do: "connect"; readonly autobind?: boolean }
  | { readonly do: "shutdown" | "close" | "abort" | "state" }
  | { readonly do: "write"; readonly octets: number }
  | { readonly do: "expire"; readonly wait: boolean };

/** What the other side says: an answer to the oldest command without one, or a packet. */
export type Line =
  | { readonly kind: "packet"; readonly bytes: Uint8Array }
  | {
      readonly kind: "answer";
      readonly why?: string;
      readonly state?: string;
      readonly wire?: string;
      readonly name?: string;
      /** When the timer of TIME_WAIT or FIN_WAIT_2 ends, in ms on the stack's own clock. */
      readonly endsMs?: number;
      readonly remarks: readonly string[];
    };

export type Answer = Extract<Line, { readonly kind: "answer" }>;

/** What another program says, harmless on a terminal. */
// oxlint-disable-next-line no-control-regex
const visible = (text: string): string => text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, "·");

const textIn = (it: object, name: string): string | undefined => {
  const value: unknown = Reflect.get(it, name);
  return typeof value === "string" ? visible(value) : undefined;
};

export const packetLine = (bytes: Uint8Array): string =>
  JSON.stringify({ packet: Array.from(bytes, (it) => it.toString(16).padStart(2, "0")).join("") });

const bytesOf = (text: string): Uint8Array | undefined =>
  /^([0-9a-f]{2})+$/i.test(text)
    ? Uint8Array.from(text.match(/../g) ?? [], (it) => Number.parseInt(it, 16))
    : undefined;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Members of an answer, where they are there, are of these types. */
const isText = (value: unknown): boolean => typeof value === "string";
const memberChecks: Readonly<Record<string, (value: unknown) => boolean>> = {
  why: isText,
  state: isText,
  wire: isText,
  name: isText,
  endsMs: Number.isFinite,
  remarks: (value) => Array.isArray(value) && value.every(isText),
};

const isWellTyped = (it: object): boolean =>
  Object.entries(memberChecks).every(([name, isGood]) => {
    const value: unknown = Reflect.get(it, name);
    return value === undefined || isGood(value);
  });

/** Left: the line, which nobody understands. */
export const lineOf = (text: string): E.Either<string, Line> => {
  const it = parsed(text);
  if (typeof it !== "object" || it === null) return E.left(visible(text));
  const packet = textIn(it, "packet");
  if (packet !== undefined) {
    const bytes = bytesOf(packet);
    return bytes === undefined ? E.left(visible(text)) : E.right({ kind: "packet", bytes });
  }
  const ok: unknown = Reflect.get(it, "ok");
  if (typeof ok !== "boolean" || !isWellTyped(it)) return E.left(visible(text));
  const [why, state, wire, name] = ["why", "state", "wire", "name"].map((key) => textIn(it, key));
  const endsMs: unknown = Reflect.get(it, "endsMs");
  const remarks: unknown = Reflect.get(it, "remarks");
  return E.right({
    kind: "answer",
    ...(ok ? {} : { why: why ?? "no reason given" }),
    ...(state === undefined ? {} : { state: stateName(state) }),
    ...(wire === undefined ? {} : { wire }),
    ...(name === undefined ? {} : { name }),
    ...(typeof endsMs === "number" ? { endsMs } : {}),
    remarks: Array.isArray(remarks) ? remarks.map((one) => visible(String(one))) : [],
  });
};

/** `SYN-RECEIVED`, `syn_recv`: one name for each state. */
const stateName = (text: string): string => {
  const name = text.toUpperCase().replaceAll("-", "_");
  return name === "SYN_RECV" || name === "SYN_RECEIVED" ? "SYN_RCVD" : name;
};
