// Generated code as WebAssembly: a whole module, as bytes.

import type { CodeFunction, CodeModule, Type } from "./code.ts";
import { flatten } from "./instructions.ts";
import type { Bytes, Pieces } from "./leb128.ts";
import { doubleBytes, joined, nameBytes, signedLeb, sized, unsignedLeb, vector } from "./leb128.ts";
import { op, section, valueType } from "./opcodes.ts";
import { emitCode } from "./webassembly-instructions.ts";
import type { Emitter, Signature } from "./webassembly-values.ts";

/** What the module must know of the memory that it will be linked with. */
export interface MemoryKind {
  /** Between threads; its maximum, in pages of 64 KiB, is then at most this. */
  readonly shared: boolean;
  readonly maximum?: number;
}

/** The whole of an address space of 32 bits. */
const mostPages = 65_536;

/** The module imports its memory as `heap.memory` and exports what its exports name. */
export const encodeWebAssembly = (module: CodeModule, memory: MemoryKind): Uint8Array => {
  const { functions, exports } = module;
  const signatures = new Map(
    functions.map((it, index) => [it.name, { index, hasResult: it.result !== undefined }] as const),
  );
  const entries = exports.map((name) => {
    const found = functions.find((it) => it.name === name);
    if (found === undefined) throw new Error(`nothing is called ${name}, but it is exported`);
    return found;
  });
  const wrapped = entries.filter(takesPointer);
  const all = [...functions, ...wrapped];
  const types = [...new Set(all.map(typeText))];
  const indexOfEntry = (it: CodeFunction): number =>
    takesPointer(it) ? functions.length + wrapped.indexOf(it) : functions.indexOf(it);
  const globals = new Map(module.globals.map(({ name }, index) => [name, index] as const));
  return joined([
    header,
    ...part(section.type, types.map(typeBytes)),
    ...part(section.import, [memoryImport(memory)]),
    ...part(
      section.function,
      all.map((it) => [unsignedLeb(types.indexOf(typeText(it)))]),
    ),
    ...part(section.global, module.globals.map(globalBytes)),
    ...part(
      section.export,
      entries.map((it) => [...nameBytes(it.name), [0x00], unsignedLeb(indexOfEntry(it))]),
    ),
    ...part(section.code, [
      ...functions.map((it) => functionBytes(it, globals, signatures)),
      ...wrapped.map((it) => wrapperBytes(it, functions.indexOf(it))),
    ]),
  ]);
};

/** The letters `asm` behind a zero, and the version. */
const header: Bytes = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

const part = (id: number, items: readonly Pieces[]): Pieces => [[id], ...sized(vector(items))];

const typeText = ({ parameters, result }: CodeFunction): string =>
  `${parameters.map((it) => valueType[it.type]).join(" ")}:${result === undefined ? "" : valueType[result]}`;

/** Of what `typeText` says. */
const typeBytes = (text: string): Pieces => [
  [0x60],
  ...text
    .split(":")
    .flatMap((list) => vector(list === "" ? [] : list.split(" ").map((it) => [[Number(it)]]))),
];

const memoryImport = ({ shared, maximum = mostPages }: MemoryKind): Pieces => [
  ...nameBytes("heap"),
  ...nameBytes("memory"),
  [0x02],
  shared ? [0x03, 0x00, ...unsignedLeb(maximum)] : [0x00, 0x00],
];

const globalBytes = ({ type }: { readonly type: "i32" | "f64" }): Pieces => [
  [valueType[type], 0x01],
  type === "i32" ? [op.i32Const, ...signedLeb(0)] : [op.f64Const, ...doubleBytes(0)],
  [op.end],
];

const takesPointer = ({ parameters }: CodeFunction): boolean =>
  parameters.some((it) => it.type === "pointer");

/** From outside pointers come as word indices; within they are addresses. */
const wrapperBytes = ({ parameters }: CodeFunction, index: number): Pieces =>
  sized([
    [0x00],
    ...parameters.map(({ type }, position) => [
      op.localGet,
      ...unsignedLeb(position),
      ...(type === "pointer" ? [op.i32Const, 2, op.shl] : []),
    ]),
    [op.call, ...unsignedLeb(index), op.end],
  ]);

const isWide = ({ type }: { readonly type: Type }): boolean => type === "f64";

const functionBytes = (
  { name, parameters, result, locals, body }: CodeFunction,
  globals: ReadonlyMap<string, number>,
  functions: ReadonlyMap<string, Signature>,
): Pieces => {
  const narrow = locals.filter((it) => !isWide(it));
  const wide = locals.filter(isWide);
  const variables = [...parameters, ...narrow, ...wide];
  const indices = new Map(variables.map((it, index) => [it.name, index] as const));
  if (indices.size !== variables.length) throw new Error(`two variables of ${name} have one name`);
  let scratch = 0;
  const to: Emitter = {
    bytes: [],
    locals: indices,
    globals,
    functions,
    scratch: () => {
      scratch = 2;
      return [variables.length, variables.length + 1];
    },
    lastSet: undefined,
  };
  emitCode(to, body);
  // The end of a function with a result is not reached without one.
  const endsItself = flatten(body).at(-1)?.kind === "return";
  if (result !== undefined && !endsItself) to.bytes.push(op.unreachable);
  return sized([
    ...vector([
      ...declared(narrow.length, valueType.i32),
      ...declared(wide.length + scratch, valueType.f64),
    ]),
    to.bytes,
    [op.end],
  ]);
};

const declared = (count: number, type: number): readonly Pieces[] =>
  count === 0 ? [] : [[[...unsignedLeb(count), type]]];
