// The keyword a misspelt word was meant to be: for the help of syntax errors.

/**
 * The help of a syntax error: a keyword that could stand here and is spelt nearly like what does.
 */
export const hint = (found: string, expected: string): { readonly help?: string } => {
  const named = [...expected.matchAll(/`([a-z]+)`/g)].flatMap(([, word]) => word ?? []);
  const nearest = nearestWord(found, wordsOf[expected] ?? named);
  return nearest === undefined ? {} : { help: `did you mean \`${nearest}\`?` };
};

/** What may stand where a list of things is expected. */
const wordsOf: Readonly<Record<string, readonly string[]>> = {
  "a declaration": (
    "import const set assume enum type record message network event fn proc var ghost clock init " +
    "bound final process extend rule fault invariant never reachable recoverable check sweep binding"
  ).split(" "),
  "a member of the process or `}`": "state timer var ghost fn proc rule fault on".split(" "),
  "a statement or `}`":
    "send start stop emit if match for choose either let assert done defer reprocess else".split(
      " ",
    ),
  "a clause of the network or `}`": "capacity full lifetime loss duplication reorder".split(" "),
};

/** The nearest of some words, if one is near: a third of its letters may differ. */
const nearestWord = (text: string, words: readonly string[]): string | undefined => {
  let nearest: string | undefined;
  let least = Infinity;
  for (const word of words) {
    if (word === text || Math.abs(word.length - text.length) > 2) continue;
    const distance = editDistance(text, word);
    if (distance < least && distance <= Math.ceil(word.length / 3)) {
      nearest = word;
      least = distance;
    }
  }
  return nearest;
};

/**
 * Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.
 */
const editDistance = (from: string, to: string): number => {
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const swapped =
        row > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current.push(
        Math.min(
          (previous[column] ?? 0) + 1,
          (current[column - 1] ?? 0) + 1,
          (previous[column - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (before[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    before = previous;
    previous = current;
  }
  return previous[to.length] ?? 0;
};
