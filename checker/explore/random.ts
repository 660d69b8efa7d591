// Numbers that look random and are the same everywhere: a seed and a position -> a stream of choices.

export interface Random {
  /** A whole number from 0 to `bound` - 1, each as likely; `bound` is at most 2^32. */
  readonly below: (bound: number) => number;
}

/** The finaliser of MurmurHash3: every bit of the input moves about half of the output's. */
const mixed = (value: number): number => {
  let it = value | 0;
  it = Math.imul(it ^ (it >>> 16), 0x85ebca6b);
  it = Math.imul(it ^ (it >>> 13), 0xc2b2ae35);
  return it ^ (it >>> 16);
};

/**
 * The stream of a position under a seed, by the generator sfc32 of Chris Doty-Humphrey's PractRand.
 * Streams of neighbouring positions have nothing in common that a walk could notice.
 */
export const randomOf = (seed: number, position: number): Random => {
  let a = mixed(seed);
  let b = mixed(position ^ 0x9e3779b9);
  let c = mixed(Math.floor(seed / 2 ** 32) ^ 0x7f4a7c15);
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) next();
  return { below: (bound) => Math.floor((next() / 2 ** 32) * bound) };
};
