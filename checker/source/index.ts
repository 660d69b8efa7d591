// The door of `source`: texts, places and diagnostics, which every layer speaks.

export { decodeUtf8, notUtf8 } from "./decode-utf8.ts";
export {
  define,
  isError,
  type Checked,
  type Code,
  type Definition,
  type Diagnostic,
  type Explanation,
  type Note,
  type Severity,
  type Wording,
} from "./diagnostic.ts";
export {
  lineText,
  offsetAt,
  positionAt,
  sourceFile,
  type Position,
  type SourceFile,
} from "./source-file.ts";
export { isMembers, type Members } from "./members.ts";
export { cover, type Span } from "./span.ts";
