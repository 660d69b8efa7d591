// The door of `source/`.

export type { Span } from "./span.ts";
export { cover } from "./span.ts";
export type {
  Checked,
  Code,
  Definition,
  Diagnostic,
  Explanation,
  Note,
  Severity,
  Wording,
} from "./diagnostic.ts";
export { define } from "./diagnostic.ts";
