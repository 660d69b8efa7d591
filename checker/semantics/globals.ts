// Collects what the files of a program declare into its one namespace, and reports names used
// twice.

import type { Diagnostic } from "../source/index.ts";
import type * as ast from "../syntax/index.ts";
import type { Modules } from "./modules.ts";
import { builtinName, nameTwice } from "./names-diagnostics.ts";
import type { Global } from "./session.ts";

export const builtins: ReadonlySet<string> = new Set([
  "before",
  "after",
  "window",
  "min",
  "max",
  "abs",
  "int",
  "size",
  "running",
  "left",
]);

interface Collecting {
  readonly globals: Map<string, Global>;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** The namespace in order of declaration; of two declarations of one name the first one counts. */
export const collectGlobals = (
  modules: Modules,
  report: (diagnostic: Diagnostic) => void,
): ReadonlyMap<string, Global> => {
  const collecting: Collecting = { globals: new Map(), report };
  for (const { file, tree } of modules.list) {
    for (const declaration of tree.declarations) {
      for (const global of globalsOf(declaration, file)) add(collecting, global);
    }
  }
  return collecting.globals;
};

const add = ({ globals, report }: Collecting, global: Global): void => {
  const { text, span } = global.declared;
  if (text === "") return;
  const before = globals.get(text);
  if (before === undefined) {
    if (builtins.has(text) && (global.kind === "fn" || global.kind === "proc")) {
      report(builtinName(span, { name: text }));
    } else globals.set(text, global);
  } else if (!fillsHook(before, global)) {
    report(nameTwice(span, { name: text, first: before.declared.span }));
  }
};

/** A hook and the declaration with its body are one name: both are kept under the first. */
const fillsHook = (before: Global, global: Global): boolean => {
  if (before.kind === "fn" && global.kind === "fn") {
    return join(before.declarations, global.declarations);
  }
  if (before.kind === "proc" && global.kind === "proc") {
    return join(before.declarations, global.declarations);
  }
  return false;
};

const join = <D extends { readonly body?: unknown }>(before: D[], added: readonly D[]): boolean => {
  const isHook = ({ body }: D): boolean => body === undefined;
  if (before.some(isHook) === added.some(isHook)) return false;
  if (before.length > 1) return false;
  // The hook stands first: its signature counts.
  if (added.some(isHook)) before.unshift(...added);
  else before.push(...added);
  return true;
};

const globalsOf = (declaration: ast.Declaration, file: string): readonly Global[] => {
  switch (declaration.kind) {
    case "const":
      return [{ kind: "const", declared: declaration.name, file, declaration }];
    case "enum":
      return [
        { kind: "enum", declared: declaration.name, file, declaration },
        ...declaration.members.map((declared): Global => ({
          kind: "member",
          declared,
          file,
          declaration,
        })),
      ];
    case "type":
      return [{ kind: "type", declared: declaration.name, file, declaration }];
    case "record":
    case "message":
      return [{ kind: declaration.kind, declared: declaration.name, file, declaration }];
    case "network":
      return [{ kind: "network", declared: declaration.name, file, declaration }];
    case "event":
      return [{ kind: "event", declared: declaration.name, file, declaration }];
    case "fn":
      return [{ kind: "fn", declared: declaration.name, file, declarations: [declaration] }];
    case "proc":
      return [{ kind: "proc", declared: declaration.name, file, declarations: [declaration] }];
    case "var":
      return declaration.names.map((declared) => ({ kind: "var", declared, file, declaration }));
    case "clock":
      return [{ kind: "clock", declared: declaration.name, file, declaration }];
    case "process":
      return [{ kind: "process", declared: declaration.name, file, declaration }];
    case "bound":
      return [{ kind: "bound", declared: declaration.name, file, declaration }];
    case "invariant":
    case "never":
    case "reachable":
    case "recoverable":
      return [{ kind: "property", declared: declaration.name, file, declaration }];
    // Rules have names of their own, which no expression can mention; bindings name a protocol.
    case "rule":
    case "binding":
    case "import":
    case "set":
    case "assume":
    case "init":
    case "final":
    case "extend":
    case "check":
    case "sweep":
      return [];
  }
};
