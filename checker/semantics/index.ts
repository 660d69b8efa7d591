// The door of `semantics`: names, types and constants of a program under one configuration.

export * from "./types.ts";
export * from "./typed-program.ts";
export * from "./type-layout.ts";
