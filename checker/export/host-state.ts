// The control state of a host: binding and a step of a trace -> its name.

import type { Core } from "../core/index.ts";
import { type TraceStep, variableReadings } from "../trace/index.ts";
import type { TcpBinding } from "./tcp-binding.ts";

/** After the step; undefined after a model error, and where the process of the host has no control state. */
export const hostState = (
  {
    core,
    binding,
    host,
  }: { readonly core: Core; readonly binding: TcpBinding; readonly host: number },
  { result }: TraceStep,
): string | undefined => {
  if (result.kind === "error") return undefined;
  const name = binding.hosts[host]?.name ?? "";
  const found = variableReadings(core, result.state.variables).find(({ variable }) => {
    const { owner = "", origin } = core.variables[variable] ?? {};
    return owner.endsWith(`[${name}]`) && origin?.kind === "state";
  });
  return found?.text;
};
