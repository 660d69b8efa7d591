// The two parts of a name within an array of processes: `tcp[A].close` -> its owner and what that calls it.

export interface OwnedName {
  /** `tcp[A]`; "" where no element of an array owns it. */
  readonly owner: string;
  /** What stands behind the owner; all of it where there is none. */
  readonly name: string;
}

/** Of an action or a case, as labels write them. */
export const ownedName = (label: string): OwnedName => {
  const [, owner = "", name = label] = /^([^.]*\])\.(.*)$/.exec(label) ?? [];
  return { owner, name };
};
