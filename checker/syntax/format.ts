// Placeholder until the formatter lands (uncommitted; to be overwritten by its author).
import type { SourceTree } from "./ast.ts";

export const format = (_tree: SourceTree, text: string): string => text;
