// Where statements leave blocks, and how many choices a path has made by then (core -> core).

import type { Statement } from "../core/index.ts";

/** Labels of enclosing blocks that statements can leave. */
export const exitsOf = (statements: readonly Statement[]): ReadonlySet<number> =>
  new Set(
    statements.flatMap((it): readonly number[] => {
      switch (it.kind) {
        case "exit":
          return [it.label];
        case "if":
          return [...exitsOf(it.then), ...exitsOf(it.otherwise)];
        case "either":
          return it.branches.flatMap((branch) => [...exitsOf(branch)]);
        case "block":
          return [...exitsOf(it.body)].filter((label) => label !== it.label);
        case "assign":
        case "let":
        case "send":
        case "signal":
        case "choose":
        case "require":
        case "disable":
        case "mark":
          return [];
      }
    }),
  );

/** The most choices of a path that ends the statements or leaves them for the end of `label`. */
export const choicesAfter = (
  statements: readonly Statement[],
  choices: number,
  label: number,
): number | undefined => {
  let most: number | undefined;
  const reach = (count: number | undefined): void => {
    if (count !== undefined) most = Math.max(most ?? 0, count);
  };
  const walk = (list: readonly Statement[], from: number): number | undefined =>
    list.reduce<number | undefined>(
      (count, it) => (count === undefined ? undefined : walkOne(it, count)),
      from,
    );
  const walkAll = (lists: readonly (readonly Statement[])[], from: number) => {
    const counts = lists.map((it) => walk(it, from)).filter((it) => it !== undefined);
    return counts.length === 0 ? undefined : Math.max(...counts);
  };
  const walkOne = (it: Statement, count: number): number | undefined => {
    switch (it.kind) {
      case "if":
        return walkAll([it.then, it.otherwise], count);
      case "either":
        return walkAll(it.branches, count + 1);
      case "choose":
        return count + 1;
      case "block": {
        if (it.label === label) return walk(it.body, count);
        const inner = choicesAfter(it.body, count, it.label);
        walk(it.body, count);
        return inner;
      }
      case "exit":
        if (it.label === label) reach(count);
        return undefined;
      case "disable":
        return undefined;
      case "assign":
      case "let":
      case "send":
      case "signal":
      case "require":
      case "mark":
        return count;
    }
  };
  reach(walk(statements, choices));
  return most;
};
