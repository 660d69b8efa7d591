// The exit codes of `check`, all in one place, and which one wins when several apply.

export const exitCode = {
  ok: 0,
  assumption: 10,
  deadlock: 11,
  safety: 12,
  recoverable: 13,
  "model-error": 14,
  finding: 15,
  differs: 16,
  mutants: 17,
  incomplete: 20,
  usage: 64,
  specification: 65,
  "missing-input": 66,
  unavailable: 69,
  internal: 70,
  output: 73,
  io: 74,
  interrupted: 130,
  terminated: 143,
} as const;

/** Why a run does not end with 0. */
export type Outcome = Exclude<keyof typeof exitCode, "ok">;

/** The first of these that happened decides. */
const precedence: readonly Outcome[] = [
  "interrupted",
  "terminated",
  "internal",
  "usage",
  "missing-input",
  "output",
  "io",
  "specification",
  "unavailable",
  "model-error",
  "safety",
  "deadlock",
  "recoverable",
  "assumption",
  "finding",
  "differs",
  "mutants",
  "incomplete",
];

/** The exit code of a run with these outcomes, in any order. */
export const exitCodeOf = (outcomes: readonly Outcome[]): number => {
  const first = precedence.find((it) => outcomes.includes(it));
  return first === undefined ? exitCode.ok : exitCode[first];
};
