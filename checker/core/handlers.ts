// Which handler answers in which control state, and whether exactly one does: typed program ->
// core.

import type * as ast from "../syntax/index.ts";
import type { Diagnostic, Span } from "../source/index.ts";
import { handlerGap, handlersOverlap } from "./diagnostics.ts";
import type { Elaboration, Instance, NetworkPlan, Timer } from "./elaboration.ts";

/** The position of a control state; `everyState` in a process without one. */
export type State = number;
export const everyState: State = -1;

/** `tcp[A].TIME_WAIT`, or `tcp[A]` in a process without control states. */
export const stateName = (instance: Instance, state: State): string => {
  const member = instance.state?.type.members[state];
  return member === undefined ? instance.name : `${instance.name}.${member}`;
};

/** The control states of an instance. */
export const statesOf = ({ state }: Instance): readonly State[] =>
  state === undefined ? [everyState] : state.type.members.map((_, at) => at);

/** The control states that an `in` names: all without one. */
export const statesNamed = (instance: Instance, names: readonly ast.Name[]): readonly State[] =>
  names.length === 0
    ? statesOf(instance)
    : names.flatMap((name) => {
        const at = instance.state?.type.members.indexOf(name.text) ?? -1;
        return at < 0 ? [] : [at];
      });

type Handler = ast.ReceiveDeclaration | ast.ExpireDeclaration;

/** By control state, the handlers that claim it. */
const claims = <A extends Handler>(
  instance: Instance,
  handlers: readonly A[],
): ReadonlyMap<State, readonly A[]> => {
  const found = new Map<State, A[]>();
  for (const handler of handlers) {
    for (const state of new Set(statesNamed(instance, handler.states))) {
      found.set(state, [...(found.get(state) ?? []), handler]);
    }
  }
  return found;
};

const known = new WeakMap<Instance, Map<string, ReadonlyMap<State, ast.ReceiveDeclaration>>>();

/** The handler of the segments of a network by control state. */
export const handlersOf = (
  whole: Elaboration,
  instance: Instance,
  network: NetworkPlan,
): ReadonlyMap<State, ast.ReceiveDeclaration> => {
  const cache =
    known.get(instance) ?? new Map<string, ReadonlyMap<State, ast.ReceiveDeclaration>>();
  known.set(instance, cache);
  const found = cache.get(network.core.name);
  if (found !== undefined) return found;
  const made = firsts(claims(instance, receivesOf(whole, instance, network)));
  cache.set(network.core.name, made);
  return made;
};

const receivesOf = (
  whole: Elaboration,
  instance: Instance,
  network: NetworkPlan,
): readonly ast.ReceiveDeclaration[] =>
  instance.receives.filter((it) => whole.program.networkOf(it)?.name === network.core.name);

/** The handler of a timer by control state. */
export const expiriesOf = (
  instance: Instance,
  timer: Timer,
): ReadonlyMap<State, ast.ExpireDeclaration> =>
  firsts(claims(instance, expiresOf(instance, timer)));

const expiresOf = (instance: Instance, timer: Timer): readonly ast.ExpireDeclaration[] =>
  instance.expires.filter((it) => it.timer.text === timer.declared.text);

const firsts = <A>(claimed: ReadonlyMap<State, readonly A[]>): ReadonlyMap<State, A> =>
  new Map(
    [...claimed].flatMap(([state, [first]]): [State, A][] =>
      first === undefined ? [] : [[state, first]],
    ),
  );

// ---------------------------------------------------------------- exactly one

/** Overlaps of all handlers, and gaps where a process receives from a network. */
export const checkHandlers = (whole: Elaboration): readonly Diagnostic[] => {
  const overlaps = new Map<string, Overlap>();
  const gaps = new Map<string, Gap>();
  for (const instances of whole.processes.values()) {
    for (const network of whole.networks.values()) {
      const receives = instances.map((it) => receivesOf(whole, it, network));
      if (receives.every((it) => it.length === 0)) continue;
      const [first] = receives.flat();
      instances.forEach((instance, at) => {
        const claimed = claims(instance, receives[at] ?? []);
        collectOverlaps(overlaps, instance, claimed, `segments of \`${network.core.name}\``);
        if (first !== undefined) collectGap(gaps, instance, claimed, network, placeOf(first));
      });
    }
    for (const instance of instances) {
      for (const timer of instance.timers.values()) {
        const claimed = claims(instance, expiresOf(instance, timer));
        collectOverlaps(overlaps, instance, claimed, `the expiry of \`${timer.declared.text}\``);
      }
    }
  }
  return [
    ...[...overlaps.values()].map(({ what, states, instances, second, first }) =>
      handlersOverlap(second, {
        what,
        states: [...states],
        instances: [...instances],
        notes: [{ message: "the first one is here", span: first }],
      }),
    ),
    ...[...gaps.values()].map(({ span, network, states, instances }) =>
      handlerGap(span, { network, states, instances }),
    ),
  ];
};

interface Overlap {
  readonly what: string;
  readonly first: Span;
  readonly second: Span;
  readonly states: Set<string>;
  readonly instances: Set<string>;
}

interface Gap {
  readonly span: Span;
  readonly network: string;
  readonly states: readonly string[];
  readonly instances: string[];
}

/** The first words of a handler: `on receive s`, `on expire t`. */
const placeOf = (handler: Handler): Span => {
  const { span } = handler.kind === "receive" ? handler.message : handler.timer;
  return { ...span, start: handler.span.start };
};

/** One overlap for a pair of handlers, whatever the states and instances in which they meet. */
const collectOverlaps = (
  overlaps: Map<string, Overlap>,
  instance: Instance,
  claimed: ReadonlyMap<State, readonly Handler[]>,
  what: string,
): void => {
  for (const [state, [first, ...others]] of claimed) {
    if (first === undefined) continue;
    for (const other of others) {
      const [a, b] = [placeOf(first), placeOf(other)];
      const key = [what, a.file, a.start, b.file, b.start].join(" ");
      const overlap: Overlap = overlaps.get(key) ?? {
        what,
        first: a,
        second: b,
        states: new Set(),
        instances: new Set(),
      };
      const name = instance.state?.type.members[state];
      if (name !== undefined) overlap.states.add(name);
      overlap.instances.add(instance.name);
      overlaps.set(key, overlap);
    }
  }
};

/** One gap for all instances that miss the same states. */
const collectGap = (
  gaps: Map<string, Gap>,
  instance: Instance,
  claimed: ReadonlyMap<State, readonly Handler[]>,
  network: NetworkPlan,
  span: Span,
): void => {
  const missing = statesOf(instance).filter((it) => !claimed.has(it));
  if (missing.length === 0) return;
  const states = missing.flatMap((it) => instance.state?.type.members[it] ?? []);
  const key = [instance.process.name, network.core.name, ...states].join(" ");
  const gap = gaps.get(key) ?? {
    span,
    network: network.core.name,
    states,
    instances: [],
  };
  gap.instances.push(instance.name);
  gaps.set(key, gap);
};
