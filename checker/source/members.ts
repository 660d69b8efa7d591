// Data from outside, of which nothing is known: a value -> its members, if it has any.

export interface Members {
  readonly [name: string]: unknown;
}

/** An object with named members; lists and null have none. */
export const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);
