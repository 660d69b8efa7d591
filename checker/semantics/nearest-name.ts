// Finds the name a user probably meant: for the help of diagnostics about unknown names.

/** The candidate with the least edit distance, when it is near enough to be a slip. */
export const nearestName = (name: string, candidates: Iterable<string>): string | undefined => {
  const limit = name.length <= 2 ? 1 : Math.floor(name.length / 3) + 1;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (candidate === name || Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance =
      candidate.toLowerCase() === name.toLowerCase() ? 0 : editDistance(name, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  // Replacing every letter is no slip.
  return bestDistance < name.length ? best : undefined;
};

/** Insertions, deletions, replacements and swaps of neighbours count 1 each. */
const editDistance = (from: string, to: string): number => {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const isEqual = from[row - 1] === to[column - 1];
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const least = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isEqual ? 0 : 1),
        isSwap && row > 1 && column > 1 ? (before[column - 2] ?? 0) + 1 : Infinity,
      );
      current.push(least);
    }
    before = last;
    last = current;
  }
  return last[to.length] ?? 0;
};
