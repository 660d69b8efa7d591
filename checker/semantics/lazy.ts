// Values found out on demand, each once: declarations may stand in any order, but not in a circle.

/** Deeper chains would exhaust the stack; declarations in order of use make none. */
export const deepestChain = 100;

/**
 * Builds each key's value at its first use; a key that is needed for itself, or at the end of too
 * long a chain, gets `onCycle`. The path that the caller is told ends with the key itself only in
 * a circle.
 */
export const lazily = <Key, Value>(
  build: (key: Key) => Value,
  onCycle: (path: readonly Key[]) => Value,
): ((key: Key, onCycleHere?: (path: readonly Key[]) => void) => Value) => {
  const built = new Map<Key, { readonly value: Value }>();
  const open: Key[] = [];
  const broken = new Set<Key>();
  return (key, onCycleHere) => {
    const before = built.get(key);
    if (before !== undefined) return before.value;
    const position = open.indexOf(key);
    if (position >= 0) {
      const path = [...open.slice(position), key];
      // A circle is told once, whoever of it is asked first.
      if (!path.some((it) => broken.has(it))) onCycleHere?.(path);
      for (const it of path) broken.add(it);
      return onCycle(path);
    }
    if (open.length >= deepestChain) {
      if (!open.some((it) => broken.has(it))) onCycleHere?.([key]);
      for (const it of open) broken.add(it);
      return onCycle([key]);
    }
    open.push(key);
    const value = build(key);
    open.pop();
    const result = broken.has(key) ? onCycle([key]) : value;
    built.set(key, { value: result });
    return result;
  };
};
