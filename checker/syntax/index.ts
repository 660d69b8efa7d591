// The door of `syntax`: parsing, formatting and the tree.

export type * from "./ast.ts";
export { syntaxDefinitions } from "./diagnostics.ts";
export { format } from "./format.ts";
export { parse, parseExpression, parseOverride } from "./parser.ts";
export { domainExpressions, subexpressions } from "./walk.ts";
