// `check refresh DIR`: searches again for every counterexample that is kept, and says what became of it.

import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import * as E from "fp-ts/lib/Either.js";
import type * as TE from "fp-ts/lib/TaskEither.js";
import {
  exported,
  type Modules,
  type ExportForm,
  prove,
  type Provenance,
  readTrace,
  renderDiagnostics,
  traceChanges,
  violationText,
} from "../pipeline.ts";
import { progressLine } from "../report/index.ts";
import type { Diagnostic } from "../source/index.ts";
import { digestOf } from "./entries.ts";
import type { RefreshLine } from "./export-line.ts";
import { fateOf } from "./fate.ts";
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

/** What keeps a search from an answer, among all that it may find. */
const isNoAnswer = (kind: string): kind is "assumption" | "specification" | "incomplete" =>
  kind === "assumption" || kind === "specification" || kind === "incomplete";

/** Does anything say what the model is in a real TCP? */
const isBound = ({ list }: Modules): boolean =>
  list.some(({ tree }) => tree.declarations.some((it) => it.kind === "binding"));

/** The same violation of the same check, as it is found today. */
const foundAgain = async (about: Omit<Provenance, "parameters">, kitchen: Kitchen) => {
  const { shell, terminal } = kitchen;
  const texts = library(shell);
  texts.open(about.source);
  const planned = plannedFile(about.source, about, { folder: shell.folder, texts });
  if (E.isLeft(planned)) {
    complain(planned.left.diagnostics, texts.texts, kitchen);
    return { kind: "ended", outcome: planned.left.outcome } as const;
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
  if (signal !== undefined) return { kind: "ended", outcome: signal } as const;
  if (obligations.length === 0) return { kind: "no check" } as const;
  const digest = digestOf(entry) ?? "";
  const fate = fateOf(obligations[0], about.violation);
  if (fate.kind !== "found") return fate;
  const { violation, trace, search, parameters } = fate;
  const subject = {
    about: { ...about, digest, violation, parameters },
    trace,
    core: search.core,
    modules: entry.loaded.value,
  };
  return { kind: "found", subject, texts: texts.texts } as const;
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
  const what = violationText(about.violation);
  if (found.kind === "unknown") {
    const concerns = found.concerns.filter(({ kind }) => isNoAnswer(kind));
    complain(
      concerns.map((it) => it.diagnostic),
      texts.texts,
      kitchen,
    );
    terminal.result(
      `${name}: not known: "${about.check}" was not searched, or not to its end (${what})\n`,
    );
    return ["incomplete", ...concerns.map(({ kind }) => kind)];
  }
  if (found.kind === "no check") {
    terminal.result(`${name}: gone: ${about.source} has no check "${about.check}" any more\n`);
    return ["differs"];
  }
  if (found.kind === "gone") {
    terminal.result(
      `${name}: gone: "${about.check}" has no counterexample any more; it was: ${what}\n`,
    );
    return ["differs"];
  }
  if (found.kind === "ended") return [found.outcome];
  const { subject } = found;
  const products = kept.map(({ name: output, form }) => ({
    output: join(folder, output),
    content: exported(form, subject, { tool: "check", itfMbt: false }),
  }));
  const mistakes = isBound(subject.modules)
    ? products.flatMap(({ content }) => (E.isLeft(content) ? [content.left] : []))
    : [];
  // Each form that is bound to TCP has the same to say of a binding that lacks something.
  complain(mistakes[0] ?? [], found.texts, kitchen);
  const failed: readonly Outcome[] = mistakes.length > 0 ? ["specification"] : [];
  const made = products.flatMap(({ output, content }) =>
    E.isRight(content) ? [{ output, content: content.right }] : [],
  );
  const left = mistakes.length > 0 ? [] : products.filter(({ content }) => E.isLeft(content));
  const removed = left.map((it) => it.output).filter((it) => existsSync(it));
  const changed = made.filter(
    ({ output, content }) => !Buffer.from(content).equals(bytesAt(output) ?? Buffer.from("")),
  );
  if (changed.length === 0 && removed.length === 0) {
    if (failed.length === 0) terminal.result(`${name}: unchanged\n`);
    else terminal.result(`${name}: not all of it can be made\n`);
    return failed;
  }
  const [trace] = made;
  const isSame = changed.every(({ output }) => output !== trace?.output || !existsSync(output));
  const named = (outputs: readonly string[], fate: string): readonly string[] =>
    outputs.length === 0 ? [] : [`${outputs.map((it) => basename(it)).join(" and ")} ${fate}`];
  const absent = changed.filter(({ output }) => !existsSync(output));
  const changes = [
    ...(isSame
      ? [
          ...named(
            absent.map((it) => it.output),
            line.isCheck ? "to be made" : "made",
          ),
          ...named(
            changed.filter((it) => !absent.includes(it)).map((it) => it.output),
            "in another form, the steps being the same",
          ),
        ]
      : traceChanges(read.right.json.value, JSON.parse(String(trace?.content)))),
    ...named(
      removed,
      `${line.isCheck ? "to be removed" : "removed"}: the model is not bound to TCP`,
    ),
  ];
  terminal.result(`${name}: ${line.isCheck ? "differs" : "written"}: ${changes.join("; ")}\n`);
  if (line.isCheck) return ["differs", ...failed];
  for (const it of removed) rmSync(it);
  return [
    ...failed,
    ...changed.flatMap(({ output, content }) => writeOutput(output, content, terminal)),
  ];
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
