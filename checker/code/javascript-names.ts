// Names of generated code as JavaScript: legal, different from each other, and readable.

/** Words that cannot name a local variable, and what the printed text itself uses. */
const taken: ReadonlySet<string> = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum " +
    "eval export extends false finally for function if implements import in instanceof interface " +
    "let new null package private protected public return static super switch this throw true " +
    "try typeof var void while with yield undefined NaN Infinity " +
    "Atomics Math Int32Array Float64Array heap H G F"
  ).split(" "),
);

const escape = (name: string): string =>
  name.replaceAll(/[^A-Za-z0-9_]/g, (it) => `$${it.codePointAt(0)?.toString(16)}$`);

const isPlain = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name) && !taken.has(name);

/** Plain names have no `$`, so neither can be taken for the other. */
export const localName = (name: string): string => (isPlain(name) ? name : `l$${escape(name)}`);

export const functionName = (name: string): string => `f$${escape(name)}`;

/** Labels are apart from variables; within each other they must differ. */
export const labelName = (name: string, depth: number): string => `${escape(name)}$${depth}`;
