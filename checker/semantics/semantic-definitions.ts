// All diagnostics of semantics, for `check explain` and the documentation.

import type { Explanation } from "../source/index.ts";
import { bindingDefinitions } from "./binding-diagnostics.ts";
import { configurationDefinitions } from "./configuration-diagnostics.ts";
import { ghostsDefinitions } from "./ghosts-diagnostics.ts";
import { limitsDefinitions } from "./limits-diagnostics.ts";
import { namesDefinitions } from "./names-diagnostics.ts";
import { rulesDefinitions } from "./rules-diagnostics.ts";
import { typesDefinitions } from "./types-diagnostics.ts";

export const semanticDefinitions: readonly Explanation[] = [
  ...namesDefinitions,
  ...typesDefinitions,
  ...ghostsDefinitions,
  ...rulesDefinitions,
  ...bindingDefinitions,
  ...configurationDefinitions,
  ...limitsDefinitions,
].map(({ explanation }) => explanation);
