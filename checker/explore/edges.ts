// Every transition found, kept only where a property asks for ways out.

/*
 * The edges of the states in order of expansion, each in label order. An edge is `target * 2 + fault` as an
 * unsigned word. State s has the edges `starts[s]` up to `starts[s + 1]`; error steps have none.
 */
export interface EdgeStore {
  readonly chunks: Uint32Array[];
  count: number;
  readonly starts: Uint32Array[];
}

const edgeShift = 18;
const edgeMask = (1 << edgeShift) - 1;
const startShift = 16;
const startMask = (1 << startShift) - 1;

export const emptyEdges = (): EdgeStore => ({ chunks: [], count: 0, starts: [] });

const chunkFor = (chunks: Uint32Array[], shift: number, index: number): Uint32Array => {
  const number = index >>> shift;
  while (chunks.length <= number) chunks.push(new Uint32Array(1 << shift));
  const chunk = chunks[number];
  if (chunk === undefined) throw new Error("a chunk that was just added is missing");
  return chunk;
};

export const appendEdge = (edges: EdgeStore, target: number, fault: number): void => {
  const { count } = edges;
  chunkFor(edges.chunks, edgeShift, count)[count & edgeMask] = target * 2 + fault;
  edges.count = count + 1;
};

/** Notes that the edges of `state` begin at position `at`; called for every state, and once behind the last. */
export const markStart = (edges: EdgeStore, state: number, at: number): void => {
  chunkFor(edges.starts, startShift, state)[state & startMask] = at;
};

/** Position of the first edge of a state. */
export const startOf = (edges: EdgeStore, state: number): number =>
  edges.starts[state >>> startShift]?.[state & startMask] ?? 0;

export const edgeAt = (edges: EdgeStore, position: number): number =>
  edges.chunks[position >>> edgeShift]?.[position & edgeMask] ?? 0;

/** Bytes in use, and needed at once for `more` edges from `states` states. */
export const edgeBytes = (edges: EdgeStore, more: number, states: number): number =>
  (Math.ceil((edges.count + more) / (1 << edgeShift)) << edgeShift) * 4 +
  Math.ceil((states + 1) / (1 << startShift)) * (1 << startShift) * 4;
