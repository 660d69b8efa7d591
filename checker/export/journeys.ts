// The way of every segment through a trace: where it begins, where it ends, and of which life of its sender it is.

import type { Core } from "../core/index.ts";
import {
  type Flight,
  flightName,
  type Trace,
  type TraceStep,
  variableReadings,
} from "../trace/index.ts";
import { hostOf, hostsOf } from "./hosts.ts";

export interface Journey {
  readonly flight: Flight;
  /** `#4'` */
  readonly name: string;
  /** Positions in the list of hosts. */
  readonly from: number;
  readonly to: number;
  /** "there": it was in the network at the beginning. `order`: among the sendings of the step. */
  readonly begin: {
    readonly step: number;
    readonly how: "sent" | "copied" | "there";
    readonly order: number;
  };
  readonly end: {
    readonly step: number;
    readonly how: "arrives" | "lost" | "dropped" | "pending";
  };
  /** Of the sender, if the model counts its lives. */
  readonly life?: number;
  /** It arrives when its sender, or the receiver it was meant for, has begun another life. */
  readonly isStale: boolean;
  /** By which name it was copied, if it is a copy. */
  readonly copyOf?: string;
}

/**
 * How a model counts the lives of its hosts: a ghost field of the segment that is called like a ghost
 * variable of the processes is the sender's life; another ghost field of the same range, the life of the
 * receiver that the sender knew of, with 0 for none.
 */
interface LifeNames {
  readonly sender: string;
  readonly receiver?: string;
}

const shortName = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

const lifeNames = (core: Core): LifeNames | undefined => {
  const ghosts = core.variables.filter((it) => it.ghost && it.owner !== "");
  for (const { fields } of core.networks) {
    const numbers = fields.filter((it) => it.ghost && it.display.kind === "int");
    const sender = numbers.find((it) => ghosts.some(({ name }) => shortName(name) === it.name));
    if (sender === undefined) continue;
    const receiver = numbers.find((it) => it !== sender && it.high === sender.high);
    return { sender: sender.name, ...(receiver === undefined ? {} : { receiver: receiver.name }) };
  }
  return undefined;
};

const valueOf = (flight: Flight, name: string | undefined): number | undefined => {
  const text = flight.fields.find((it) => it.name === name)?.text;
  return text === undefined ? undefined : Number(text);
};

/** By step: the life of each host after it; undefined where the model does not count them. */
export const livesOf = (core: Core, trace: Trace): readonly (readonly (number | undefined)[])[] => {
  const names = lifeNames(core);
  const hosts = hostsOf(core);
  let lives: readonly (number | undefined)[] = hosts.map(() => undefined);
  return [trace.initial, ...trace.steps].map(({ result }) => {
    if (result.kind === "error" || names === undefined) return lives;
    const readings = variableReadings(core, result.state.variables);
    lives = hosts.map((_, host) => {
      const found = readings.find(({ name, variable }) => {
        const owner = core.variables[variable]?.owner ?? "";
        return hostOf(owner, hosts) === host && shortName(name) === names.sender;
      });
      return found === undefined ? undefined : Number(found.text);
    });
    return lives;
  });
};

interface Begun {
  readonly flight: Flight;
  readonly begin: Journey["begin"];
  readonly copyOf?: string;
}

const beginnings = ({ initial, steps }: Trace): readonly Begun[] => [
  ...(initial.result.kind === "state" ? initial.result.networks.flat() : [])
    .filter((it) => !initial.sent.some(({ flight }) => flight.id === it.id))
    .map((flight): Begun => ({ flight, begin: { step: 0, how: "there", order: 0 } })),
  ...[initial, ...steps].flatMap(({ number, sent, segment, copied }): readonly Begun[] => [
    ...sent.map(({ flight }, order) => ({
      flight,
      begin: { step: number, how: "sent", order } as const,
    })),
    ...(copied === undefined || segment === undefined
      ? []
      : [
          {
            flight: copied,
            begin: { step: number, how: "copied", order: 0 } as const,
            copyOf: flightName(segment),
          },
        ]),
  ]),
];

const endOf = (name: string, begun: Begun, { initial, steps }: Trace): Journey["end"] => {
  const all = [initial, ...steps];
  const isDropped = (all[begun.begin.step]?.sent ?? []).some(
    (it) => it.dropped && flightName(it.flight) === name,
  );
  if (isDropped) return { step: begun.begin.step, how: "dropped" };
  const last = steps.find(
    ({ kind, segment }) =>
      kind !== "duplicate" && segment !== undefined && flightName(segment) === name,
  );
  if (last === undefined) return { step: all.length - 1, how: "pending" };
  return { step: last.number, how: last.kind === "lose" ? "lost" : "arrives" };
};

const isOlder = (life: number | undefined, current: number | undefined): boolean =>
  life !== undefined && life > 0 && current !== undefined && life < current;

/** All journeys between hosts, in the order in which they begin. */
export const journeysOf = (core: Core, trace: Trace): readonly Journey[] => {
  const hosts = hostsOf(core);
  const names = lifeNames(core);
  const lives = livesOf(core, trace);
  return beginnings(trace).flatMap((begun): readonly Journey[] => {
    const { flight, begin, copyOf } = begun;
    const from = hosts.indexOf(flight.from?.text ?? "");
    const to = hosts.indexOf(flight.to?.text ?? "");
    if (from < 0 || to < 0) return [];
    const name = flightName(flight);
    const end = endOf(name, begun, trace);
    const before = lives[Math.max(0, end.step - 1)] ?? [];
    const life = valueOf(flight, names?.sender);
    const isStale =
      end.how === "arrives" &&
      (isOlder(life, before[from]) || isOlder(valueOf(flight, names?.receiver), before[to]));
    return [
      {
        flight,
        name,
        from,
        to,
        begin,
        end,
        isStale,
        ...(life === undefined ? {} : { life }),
        ...(copyOf === undefined ? {} : { copyOf }),
      },
    ];
  });
};

/** `SYN ACK seq=0 ackno=1`: what the wire shows, without what only the model knows, zeros, and what cannot differ. */
export const wireText = (core: Core, { network, fields }: Flight): string => {
  const declared = core.networks[network]?.fields ?? [];
  const visible = fields.filter((it) => !it.ghost && !it.fixed);
  const flags = visible.filter((it) => it.flag === true).map((it) => it.name.toUpperCase());
  const values = visible
    .filter((it) => it.flag === undefined)
    .filter((it) => {
      const kind = declared.find(({ name }) => name === it.name)?.display.kind;
      return kind !== "int" || it.text !== "0";
    })
    .map((it) => `${it.name}=${it.text}`);
  return [...flags, ...values].join(" ");
};

/** The steps of a trace, the way into the initial state first. */
export const allSteps = ({ initial, steps }: Trace): readonly TraceStep[] => [initial, ...steps];
