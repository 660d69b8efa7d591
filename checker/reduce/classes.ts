// Which places hold values of one sequence space: classes that grow as code is read (core -> reduce).

/** A variable, segment field or local, by name; or the values that rotation must not touch. */
export type Node = string;

/** The node of everything that means a number and not a place in a sequence space. */
export const absolute: Node = "absolute";

export interface Classes {
  readonly unite: (left: Node, right: Node, why: string) => void;
  readonly rootOf: (node: Node) => Node;
  /** Why the class of a node cannot rotate: the first place in the code that ties it down. */
  readonly whyAbsolute: (node: Node) => string | undefined;
}

export const newClasses = (): Classes => {
  const parents = new Map<Node, Node>();
  const reasons = new Map<Node, string>();
  const rootOf = (node: Node): Node => {
    let root = node;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    return root;
  };
  const unite = (left: Node, right: Node, why: string): void => {
    const [a, b] = [rootOf(left), rootOf(right)];
    if (a === b) return;
    const [kept, joined] = b === absolute ? [b, a] : [a, b];
    // A class keeps the reason for which it, and not what it joined before, became absolute.
    if (kept === absolute) reasons.set(joined, why);
    parents.set(joined, kept);
  };
  const whyAbsolute = (node: Node): string | undefined => {
    if (rootOf(node) !== absolute) return undefined;
    let at = node;
    for (
      let next = parents.get(at);
      next !== undefined && next !== absolute;
      next = parents.get(at)
    ) {
      at = next;
    }
    return reasons.get(at);
  };
  return { unite, rootOf, whyAbsolute };
};
