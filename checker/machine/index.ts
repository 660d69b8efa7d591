// The door of `machine/`.

export { showValue } from "./display.ts";
export type { Formula, Machine } from "./machine.ts";
export type { Layout, NetworkLayout, SegmentLayout, Slot } from "./layout.ts";
export { layoutOf, segmentRanges } from "./layout.ts";
export type { LayoutProblem, Storage } from "./layout-problems.ts";
export { layoutProblems } from "./layout-problems.ts";
export type { Condition } from "./formulas.ts";
export { conditionOf, formulasOf } from "./formulas.ts";
export type { State } from "./state.ts";
export { compareWords, pack, unpack } from "./state.ts";
