// Links generated code that is encoded as WebAssembly, at once or in the background.

import type { Exports } from "./link-javascript.ts";

/** A memory to be linked with; several threads may link with one that is shared. */
export interface Memory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  /** Enlarges it by pages of 64 KiB; gives the number of pages before. */
  readonly grow: (pages: number) => number;
}

/** A compiled module: it can be sent to other threads. */
export interface CompiledModule {
  readonly [compiled]: true;
}

declare const compiled: unique symbol;

/** The part of the environment's `WebAssembly` that is used here; not all environments have one. */
interface WebAssemblyApi {
  readonly Memory: new (sizes: {
    readonly initial: number;
    readonly maximum?: number;
    readonly shared?: boolean;
  }) => Memory;
  readonly Module: new (bytes: Uint8Array) => CompiledModule;
  readonly Instance: new (
    module: CompiledModule,
    imports: { readonly heap: { readonly memory: Memory } },
  ) => { readonly exports: Exports };
  readonly compile: (bytes: Uint8Array) => Promise<CompiledModule>;
  readonly validate: (bytes: Uint8Array) => boolean;
}

/** Undefined where there is no WebAssembly. */
export const webAssembly = (): WebAssemblyApi | undefined =>
  // It is no part of the language: this is the one place that says what it looks like.
  (globalThis as { readonly WebAssembly?: WebAssemblyApi }).WebAssembly;

const required = (): WebAssemblyApi => {
  const api = webAssembly();
  if (api === undefined) throw new Error("this environment has no WebAssembly");
  return api;
};

/** Sizes are in pages of 64 KiB. A shared memory has a maximum. */
export const createMemory = (sizes: {
  readonly initial: number;
  readonly maximum?: number;
  readonly shared?: boolean;
}): Memory => new (required().Memory)(sizes);

export const isValidWebAssembly = (bytes: Uint8Array): boolean => required().validate(bytes);

/** Compiles while it is waited for. */
export const compileWebAssemblyNow = (bytes: Uint8Array): CompiledModule =>
  new (required().Module)(bytes);

/** Compiles in the background. */
export const compileWebAssembly = (bytes: Uint8Array): Promise<CompiledModule> =>
  required().compile(bytes);

/** An instance with globals of its own; of the same module there may be several. */
export const linkWebAssembly = (module: CompiledModule, memory: Memory): Exports =>
  new (required().Instance)(module, { heap: { memory } }).exports;
