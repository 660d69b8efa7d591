// What colours mean in a trace; the edge decides what they look like.

export type Role =
  /** Hosts, actions, names of columns. */
  | "name"
  /** Control states and other values that changed. */
  | "change"
  /** Segments on their way. */
  | "segment"
  /** Losses, duplications and what a full network drops. */
  | "fault"
  /** Events that violate a property, and model errors. */
  | "violation"
  /** Lifelines, cases, clocks, step numbers. */
  | "dim";

export type Paint = (role: Role, text: string) => string;

export interface Look {
  readonly paint: Paint;
  /** Columns of the terminal; a ladder keeps within them. */
  readonly columns: number;
}
