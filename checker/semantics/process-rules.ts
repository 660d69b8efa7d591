// Rules about processes as wholes: names of rules, one receiver per network, no endless
// reprocessing.

import type { Span } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import { processesOf } from "./program-code.ts";
import { branchTwice, reprocessCycle, twoReceivers } from "./rules-diagnostics.ts";
import type { GroupEntry, ProcessEntry, Session } from "./session.ts";
import { receiveBlocks, visitStatements } from "./walk-code.ts";

export const checkProcessRules = (session: Session): void => {
  const rules = session.modules.list.flatMap(({ tree }) =>
    tree.declarations.filter((it) => it.kind === "rule"),
  );
  reportTwice(session, rules, () => true);
  const processes = processesOf(session);
  for (const process of processes) {
    checkRuleNames(session, process);
    checkReprocessing(session, process);
  }
  checkReceivers(session, processes);
};

const reportTwice = <D extends { readonly name: ast.Name }>(
  session: Session,
  declarations: readonly D[],
  meet: (first: D, second: D) => boolean,
): void => {
  const seen = new Map<string, D[]>();
  for (const declaration of declarations) {
    const { text, span } = declaration.name;
    if (text === "") continue;
    const before = seen.get(text) ?? [];
    const first = before.find((it) => meet(it, declaration));
    if (first !== undefined) {
      session.report(branchTwice(span, { what: `rule \`${text}\``, first: first.name.span }));
    }
    seen.set(text, [...before, declaration]);
  }
};

/** Two stacks may give their rules one name, as long as no instance has both. */
const checkRuleNames = (session: Session, { groups }: ProcessEntry): void => {
  const rules = groups.flatMap((group) => group.symbol.rules.map(({ name }) => ({ name, group })));
  reportTwice(session, rules, (first, second) => meet(first.group, second.group));
};

const meet = (left: GroupEntry, right: GroupEntry): boolean =>
  left === right || [...left.instances].some((it) => right.instances.has(it));

const checkReceivers = (session: Session, processes: readonly ProcessEntry[]): void => {
  const receivers = new Map<string, { readonly process: ProcessEntry; readonly span: Span }>();
  for (const process of processes) {
    for (const receive of process.groups.flatMap(({ symbol }) => symbol.receives)) {
      const network = session.facts.receives.get(receive)?.name;
      if (network === undefined) continue;
      const first = receivers.get(network);
      if (first === undefined) receivers.set(network, { process, span: startOf(receive) });
      else if (first.process !== process) {
        session.report(twoReceivers(startOf(receive), { network, first: first.span }));
      }
    }
  }
};

/** `on receive s`: a handler is long, its first words are enough. */
const startOf = ({ span, message, network, from }: ast.ReceiveDeclaration): Span => ({
  ...span,
  end: Math.max(message.span.end, network?.span.end ?? 0, from?.span.end ?? 0),
});

interface Edge {
  readonly network: string;
  readonly from: string;
  readonly to: string;
  readonly span: Span;
}

/** Per instance, because two stacks may hand segments around in opposite directions. */
const checkReprocessing = (session: Session, process: ProcessEntry): void => {
  const edges = process.groups.map((group) => ({ group, edges: edgesOf(session, process, group) }));
  for (const instance of process.instances) {
    const own = edges.filter(({ group }) => group.instances.has(instance));
    const circle = findCircle(own.flatMap((it) => it.edges));
    if (circle === undefined) continue;
    const [last] = circle.slice(-1);
    if (last === undefined) continue;
    const cycle = [...circle.map(({ from }) => from), last.to];
    session.report(reprocessCycle(last.span, { cycle }));
  }
};

const edgesOf = (
  session: Session,
  process: ProcessEntry,
  { symbol }: GroupEntry,
): readonly Edge[] => {
  const edges: Edge[] = [];
  const all = process.symbol.state?.type.members ?? [];
  for (const receive of symbol.receives) {
    const network = session.facts.receives.get(receive)?.name ?? "";
    const states = receive.states.length === 0 ? all : receive.states.map(({ text }) => text);
    for (const block of receiveBlocks(receive)) {
      visitStatements(block, (statement) => {
        if (statement.kind !== "reprocess") return;
        const { text: to, span } = statement.state;
        for (const from of states) edges.push({ network, from, to, span });
      });
    }
  }
  return edges;
};

/** The edges of a circle, if there is one. */
const findCircle = (edges: readonly Edge[]): readonly Edge[] | undefined => {
  const finished = new Set<string>();
  const key = (network: string, state: string): string => `${network} ${state}`;
  const search = (
    state: string,
    network: string,
    path: readonly Edge[],
  ): readonly Edge[] | undefined => {
    const position = path.findIndex(({ from }) => from === state);
    if (position >= 0) return path.slice(position);
    if (finished.has(key(network, state))) return undefined;
    for (const edge of edges) {
      if (edge.from !== state || edge.network !== network) continue;
      const circle = search(edge.to, network, [...path, edge]);
      if (circle !== undefined) return circle;
    }
    finished.add(key(network, state));
    return undefined;
  };
  for (const { from, network } of edges) {
    const circle = search(from, network, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
};
