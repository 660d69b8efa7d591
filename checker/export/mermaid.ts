// A trace as a Mermaid sequence diagram: trace -> text that GitHub and GitLab draw.

import type { Core } from "../core/index.ts";
import {
  choicesText,
  type Flight,
  flightName,
  type Trace,
  type TraceStep,
  ownedName,
} from "../trace/index.ts";
import { hostsOf } from "./hosts.ts";
import { wireText } from "./journeys.ts";
import { type Provenance } from "./trace-file.ts";
import { violationText } from "./violation.ts";

/** Mermaid ends a message at `;` and begins an entity with `#`. */
const plain = (text: string): string =>
  text
    .replaceAll("#", "no. ")
    .replaceAll(";", ",")
    .replaceAll("<", "‹")
    .replaceAll(">", "›")
    .replaceAll(/\s+/g, " ")
    .trim();

const flight = (core: Core, it: Flight): string => plain(`${flightName(it)} ${wireText(core, it)}`);

/** The lines of one step. */
const stepLines = (core: Core, names: readonly string[], step: TraceStep): readonly string[] => {
  const { kind, action, label, segment, copied, changes, sent, events, result } = step;
  const [first = "", last = first] = [names[0], names.at(-1)];
  const over = first === last ? first : `${first},${last}`;
  const everywhere = (text: string): string => `Note over ${over}: ${plain(text)}`;
  const lines: string[] = [];
  const ownerOf = (owner: string): string | undefined =>
    names.find((name) => owner.endsWith(`[${name}]`));
  if (kind === "tick") {
    lines.push(everywhere(result.kind === "state" ? `time ${result.ticks}` : "tick"));
  } else if (segment !== undefined) {
    const { from, to } = segment;
    const ends =
      from === undefined || to === undefined ? undefined : ([from.text, to.text] as const);
    const arrow = kind === "lose" ? "--x" : segment.copy > 0 ? "-->>" : "->>";
    const suffix = kind === "lose" ? " (lost)" : segment.copy > 0 ? " (copy)" : "";
    const about = `${step.number}. ${flight(core, segment)}${suffix}`;
    if (ends === undefined)
      lines.push(everywhere(`${step.number}. ${action} ${flight(core, segment)}`));
    else if (kind === "duplicate") {
      const copy = copied === undefined ? "" : `, copy ${copied.copy}`;
      lines.push(everywhere(`${step.number}. the network doubles ${flight(core, segment)}${copy}`));
    } else lines.push(`${ends[0]}${arrow}${ends[1]}: ${about}`);
  } else if (kind !== "initial") {
    const { owner, name } = ownedName(action);
    const host = ownerOf(owner);
    const text = `${step.number}. ${host === undefined ? action : name}${choicesText(label.values)}`;
    lines.push(host === undefined ? everywhere(text) : `Note over ${host}: ${plain(text)}`);
  }
  for (const { variable, before, after } of changes) {
    const { origin, owner = "" } = core.variables[variable] ?? {};
    const host = ownerOf(owner);
    if (origin?.kind !== "state" || host === undefined) continue;
    lines.push(`Note over ${host}: ${plain(`${before} → ${after}`)}`);
  }
  for (const { flight: it, dropped } of sent) {
    if (!dropped) continue;
    lines.push(everywhere(`the full network drops ${flight(core, it)}`));
  }
  for (const it of events) {
    lines.push(everywhere(it.violated ? `violates ${it.property}` : `reaches ${it.property}`));
  }
  if (result.kind === "error") lines.push(everywhere(`model error: ${result.message}`));
  return lines;
};

/** What is in flight at the end, which no arrow shows. */
const pending = (core: Core, trace: Trace, over: (text: string) => string): readonly string[] => {
  const { result } = trace.steps.at(-1) ?? trace.initial;
  if (result.kind === "error") return [];
  return result.networks.flat().map((it) => over(`still in flight: ${flight(core, it)}`));
};

/** The text of a diagram; hosts are participants, or the model itself where there are none. */
export const mermaidText = (core: Core, about: Provenance, trace: Trace): string => {
  const hosts = hostsOf(core);
  const names = hosts.length === 0 ? ["model"] : hosts;
  const last = names.at(-1) ?? "";
  const span = names.length > 1 ? `${names[0] ?? ""},${last}` : last;
  const over = (text: string): string => `Note over ${span}: ${plain(text)}`;
  const { violation } = about;
  const isSaid = violation.kind === "never" || violation.kind === "error";
  const lines = [
    ...names.map((it) => `participant ${it}`),
    ...trace.steps.flatMap((it) => stepLines(core, names, it)),
    ...pending(core, trace, over),
    ...(isSaid ? [] : [over(violationText(about.violation))]),
  ];
  const title = `%% ${plain(about.source)}: ${plain(about.check)}`.trimEnd();
  return ["sequenceDiagram", ...[title, ...lines].map((it) => `    ${it}`), ""].join("\n");
};
