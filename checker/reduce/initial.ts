// Whether the initial state is its own image, found out from `init` as text (core -> reduce).

import type { Core, Statement } from "../core/index.ts";
import { type Known, valueOf } from "./known.ts";
import { ordered, type Permutation, permutedState } from "./permutation.ts";

/**
 * Runs an `init` of assignments, sends and decided conditions; of any other nothing is claimed.
 */
export const isInitSymmetric = (core: Core, permutation: Permutation): boolean => {
  const variables = core.variables.map((it) => it.initial);
  const networks: (readonly number[])[][] = core.networks.map(() => []);
  const locals = new Map<number, number>();
  const known: Known = { variable: (id) => variables[id], local: (id) => locals.get(id) };
  const runAll = (body: readonly Statement[]): boolean => body.every(run);
  const run = (it: Statement): boolean => {
    switch (it.kind) {
      case "assign": {
        const value = valueOf(it.value, known);
        if (value === undefined || it.target.kind === "element") return false;
        variables[it.target.variable] = value;
        return true;
      }
      case "let": {
        const value = valueOf(it.value, known);
        if (value === undefined) return false;
        locals.set(it.local, value);
        return true;
      }
      case "send": {
        const values = it.values.map((code) => valueOf(code, known) ?? Number.NaN);
        const segments = networks[it.network];
        const isFull = (segments?.length ?? 0) >= (core.networks[it.network]?.capacity ?? 0);
        if (isFull || values.includes(Number.NaN)) return false;
        segments?.push(values);
        return true;
      }
      case "if": {
        const condition = valueOf(it.condition, known);
        return condition !== undefined && runAll(condition === 0 ? it.otherwise : it.then);
      }
      case "mark":
        return true;
      case "signal":
      case "choose":
      case "either":
      case "block":
      case "exit":
      case "require":
      case "disable":
        return false;
    }
  };
  if (!runAll(core.init.body)) return false;
  const state = { variables, networks: networks.map((it, id) => ordered(core, id, it)) };
  return JSON.stringify(permutedState(core, permutation, state)) === JSON.stringify(state);
};
