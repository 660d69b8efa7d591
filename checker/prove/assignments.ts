// Values that constants have in a point of a sweep, as text.

interface Assignment {
  readonly name: string;
  readonly text: string;
}

/** "MSL = 1, RTO = 2" */
export const assignmentsText = (values: readonly Assignment[]): string =>
  values.map(({ name, text }) => `${name} = ${text}`).join(", ");

/** " with MSL = 1, RTO = 2"; "" of none. */
export const whereText = (values: readonly Assignment[]): string =>
  values.length === 0 ? "" : ` with ${assignmentsText(values)}`;
