// Titles by pattern: `*` is any text, `?` any character; everything else is itself.

/** Whether a whole title matches some of the patterns; every title does where there are none. */
export const matchesAny = (patterns: readonly string[] = []): ((title: string) => boolean) => {
  const all = patterns.map(matches);
  return (title) => all.length === 0 || all.some((it) => it(title));
};

/** Whether a whole title matches, whatever its case. */
export const matches = (pattern: string): ((title: string) => boolean) => {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "isu");
  return (title) => expression.test(title);
};
