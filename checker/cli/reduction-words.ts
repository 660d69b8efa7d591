// `--reduce all|none|NAME,…`: words -> reductions.

import { InvalidArgumentError } from "commander";
import { type ReductionName, reductionNames } from "../pipeline.ts";

/** The reductions that a word of the command line asks for, in their own order. */
export const reductions = (text: string): readonly ReductionName[] => {
  if (text === "all" || text === "none") return text === "all" ? reductionNames : [];
  const wanted = text.split(",");
  const unknown = wanted.find((it) => !reductionNames.some((name) => name === it));
  if (unknown !== undefined) {
    throw new InvalidArgumentError(`write all, none, or some of ${reductionNames.join(",")}.`);
  }
  return reductionNames.filter((it) => wanted.includes(it));
};
