// Whether a stream gets colour: the first rule that speaks decides.

export interface ColourFacts {
  readonly flag: "always" | "never" | "auto";
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
}

const isSet = (value: string | undefined): value is string => value !== undefined && value !== "";

/** Decided for standard output and standard error apart. */
export const wantsColour = ({ flag, environment, isTerminal }: ColourFacts): boolean => {
  if (flag !== "auto") return flag === "always";
  if (isSet(environment["NO_COLOR"])) return false;
  const force = environment["FORCE_COLOR"];
  if (isSet(force) && force !== "0") return true;
  if (environment["TERM"] === "dumb") return false;
  return isTerminal;
};
