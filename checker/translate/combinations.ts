// The combinations of values that parameters can have (program -> text).

import type { Parameter, Program } from "./program.ts";

/** Every combination of parameter values, the first most significant. */
export const combinations = (parameters: readonly Parameter[]): readonly (readonly number[])[] =>
  parameters.reduce<readonly (readonly number[])[]>(
    (rows, { low, high }) =>
      rows.flatMap((row) =>
        Array.from({ length: high - low + 1 }, (_, index) => [...row, low + index]),
      ),
    [[]],
  );

/** How many combinations of choices `init` has: as many states stand before the initial ones. */
export const beginnings = ({ initial }: Program): number => combinations(initial.parameters).length;
