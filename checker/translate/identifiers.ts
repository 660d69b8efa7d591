// Names of the source as identifiers that every checker takes, all different.

/** One identifier per name, in order; the prefix keeps them off reserved words. */
export const identifiers = (prefix: string, names: readonly string[]): readonly string[] => {
  const used = new Set<string>();
  return names.map((name) => {
    const plain = `${prefix}_${name.replaceAll(/[^A-Za-z0-9]+/g, "_").replaceAll(/_+$/g, "")}`;
    let chosen = plain;
    for (let count = 2; used.has(chosen); count += 1) chosen = `${plain}_${count}`;
    used.add(chosen);
    return chosen;
  });
};

/** A text between quotes: no quote, backslash or line end in it. */
export const quotable = (text: string): string =>
  text.replaceAll(/[\n\r]+/g, " ").replaceAll(/["\\]/g, "'");
