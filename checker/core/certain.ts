// Access to what must be there, in typed program -> core: a miss is a defect of ours, not of the
// user.

/** The value, where an earlier phase guarantees it. */
export const certain = <A>(value: A | undefined, what: string): A => {
  if (value === undefined)
    throw new Error(`elaboration needs ${what}, which an earlier phase guarantees`);
  return value;
};

/** The item of a list whose length an earlier phase guarantees. */
export const itemAt = <A>(list: readonly A[], position: number, what: string): A =>
  certain(list[position], what);
