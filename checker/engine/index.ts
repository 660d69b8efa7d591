// The door of `engine/`.

export type { Group, Shape } from "./control.ts";
export { filterSize, noBatch, noStart, note, noteWords, reason } from "./control.ts";
export type { Assignment } from "./crew.ts";
export * from "./crew.ts";
export type { Engine, Member } from "./engine.ts";
export * from "./engine.ts";
export type { Crew, Mate, StartMate } from "./lead.ts";
export * from "./lead.ts";
export * from "./room.ts";
export { verifyCrew } from "./crew-figures.ts";
export { digestFactors, digestStarts } from "./digest.ts";
export type { Form, Programs, Threads, Tiers, Tuning } from "./tiers.ts";
export { tiersOf } from "./tiers.ts";
