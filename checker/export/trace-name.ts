// What trace files are called: slug of the check, slug of the violation, number.

import { type Violation, violationName } from "./violation.ts";

const longest = 60;

const slug = (text: string, fallback: string): string => {
  const letters = text
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, longest)
    .replaceAll(/^-+|-+$/g, "");
  return letters === "" ? fallback : letters;
};

const stemOf = (file: string): string => file.slice(file.lastIndexOf("/") + 1).replace(/\.tw$/, "");

/** Names for the traces of one run, each given once: `just-over-2-msl-p2-1`. */
export const traceNames = (): ((file: string, check: string, it: Violation) => string) => {
  const given = new Set<string>();
  return (file, check, violation) => {
    const stem = `${slug(check === "" ? stemOf(file) : check, "check")}-${slug(violationName(violation), "property")}`;
    let number = 1;
    while (given.has(`${stem}-${number}`)) number += 1;
    const name = `${stem}-${number}`;
    given.add(name);
    return name;
  };
};
