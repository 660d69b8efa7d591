// Numbers as WebAssembly writes them: seven bits a byte, least first; and f64 as eight bytes.

export type Bytes = readonly number[];

/** An integer from 0 below 2^32. */
export const unsignedLeb = (value: number): Bytes => {
  const result: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    result.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...result, rest];
};

/** An i32. */
export const signedLeb = (value: number): Bytes => {
  const result: number[] = [];
  let rest = value;
  while (rest < -0x40 || rest >= 0x40) {
    result.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  return [...result, rest & 0x7f];
};

export const doubleBytes = (value: number): Bytes => [
  ...new Uint8Array(new Float64Array([value]).buffer),
];

/** What follows one another, not copied before the whole is known. */
export type Pieces = readonly Bytes[];

const lengthOf = (pieces: Pieces): number => pieces.reduce((sum, it) => sum + it.length, 0);

/** A list of things, each already bytes, after their number. */
export const vector = (items: readonly Pieces[]): Pieces => [
  unsignedLeb(items.length),
  ...items.flat(),
];

/** Bytes after their number. */
export const sized = (pieces: Pieces): Pieces => [unsignedLeb(lengthOf(pieces)), ...pieces];

export const joined = (pieces: Pieces): Uint8Array => {
  const result = new Uint8Array(lengthOf(pieces));
  let at = 0;
  for (const it of pieces) {
    result.set(it, at);
    at += it.length;
  }
  return result;
};

export const nameBytes = (name: string): Pieces => sized([[...new TextEncoder().encode(name)]]);
