// Test support: traces of small texts, with what their files say of them.

import { proveText } from "../../test/run-text.ts";
import { twoLives } from "../../test/two-lives.ts";
import type { Core } from "../../core/index.ts";
import { type Trace, traceOf } from "../../trace/index.ts";
import type { Provenance } from "../trace-file.ts";
import { evidenceOf } from "../violation.ts";

export interface Made {
  readonly core: Core;
  readonly about: Provenance;
  readonly trace: Trace;
}

const digest = `sha256:${"0".repeat(64)}`;

/** The traces of everything that is wrong in a text. */
export const tracesOf = async (
  file: string,
  text: string,
  title?: string,
): Promise<readonly Made[]> => {
  const result = await proveText(file, text, (it) => title === undefined || it === title);
  return result.obligations.flatMap((it): readonly Made[] => {
    if (it.kind !== "check" || it.search === undefined) return [];
    const { search, parameters, title: check } = it;
    return evidenceOf(search).map(({ violation, path }) => ({
      core: search.core,
      about: { source: file, digest, check, set: [], parameters, violation },
      trace: traceOf(search.core, path),
    }));
  });
};

/** The one trace of a check of the two lives. */
export const twoLivesTrace = async (
  title: "an old goodbye" | "a lost hello" | "a lost goodbye" = "an old goodbye",
): Promise<Made> => {
  const [made] = await tracesOf("two-lives.tw", twoLives, title);
  if (made === undefined) throw new Error(`nothing is wrong with ${title}`);
  return made;
};
