// A trace as one page that needs nothing else: the drawing, a slider over the steps, the state at each of them.

import type { Core } from "../core/index.ts";
import {
  type Flight,
  flightText,
  stepText,
  type Trace,
  type TraceStep,
  variableReadings,
} from "../trace/index.ts";
import { drawing } from "./drawing.ts";
import { hostOf, hostsOf } from "./hosts.ts";
import { allSteps } from "./journeys.ts";
import { pageScript, pageStyle } from "./page-parts.ts";
import { escaped } from "./svg.ts";
import type { Provenance } from "./trace-file.ts";
import { violationText } from "./violation.ts";

/** The names of a group of variables that stand beside each other, one column per host. */
interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: string;
    /** Names of the variables by column; "" where a host has none. */
    readonly variables: readonly string[];
    readonly ghost: boolean;
  }[];
}

const lastResult = (steps: readonly TraceStep[], until: number) =>
  steps
    .slice(0, until + 1)
    .map((it) => it.result)
    .findLast((it) => it.kind === "state");

/** Variables that can vary: of processes by host and name, all others by name alone. */
const tablesOf = (core: Core, trace: Trace): readonly Table[] => {
  const hosts = hostsOf(core);
  const { result } = trace.initial;
  if (result.kind === "error") return [];
  const readings = variableReadings(core, result.state.variables).filter((it) => !it.fixed);
  const ownerOf = (variable: number): string => core.variables[variable]?.owner ?? "";
  const shared = readings.filter((it) => hostOf(ownerOf(it.variable), hosts) === undefined);
  const hosted = readings.filter((it) => !shared.includes(it));
  const processes = [...new Set(hosted.map((it) => ownerOf(it.variable).replace(/\[.*/, "")))];
  const inProcess = processes.map((process): Table => {
    const prefixes = hosts.map((host) => `${process}[${host}].`);
    const own = hosted.filter((it) => prefixes.some((prefix) => it.name.startsWith(prefix)));
    const names = [...new Set(own.map((it) => it.name.slice(it.name.indexOf("].") + 2)))];
    return {
      columns: hosts.map((host) => `${process}[${host}]`),
      rows: names.map((name) => {
        const variables = prefixes.map((prefix) =>
          own.some((it) => it.name === prefix + name) ? prefix + name : "",
        );
        const ghost = own.some((it) => it.ghost && variables.includes(it.name));
        return { name, variables, ghost };
      }),
    };
  });
  const others: readonly Table[] =
    shared.length === 0
      ? []
      : [
          {
            columns: [""],
            rows: shared.map((it) => ({ name: it.name, variables: [it.name], ghost: it.ghost })),
          },
        ];
  return [...inProcess, ...others];
};

const tableHtml = ({ columns, rows }: Table): string => {
  const cells = (variables: readonly string[]): string =>
    variables.map((it) => `<td data-variable="${escaped(it)}"></td>`).join("");
  const body = rows
    .map(
      ({ name, variables, ghost }) =>
        `<tr${ghost ? ' class="ghost"' : ""}><th scope="row">${escaped(name)}</th>${cells(variables)}</tr>`,
    )
    .join("\n");
  const head = columns.map((it) => `<th scope="col">${escaped(it)}</th>`).join("");
  return `<table><thead><tr><td></td>${head}</tr></thead><tbody>\n${body}\n</tbody></table>`;
};

const inFlight = (core: Core, networks: readonly (readonly Flight[])[]): readonly string[] =>
  networks.flat().map((it) => {
    const way =
      it.from === undefined || it.to === undefined ? "" : `${it.from.text} → ${it.to.text} `;
    const age = it.age === undefined ? "" : `, age ${it.age}`;
    const name = core.networks.length > 1 ? `${core.networks[it.network]?.name ?? ""}: ` : "";
    return `${name}${way}${flightText(it)}${age}`;
  });

/** What the page shows of each step. */
const slides = (core: Core, trace: Trace) => {
  const steps = allSteps(trace);
  return steps.map((step, at) => {
    const { branches, events, result, fault } = step;
    const seen = lastResult(steps, at);
    return {
      text: stepText(step),
      fault,
      cases: branches,
      events: events.map((it) => `${it.violated ? "violates" : "reaches"} ${it.property}`),
      ...(result.kind === "error" ? { error: result.message } : {}),
      time: seen?.ticks ?? 0,
      values:
        seen === undefined
          ? {}
          : Object.fromEntries(
              variableReadings(core, seen.state.variables)
                .filter((it) => !it.fixed)
                .map((it) => [it.name, it.text]),
            ),
      flights: seen === undefined ? [] : inFlight(core, seen.networks),
    };
  });
};

/** JSON within a script: nothing in it may end the script. */
const embedded = (value: unknown): string =>
  JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028");

export const pageText = (core: Core, about: Provenance, trace: Trace): string => {
  const title = `${about.check === "" ? about.source : about.check}: ${violationText(about.violation)}`;
  const last = trace.steps.length;
  const constants = about.parameters.map((it) => `${it.name} = ${it.text}`).join(", ");
  return [
    "<!doctype html>",
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${pageStyle}</style>`,
    "<header>",
    `<h1>${escaped(title)}</h1>`,
    constants === ""
      ? `<p>${escaped(about.source)}</p>`
      : `<details><summary>${escaped(about.source)}, constants</summary>${escaped(constants)}</details>`,
    '<form><button type="button" id="back" aria-label="one step back">◀</button>',
    `<input type="range" id="step" min="0" max="${last}" value="${last}" aria-label="step">`,
    '<button type="button" id="on" aria-label="one step on">▶</button>',
    '<output id="now" for="step"></output></form>',
    "</header>",
    '<main><section id="drawing" aria-label="the way to the violation">',
    drawing(core, about, trace).trimEnd(),
    '</section><aside aria-label="the state after the step">',
    '<h2 id="what"></h2><ul id="said"></ul>',
    ...tablesOf(core, trace).map(tableHtml),
    '<h3>In flight</h3><ul id="flights"></ul>',
    "</aside></main>",
    `<script id="slides" type="application/json">${embedded(slides(core, trace))}</script>`,
    `<script>${pageScript}</script>`,
    "</html>",
    "",
  ].join("\n");
};
