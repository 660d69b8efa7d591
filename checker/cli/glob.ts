// Titles by pattern: `*` is any text, `?` any character; everything else is itself.

/** Whether a whole title matches, whatever its case. */
export const matches = (pattern: string): ((title: string) => boolean) => {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  const expression = new RegExp(`^${source}$`, "isu");
  return (title) => expression.test(title);
};
