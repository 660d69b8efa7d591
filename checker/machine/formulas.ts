// The state formulas of a core in the order in which every machine judges them.

import type { Core } from "../core/core.ts";
import type { Formula } from "./machine.ts";

/** Properties in order (a recoverable gives `from`, then `to`), then finals. */
export const formulasOf = (core: Core): readonly Formula[] => [
  ...core.properties.flatMap((it, property): readonly Formula[] => {
    switch (it.kind) {
      case "invariant":
      case "reachable-state":
        return [{ kind: it.kind, property }];
      case "recoverable":
        return [
          { kind: "recoverable-from", property },
          { kind: "recoverable-to", property },
        ];
      case "never":
      case "reachable-event":
        return [];
    }
  }),
  ...core.finals.map((_, final): Formula => ({ kind: "final", final })),
];
