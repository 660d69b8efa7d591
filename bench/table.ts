// A table with aligned columns, which Markdown can show and a terminal too.

const isNumeric = (text: string): boolean => /^[-+]?[\d,.]+( ?[%x×])?$|^$|^-$/.test(text);

/** The columns of which every cell is a number stand at the right. */
export const table = (heading: readonly string[], rows: readonly (readonly string[])[]): string => {
  const columns = heading.map((title, i) => {
    const cells = rows.map((it) => it[i] ?? "");
    return {
      isRight: rows.length > 0 && cells.every(isNumeric),
      width: Math.max(3, ...[title, ...cells].map((it) => it.length)),
    };
  });
  const line = (cells: readonly string[]): string =>
    `| ${columns
      .map(({ isRight, width }, i) =>
        isRight ? (cells[i] ?? "").padStart(width) : (cells[i] ?? "").padEnd(width),
      )
      .join(" | ")} |`;
  const rule = columns.map(({ isRight, width }) =>
    isRight ? `${"-".repeat(width - 1)}:` : "-".repeat(width),
  );
  return [line(heading), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
};
