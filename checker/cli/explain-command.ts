// `check explain CODE`: the documentation of one diagnostic.

import * as E from "fp-ts/lib/Either.js";
import { explanationText } from "../report/index.ts";
import { definitions } from "./definitions.ts";
import { exampleAnswer } from "./example-answer.ts";
import type { Terminal } from "./terminal.ts";

/** The text, or what is wrong with the code; `203` and `tw0203` are understood too. */
export const explain = async (
  code: string,
  { resultLook }: Terminal,
): Promise<E.Either<string, string>> => {
  const digits = /^(?:tw)?(\d{1,4})$/i.exec(code)?.[1];
  const full = digits === undefined ? code : `TW${digits.padStart(4, "0")}`;
  const found = definitions.find((it) => it.code === full);
  if (found !== undefined) {
    const columns = resultLook.columns - 4;
    const answer = await exampleAnswer(found, { ...resultLook, columns });
    return E.right(explanationText(found, answer, resultLook));
  }
  const near = definitions.filter((it) => it.code.slice(0, 4) === full.slice(0, 4));
  const codes = near.map((it) => it.code).join(", ");
  return E.left(
    `there is no diagnostic \`${code}\`${codes === "" ? "; codes look like TW0201" : `; near it are ${codes}`}`,
  );
};
