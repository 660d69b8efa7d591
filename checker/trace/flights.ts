// Who a segment is: a bag holds only values, a trace follows each segment from its sending to its
// end.

import type { Core } from "../core/index.ts";
import type { Step } from "../interpret/index.ts";
import type { State } from "../machine/index.ts";
import { segmentReadings } from "./readings.ts";
import type { Flight } from "./trace.ts";

/** The networks of a moment, and what is needed to name the next segments. */
export interface Sky {
  readonly networks: readonly (readonly Flight[])[];
  readonly nextId: number;
  /** By id: how many copies were made so far. */
  readonly copies: ReadonlyMap<number, number>;
}

/** What a step did to segments. */
export interface Passage {
  readonly segment?: Flight;
  readonly copied?: Flight;
  readonly sent: readonly { readonly flight: Flight; readonly dropped: boolean }[];
  readonly sky: Sky;
}

const flightOf = (
  core: Core,
  network: number,
  identity: { readonly id: number; readonly copy: number },
  integers: readonly number[],
): Flight => {
  const declared = core.networks[network];
  if (declared === undefined) throw new Error(`the core has no network ${network}`);
  return { network, ...identity, integers, ...segmentReadings(declared, integers) };
};

/** A sky in which every segment of a state is new. */
export const skyOf = (core: Core, state: State): Sky => {
  let nextId = 1;
  const networks = state.networks.map((segments, network) =>
    segments.map((integers) => flightOf(core, network, { id: nextId++, copy: 0 }, integers)),
  );
  return { networks, nextId, copies: new Map() };
};

/**
 * Follows the segments through a step. Among equal segments of a bag nobody can tell which is
 * meant: the earliest sent original goes first, copies go last.
 */
export const pass = (core: Core, before: Sky, step: Step): Passage => {
  const { action: id, segment: about } = step.label;
  const kind = id === undefined ? undefined : core.actions[id]?.kind;
  const segment = about && before.networks[about.network]?.[about.position];
  const copy = segment && (before.copies.get(segment.id) ?? 0) + 1;
  const copied =
    kind === "duplicate" && segment !== undefined && copy !== undefined
      ? { ...segment, copy }
      : undefined;
  const sent = step.sent.map(({ network, integers, dropped }, index) => ({
    flight: flightOf(core, network, { id: before.nextId + index, copy: 0 }, integers),
    dropped,
  }));
  const present = [
    ...before.networks.flat().filter((it) => kind === "duplicate" || it !== segment),
    ...(copied === undefined ? [] : [copied]),
    ...sent.flatMap(({ flight, dropped }) => (dropped ? [] : [flight])),
  ].map((it) => (kind === "tick" ? older(core, it) : it));
  const networks =
    step.result.kind === "state" ? arrange(core, step.result.state, present) : before.networks;
  return {
    ...(segment === undefined ? {} : { segment }),
    ...(copied === undefined ? {} : { copied }),
    sent,
    sky: {
      networks,
      nextId: before.nextId + sent.length,
      copies:
        copied === undefined
          ? before.copies
          : new Map([...before.copies, [copied.id, copied.copy] as const]),
    },
  };
};

const older = (core: Core, flight: Flight): Flight => {
  if (flight.age === undefined) return flight;
  const [, ...rest] = flight.integers;
  return flightOf(core, flight.network, flight, [flight.age + 1, ...rest]);
};

/** Puts the segments in stored order; equal ones of a FIFO stand in order of sending. */
const arrange = (
  core: Core,
  state: State,
  present: readonly Flight[],
): readonly (readonly Flight[])[] =>
  state.networks.map((segments, network) => {
    const isBag = core.networks[network]?.kind === "bag";
    const rank = ({ copy }: Flight): number => (isBag && copy > 0 ? 1 : 0);
    const waiting = present
      .filter((it) => it.network === network)
      .toSorted((a, b) => rank(a) - rank(b) || a.id - b.id || a.copy - b.copy);
    return segments.map((integers) => {
      const text = integers.join();
      const found = waiting.findIndex((it) => it.integers.join() === text);
      const [flight] = found < 0 ? [] : waiting.splice(found, 1);
      if (flight === undefined)
        throw new Error(`a segment of network ${network} came from nowhere`);
      return flight;
    });
  });
