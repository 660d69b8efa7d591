// The variables and segment fields that hold serial numbers (core -> reduce).

import type { Core, NetworkId, VariableId } from "../core/index.ts";
import type { Node } from "./classes.ts";

/** A field of the segments of a network to one receiver: each direction has its own spaces. */
export interface SpaceField {
  readonly network: NetworkId;
  /** undefined: segments have no receiver. */
  readonly to: number | undefined;
  /** Position in the segment's integers. */
  readonly position: number;
  /** Position of the flag under which the field exists. */
  readonly flag: number | undefined;
}

export type Place = { readonly node: Node; readonly name: string; readonly modulus: number } & (
  { readonly variable: VariableId } | { readonly field: SpaceField }
);

export const variableNode = (variable: VariableId): Node => `variable ${variable}`;

export const fieldNode = (network: NetworkId, to: number | undefined, position: number): Node =>
  `field ${network} ${to} ${position}`;

/** The receivers' addresses, or undefined once where segments have none. */
export const receiversOf = (core: Core, network: NetworkId): readonly (number | undefined)[] => {
  const addresses = core.networks[network]?.addresses;
  if (addresses === undefined) return [undefined];
  const { low, high } = addresses;
  return Array.from({ length: high - low + 1 }, (_, at) => low + at);
};

/** Every variable and field of a `mod` type that nobody has narrowed. */
export const placesOf = (core: Core): readonly Place[] => [
  ...core.variables.flatMap((it, variable): readonly Place[] => {
    const modulus = modulusOf(it);
    if (modulus === undefined) return [];
    return [{ node: variableNode(variable), name: it.name, modulus, variable }];
  }),
  ...core.networks.flatMap((_, network) =>
    receiversOf(core, network).flatMap((to) => fieldsOf(core, network, to)),
  ),
];

const modulusOf = ({
  display,
  low,
  high,
}: Pick<Core["variables"][number], "display" | "low" | "high">): number | undefined =>
  display.kind === "mod" && low === 0 && high === display.modulus - 1 ? display.modulus : undefined;

const fieldsOf = (core: Core, id: NetworkId, to: number | undefined): readonly Place[] => {
  const network = core.networks[id];
  if (network === undefined) return [];
  const first = envelopeLength(core, id);
  const receiver = to === undefined ? "" : ` to ${addressName(network, to)}`;
  return network.fields.flatMap((it, at): readonly Place[] => {
    const modulus = modulusOf(it);
    if (modulus === undefined) return [];
    const flag = network.fields.findIndex(({ name }) => name === it.when);
    const position = first + at;
    const field = { network: id, to, position, flag: flag < 0 ? undefined : first + flag };
    const name = `${network.name}.${it.name}${receiver}`;
    return [{ node: fieldNode(id, to, position), name, modulus, field }];
  });
};

const addressName = ({ addresses }: Core["networks"][number], to: number): string =>
  addresses?.kind === "enum" ? (addresses.members[to] ?? String(to)) : String(to);

/** How many integers of a segment stand before its message fields. */
export const envelopeLength = (core: Core, network: NetworkId): number => {
  const found = core.networks[network];
  return (found?.lifetime === undefined ? 0 : 1) + (found?.addresses === undefined ? 0 : 2);
};
