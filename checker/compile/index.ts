// The door of `compile/`.

export { compile } from "./compile.ts";
