// What bound constants say: binding, configuration, host -> values of switches and of the application's options.

import type { TcpBinding } from "./tcp-binding.ts";
import type { Provenance } from "./trace-file.ts";

type About = Pick<Provenance, "parameters">;

/** As the language writes it; of a constant per host, that of the host. */
const textOf = ({ parameters }: About, constant: string, host: number): string | undefined => {
  const text = parameters.find((it) => it.name === constant)?.text;
  return text?.startsWith("[") === true ? text.slice(1, -1).split(",")[host]?.trim() : text;
};

/** What a kernel is told: a number, 0 and 1 for booleans; undefined where the constant is none. */
export const switchValue = (about: About, constant: string, host: number): string | undefined => {
  const one = textOf(about, constant, host);
  if (one === "true" || one === "false") return one === "true" ? "1" : "0";
  return one !== undefined && /^-?\d+$/.test(one) ? one : undefined;
};

/** `window`, by the constant that `socket.window` is bound to; a name where the constant is one of an enum. */
export const optionValue = (
  { options }: TcpBinding,
  about: About,
  key: string,
  host: number,
): string | undefined => {
  const constant = options.find((it) => it.key === key)?.constant;
  if (constant === undefined) return undefined;
  return switchValue(about, constant, host) ?? textOf(about, constant, host);
};
