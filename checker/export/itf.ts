// A trace in Apalache's Informal Trace Format (ADR-015): trace -> JSON that Quint's tools and the ITF viewer read.

import type { Core, Display } from "../core/index.ts";
import { showValue } from "../machine/index.ts";
import type { Flight, Trace, TraceStep } from "../trace/index.ts";
import type { Provenance } from "./trace-file.ts";
import type { Json } from "./value.ts";

interface Options {
  /** `check 0.1.0` */
  readonly tool: string;
  /** Adds the variables with which quint-connect drives an implementation. */
  readonly mbt?: boolean;
}

type Members = { readonly [name: string]: Json };

const integer = (value: number): Json => ({ "#bigint": String(value) });

const some = (value: Json): Json => ({ tag: "Some", value });

const none: Json = { tag: "None", value: { "#tup": [] } };

const valueOf = (display: Display, value: number): Json => {
  switch (display.kind) {
    case "bool":
      return value !== 0;
    case "int":
    case "mod":
      return integer(value);
    case "enum":
      return showValue(display, value);
    case "set":
      return { "#set": display.members.filter((_, bit) => ((value >>> bit) & 1) === 1) };
  }
};

interface Stored {
  readonly name: string;
  readonly display: Display;
}

/** `x.present` and `x.value` are one option. */
const optionAt = (all: readonly Stored[], position: number): string | undefined => {
  const stem = /^(.*)\.present$/.exec(all[position]?.name ?? "")?.[1];
  return stem !== undefined && all[position + 1]?.name === `${stem}.value` ? stem : undefined;
};

/** Named values of stored integers, options put together; they keep their order. */
const membersOf = (
  all: readonly Stored[],
  values: readonly number[],
  show: (at: number) => Json,
): Members => {
  const members: Record<string, Json> = {};
  for (let at = 0; at < all.length; at += 1) {
    const stem = optionAt(all, at);
    if (stem === undefined) members[all[at]?.name ?? ""] = show(at);
    else {
      members[stem] = values[at] === 0 ? none : some(show(at + 1));
      at += 1;
    }
  }
  return members;
};

/** A timer that is stopped is `None`. */
const variablesOf = (core: Core, values: readonly number[]): Members =>
  membersOf(core.variables, values, (at) => {
    const { display, origin } = core.variables[at] ?? { display: { kind: "int" } as const };
    const value = values[at] ?? 0;
    if (origin?.kind !== "timer") return valueOf(display, value);
    return value === 0 ? none : some(integer(value - 1));
  });

/** A record; a field that exists only under a flag is an option. */
const segmentOf = (core: Core, { network, integers, from, to, age }: Flight): Json => {
  const { fields = [] } = core.networks[network] ?? {};
  const values = integers.slice(integers.length - fields.length);
  const exists = (flag: string): boolean =>
    values[fields.findIndex((it) => it.name === flag)] === 1;
  return {
    ...(from === undefined ? {} : { from: from.text }),
    ...(to === undefined ? {} : { to: to.text }),
    ...(age === undefined ? {} : { age: integer(age) }),
    ...membersOf(fields, values, (at) => {
      const { display, when } = fields[at] ?? { display: { kind: "int" } as const };
      const value = valueOf(display, values[at] ?? 0);
      return when === undefined ? value : exists(when) ? some(value) : none;
    }),
  };
};

const argumentOf = (text: string): Json =>
  /^-?\d+$/.test(text)
    ? integer(Number(text))
    : text === "true" || text === "false"
      ? text === "true"
      : text;

const picksOf = (names: readonly string[], { label }: TraceStep): Json =>
  Object.fromEntries(
    names.map((name) => {
      const found = label.values.find((it) => it.name === name);
      return [name, found === undefined ? none : some(argumentOf(found.text))];
    }),
  );

/** A step that ends in a model error has no state: the trace ends with the state before it. */
const hasState = (
  it: TraceStep,
): it is TraceStep & { readonly result: Extract<TraceStep["result"], { kind: "state" }> } =>
  it.result.kind === "state";

/** The text of an ITF file. */
export const itfText = (core: Core, about: Provenance, trace: Trace, options: Options): string => {
  const all = [trace.initial, ...trace.steps];
  const picks = [...new Set(all.flatMap((it) => it.label.values.map(({ name }) => name)))];
  const mbt = (step: TraceStep): Members =>
    options.mbt === true
      ? { "mbt::actionTaken": step.action, "mbt::nondetPicks": picksOf(picks, step) }
      : {};
  const states = all.filter(hasState).map((step): Members => ({
    "#meta": {
      index: step.number,
      action: step.action,
      ...(step.label.values.length === 0
        ? {}
        : {
            args: Object.fromEntries(step.label.values.map((it) => [it.name, argumentOf(it.text)])),
          }),
      ...(step.segment === undefined ? {} : { segment: segmentOf(core, step.segment) }),
    },
    ...variablesOf(core, step.result.state.variables),
    ...Object.fromEntries(
      core.networks.map(({ name }, id) => [
        name,
        (step.result.networks[id] ?? []).map((it) => segmentOf(core, it)),
      ]),
    ),
    ...mbt(step),
  }));
  const { source, check, violation, digest, parameters } = about;
  const property = "property" in violation ? violation.property : violation.kind;
  const document = {
    "#meta": {
      format: "ITF",
      "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
      source,
      check,
      status: violation.kind === "error" ? "error" : "violation",
      property,
      ...(violation.kind === "error" ? { message: violation.message } : {}),
      constants: Object.fromEntries(parameters.map((it) => [it.name, it.text])),
      tool: options.tool,
      spec: digest,
    },
    vars: Object.keys(states[0] ?? {}).filter((it) => it !== "#meta"),
    states,
  };
  return `${JSON.stringify(document, undefined, 1)}\n`;
};
