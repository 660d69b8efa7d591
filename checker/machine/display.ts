// How one integer of a state reads to people: shared by labels and traces.

import type { Display } from "../core/index.ts";

/** `true`, `3`, `TIME_WAIT`, `{A, B}`. */
export const showValue = (display: Display, value: number): string => {
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
