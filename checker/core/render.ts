// Integers as people read them: core -> text of labels, traces and reports.

import type { Display } from "./core.ts";

/** One integer by its display: `true`, `3`, `TIME_WAIT`, `{A, B}`. */
export const renderValue = (display: Display, value: number): string => {
  switch (display.kind) {
    case "bool":
      return value === 0 ? "false" : "true";
    case "int":
    case "mod":
      return String(value);
    case "enum":
      return display.members[value] ?? String(value);
    case "set":
      return `{${display.members.filter((_, bit) => ((value >>> bit) & 1) === 1).join(", ")}}`;
  }
};
