// A trace as a drawing: a ladder between hosts, or a list where the model has none.

import type { Core } from "../core/index.ts";
import type { Trace } from "../trace/index.ts";
import { hostsOf } from "./hosts.ts";
import { hostLadder } from "./ladder-svg.ts";
import { listSvg } from "./list-svg.ts";
import type { Provenance } from "./trace-file.ts";

export const drawing = (core: Core, about: Provenance, trace: Trace): string =>
  hostsOf(core).length > 0 ? hostLadder(core, about, trace) : listSvg(about, trace);
