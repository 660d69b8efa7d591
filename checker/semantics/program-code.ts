// All code of a program with the process body it belongs to, for passes that look at every piece.

import type * as ast from "../syntax/index.ts";
import type { GroupEntry, ProcessEntry, Session } from "./session.ts";

export type CodeDeclaration =
  | ast.RuleDeclaration
  | ast.ReceiveDeclaration
  | ast.ExpireDeclaration
  | ast.ProcedureDeclaration
  | ast.FunctionDeclaration
  | ast.DeclarationOf<"init">;

export interface Code {
  readonly declaration: CodeDeclaration;
  readonly process?: ProcessEntry;
  readonly group?: GroupEntry;
}

export const processesOf = (session: Session): readonly ProcessEntry[] =>
  [...session.globals.values()]
    .filter(({ kind }) => kind === "process")
    .flatMap(({ declared }) => session.process(declared.text) ?? []);

const isCode = (it: ast.Declaration | ast.Member): it is CodeDeclaration =>
  ["rule", "receive", "expire", "proc", "fn", "init"].includes(it.kind);

export const codeOf = (session: Session): readonly Code[] => [
  ...session.modules.list.flatMap(({ tree }) =>
    tree.declarations.flatMap((it) => (isCode(it) ? [{ declaration: it }] : [])),
  ),
  ...processesOf(session).flatMap((process) =>
    process.groups.flatMap((group) =>
      group.symbol.declaration.members.flatMap((it) =>
        isCode(it) ? [{ declaration: it, process, group }] : [],
      ),
    ),
  ),
];
