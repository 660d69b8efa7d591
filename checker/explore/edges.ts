// Every transition found, kept only where a property asks for ways out.

/*
 * Transitions are numbered in the order in which they are found: states in order of expansion, each
 * with its steps in label order. Edge n is the target of transition n, as `target * 2 + fault`, an
 * unsigned word. State s has the edges `starts[s]` up to `starts[s + 1]`; error steps have none.
 */
export interface EdgeStore {
  readonly chunks: Uint32Array[];
  readonly starts: Uint32Array[];
}

const edgeShift = 18;
const edgeMask = (1 << edgeShift) - 1;
const startShift = 16;
const startMask = (1 << startShift) - 1;

export const emptyEdges = (): EdgeStore => ({ chunks: [], starts: [] });

const reserve = (chunks: Uint32Array[], shift: number, count: number): void => {
  while (chunks.length * 2 ** shift < count) chunks.push(new Uint32Array(1 << shift));
};

/** Makes room for this many edges, of this many states. */
export const reserveEdges = (edges: EdgeStore, count: number, states: number): void => {
  reserve(edges.chunks, edgeShift, count);
  reserve(edges.starts, startShift, states + 1);
};

const chunkAt = (chunks: readonly Uint32Array[], number: number): Uint32Array => {
  const chunk = chunks[number];
  if (chunk === undefined) throw new Error("edges are noted only after room was made for them");
  return chunk;
};

export const setEdge = (
  edges: EdgeStore,
  transition: number,
  target: number,
  fault: number,
): void => {
  chunkAt(edges.chunks, transition >>> edgeShift)[transition & edgeMask] = target * 2 + fault;
};

/** Notes the first transition of a state; also of the state that would come after the last. */
export const setStart = (edges: EdgeStore, state: number, transition: number): void => {
  chunkAt(edges.starts, state >>> startShift)[state & startMask] = transition;
};

export const startOf = (edges: EdgeStore, state: number): number =>
  edges.starts[state >>> startShift]?.[state & startMask] ?? 0;

export const edgeAt = (edges: EdgeStore, transition: number): number =>
  edges.chunks[transition >>> edgeShift]?.[transition & edgeMask] ?? 0;

/** Bytes that this many edges of this many states occupy. */
export const edgeBytes = (count: number, states: number): number =>
  4 * (roundUp(count, edgeShift) + roundUp(states + 1, startShift));

const roundUp = (count: number, shift: number): number =>
  Math.ceil(count / 2 ** shift) * 2 ** shift;
