// Every form that a trace can be exported in: verified trace -> text or bytes.

import * as E from "fp-ts/lib/Either.js";
import type { Core } from "../core/index.ts";
import type { Modules } from "../semantics/index.ts";
import type { Diagnostic } from "../source/index.ts";
import type { Trace } from "../trace/index.ts";
import { itfText } from "./itf.ts";
import { drawing } from "./drawing.ts";
import { mermaidText } from "./mermaid.ts";
import { pageText } from "./page.ts";
import { packetdrillText } from "./packetdrill.ts";
import { captureBytes } from "./pcapng.ts";
import { type Provenance, traceText } from "./trace-file.ts";
import { vitestText } from "./vitest-file.ts";

export type ExportForm =
  "vitest" | "itf" | "json" | "mermaid" | "svg" | "html" | "pcapng" | "packetdrill";

/** A trace with what it was verified on. */
export interface Subject {
  readonly about: Provenance;
  readonly trace: Trace;
  readonly core: Core;
  readonly modules: Modules;
}

export interface ExportOptions {
  /** `check 0.1.0` */
  readonly tool: string;
  readonly itfMbt: boolean;
  /** Of packetdrill: the host under test; absent: the one that takes the last segment. */
  readonly as?: string;
  /** Of vitest: the model as seen from the folder of the test. */
  readonly model?: string;
}

type Exported = E.Either<readonly Diagnostic[], string | Uint8Array>;

export const exported = (
  form: ExportForm,
  subject: Subject,
  { tool, itfMbt, model, as }: ExportOptions,
): Exported => {
  const { core, about, trace } = subject;
  switch (form) {
    case "json":
      return E.right(traceText(core, about, trace));
    case "itf":
      return E.right(itfText(core, about, trace, { tool, mbt: itfMbt }));
    case "mermaid":
      return E.right(mermaidText(core, about, trace));
    case "svg":
      return E.right(drawing(core, about, trace));
    case "html":
      return E.right(pageText(core, about, trace));
    case "pcapng":
      return captureBytes(core, subject.modules, about, trace);
    case "packetdrill":
      return packetdrillText(core, subject.modules, about, trace, as);
    case "vitest":
      return vitestText(core, about, trace, model ?? `./${about.source}`);
  }
};
