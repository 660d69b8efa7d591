// Bytes of a file -> text, or the first place where they are not UTF-8: before the text of `text ->
// syntax`.

import * as E from "fp-ts/lib/Either.js";
import { define, type Diagnostic } from "./diagnostic.ts";

export const notUtf8 = define<{ readonly byteOffset: number; readonly byte: number }>(
  {
    code: "TW0101",
    severity: "error",
    title: "not UTF-8",
    text:
      "Specifications are UTF-8 text. The file holds a byte sequence that is none; the message " +
      "says which byte. Save the file as UTF-8.",
  },
  ({ byteOffset, byte }) => ({
    message: `the file is not UTF-8: byte 0x${byte.toString(16).padStart(2, "0")} at offset ${byteOffset}`,
    help: "save the file as UTF-8",
  }),
);

/** The text of a file; a byte order mark at its start is dropped. */
export const decodeUtf8 = (file: string, bytes: Uint8Array): E.Either<Diagnostic, string> => {
  try {
    return E.right(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    // The decoder throws for every malformed sequence and does not say where.
    const byteOffset = firstInvalidByte(bytes);
    const before = new TextDecoder("utf-8").decode(bytes.subarray(0, byteOffset)).length;
    return E.left(
      notUtf8(
        { file, start: Math.max(0, before - 1), end: before },
        { byteOffset, byte: bytes[byteOffset] ?? 0 },
      ),
    );
  }
};

/** Where the first malformed sequence begins. */
const firstInvalidByte = (bytes: Uint8Array): number => {
  let offset = 0;
  while (offset < bytes.length) {
    const length = sequenceLength(bytes, offset);
    if (length === 0) return offset;
    offset += length;
  }
  return offset;
};

/** Octets of the well-formed sequence at `offset` (Unicode 15, table 3-7); 0 when there is none. */
const sequenceLength = (bytes: Uint8Array, offset: number): number => {
  const lead = bytes[offset] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : 4;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const second = bytes[offset + 1] ?? 0;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let index = 2; index < length; index += 1) {
    const next = bytes[offset + index] ?? 0;
    if (next < 0x80 || next > 0xbf) return 0;
  }
  return length;
};
