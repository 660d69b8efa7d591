// The door of `engine/`.

export type { Group, Shape } from "./control.ts";
export {
  filterSize,
  isFutile,
  looksAtOnce,
  noBatch,
  noStart,
  note,
  noteWords,
  reason,
} from "./control.ts";
export type { Assignment } from "./crew.ts";
export { beginPart, endPart, serve, takeSlice } from "./crew.ts";
export * from "./crew-words.ts";
export * from "./dealing.ts";
export type { Engine, Member } from "./engine.ts";
export * from "./engine.ts";
export type { Crew, Mate, StartMate } from "./lead.ts";
export * from "./lead.ts";
export * from "./room.ts";
export { verifyCrew } from "./crew-figures.ts";
export { digestFactors, digestStarts } from "./digest.ts";
export type { Form, Programs, Threads, TierOptions, Tiers, Tuning } from "./tiers.ts";
export { tiersOf } from "./tiers.ts";
