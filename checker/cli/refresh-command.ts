// `check refresh DIR`: searches again for every counterexample that is kept, and says what became of it.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import type * as TE from "fp-ts/lib/TaskEither.js";
import {
  evidenceOf,
  exported,
  type ExportForm,
  prove,
  type Provenance,
  readTrace,
  renderDiagnostics,
  traceChanges,
  traceOf,
  violationName,
  violationText,
} from "../pipeline.ts";
import { progressLine } from "../report/index.ts";
import type { Diagnostic } from "../source/index.ts";
import { digestOf } from "./entries.ts";
import type { RefreshLine } from "./export-line.ts";
import type { Outcome } from "./exit-codes.ts";
import { unreadableInput } from "./input.ts";
import { writeOutput } from "./output.ts";
import { plannedFile } from "./planned-model.ts";
import type { Shell } from "./shell.ts";
import { library } from "./sources.ts";
import type { Terminal } from "./terminal.ts";

/** What is made of every kept trace; captures and scripts only where the model is bound to TCP. */
const kept: readonly { readonly name: string; readonly form: ExportForm }[] = [
  { name: "trace.json", form: "json" },
  { name: "ladder.svg", form: "svg" },
  { name: "capture.pcapng", form: "pcapng" },
  { name: "script.pkt", form: "packetdrill" },
];

interface Kitchen {
  readonly shell: Shell;
  readonly terminal: Terminal;
  readonly line: RefreshLine;
}

const complain = (
  diagnostics: readonly Diagnostic[],
  texts: ReadonlyMap<string, string>,
  { terminal }: Kitchen,
): void => terminal.remark(renderDiagnostics(diagnostics, texts, terminal.remarkLook));

/** The same violation of the same check, as it is found today. */
const foundAgain = async (about: Omit<Provenance, "parameters">, kitchen: Kitchen) => {
  const { shell, terminal } = kitchen;
  const texts = library(shell);
  texts.open(about.source);
  const planned = plannedFile(about.source, about, { folder: shell.folder, texts });
  if (E.isLeft(planned)) {
    complain(planned.left.diagnostics, texts.texts, kitchen);
    return { outcome: planned.left.outcome } as const;
  }
  const { entry, plan } = planned.right;
  const rest = async () => ((await shell.pause()) === undefined ? "go-on" : "stop");
  const { obligations } = await prove(plan, {
    now: shell.now,
    limits: () => ({ memoryBytes: shell.memoryBytes }),
    rest,
    breathe: (title, figures) => {
      terminal.progress((columns) => progressLine(title, figures, columns));
      return rest();
    },
    warn: (it) => complain([it], texts.texts, kitchen),
    onResult: () => undefined,
  });
  const signal = await shell.pause();
  if (signal !== undefined) return { outcome: signal } as const;
  const [result] = obligations;
  const digest = digestOf(entry) ?? "";
  if (result?.kind !== "check" || result.search === undefined) return undefined;
  const { core } = result.search;
  const again = evidenceOf(result.search).find(
    ({ violation }) =>
      violation.kind === about.violation.kind &&
      violationName(violation) === violationName(about.violation),
  );
  if (again === undefined) return undefined;
  const { violation, path } = again;
  const subject = {
    about: { ...about, digest, violation, parameters: result.parameters },
    trace: traceOf(core, path),
    core,
    modules: entry.loaded.value,
  };
  return { subject } as const;
};

const bytesAt = (path: string): Uint8Array | undefined =>
  existsSync(path) ? readFileSync(path) : undefined;

/** Brings one folder up to date, or tells what would change. */
const refreshOne = async (folder: string, kitchen: Kitchen): Promise<readonly Outcome[]> => {
  const { shell, terminal, line } = kitchen;
  const texts = library(shell);
  const file = join(line.folder, basename(folder), "trace.json");
  const text = texts.open(file);
  const span = { file, start: 0, end: 0 };
  const read = E.isLeft(text)
    ? E.left(unreadableInput(span, { path: file, reason: text.left.reason }))
    : readTrace(file, text.right);
  if (E.isLeft(read)) {
    complain([read.left], texts.texts, kitchen);
    return ["specification"];
  }
  const { steps: _steps, ...about } = read.right.claimed;
  const name = basename(folder);
  const found = await foundAgain(about, kitchen);
  if (found === undefined) {
    const what = violationText(about.violation);
    terminal.result(`${name}: gone: "${about.check}" has no counterexample any more (${what})\n`);
    return ["differs"];
  }
  if ("outcome" in found) return [found.outcome];
  const { subject } = found;
  const made = kept.flatMap(({ name: output, form }) => {
    const content = exported(form, subject, { tool: "check", itfMbt: false });
    return E.isRight(content) ? [{ output: join(folder, output), content: content.right }] : [];
  });
  const changed = made.filter(
    ({ output, content }) => !Buffer.from(content).equals(bytesAt(output) ?? Buffer.from("")),
  );
  if (changed.length === 0) {
    terminal.result(`${name}: unchanged\n`);
    return [];
  }
  const [trace] = made;
  const isNew = changed.every(({ output }) => !existsSync(output) || output !== trace?.output);
  const changes = isNew
    ? [`${changed.map((it) => basename(it.output)).join(" and ")} to be made`]
    : traceChanges(read.right.json.value, JSON.parse(String(trace?.content)));
  terminal.result(`${name}: ${line.isCheck ? "differs" : "written"}: ${changes.join("; ")}\n`);
  if (line.isCheck) return ["differs"];
  return changed.flatMap(({ output, content }) => writeOutput(output, content, terminal));
};

const foldersIn = (folder: string): readonly string[] | undefined =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((it) => it.isDirectory() && existsSync(join(folder, it.name, "trace.json")))
        .map((it) => join(folder, it.name))
        .toSorted()
    : undefined;

export const runRefresh =
  (shell: Shell, terminal: Terminal, line: RefreshLine): TE.TaskEither<never, readonly Outcome[]> =>
  async () => {
    const folders = foldersIn(resolve(shell.folder, line.folder));
    if (folders === undefined || folders.length === 0) {
      terminal.remark(`check: no folder with a trace.json in \`${line.folder}\`\n`);
      return E.right(["missing-input"]);
    }
    const outcomes: Outcome[] = [];
    for (const folder of folders) {
      if ((await shell.pause()) !== undefined) break;
      outcomes.push(...(await refreshOne(folder, { shell, terminal, line })));
    }
    const signal = await shell.pause();
    return E.right(signal === undefined ? outcomes : [...outcomes, signal]);
  };
