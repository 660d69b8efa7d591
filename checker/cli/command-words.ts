// The commands of the program, by name.

/** Words that are commands when they come first; everything else is a file or a folder. */
export const commandWords = [
  "conform",
  "explain",
  "export",
  "format",
  "graph",
  "help",
  "merge",
  "mutate",
  "refresh",
  "replay",
  "simulate",
  "sweep",
  "translate",
] as const;
