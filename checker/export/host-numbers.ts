// What a host knows of its connection, by the names of RFC 9293 and RFC 7323: state of a model -> SND.NXT, RCV.NXT, TS.Recent.

import type { Core } from "../core/index.ts";
import { type TraceStep, variableReadings } from "../trace/index.ts";

export interface HostNumbers {
  readonly sendNext: number;
  readonly receiveNext: number;
  /** 0: the connection has no timestamps, or the model none. */
  readonly stampRecent: number;
}

const names = { sendNext: "snd_nxt", receiveNext: "rcv_nxt", stampRecent: "ts_recent" } as const;

/** After the step; undefined where the model does not keep SND.NXT and RCV.NXT under these names. */
export const hostNumbers = (
  core: Core,
  host: string,
  { result }: TraceStep,
): HostNumbers | undefined => {
  if (result.kind === "error") return undefined;
  const readings = variableReadings(core, result.state.variables);
  const valueOf = (name: string): number =>
    Number(readings.find((it) => it.name.endsWith(`[${host}].${name}`))?.text ?? Number.NaN);
  const sendNext = valueOf(names.sendNext);
  const receiveNext = valueOf(names.receiveNext);
  const stampRecent = valueOf(names.stampRecent) || 0;
  return Number.isNaN(sendNext + receiveNext) ? undefined : { sendNext, receiveNext, stampRecent };
};

/** Serial difference: what is half of the space away is behind, as for kernels. */
export const signedDistance = (modulus: number, from: number, to: number): number => {
  const ahead = (((to - from) % modulus) + modulus) % modulus;
  return ahead >= modulus / 2 ? ahead - modulus : ahead;
};
