// Sends: typed program -> core.

import type * as ast from "../syntax/index.ts";
import { emit, type Builder } from "./builder.ts";
import { certain } from "./certain.ts";
import type { Scope } from "./elaboration.ts";
import { elaborateFor } from "./expressions.ts";
import { constant } from "./term.ts";
import type { Value } from "./value.ts";
import { integer } from "./value.ts";

type Send = Extract<ast.Statement, { readonly kind: "send" }>;

/**
 * `send net e to h from g age n`: the integers in stored order, age 0 unless `init` says
 * otherwise.
 */
export const elaborateSend = (builder: Builder, scope: Scope, statement: Send): void => {
  const name = statement.network.text;
  const { id, core, symbol } = certain(builder.whole.networks.get(name), `the network ${name}`);
  const { age, to, from, value } = statement;
  const segment = elaborateFor(builder, scope, value, symbol.message, `a segment of \`${name}\``);
  const parts: Value[] = [];
  if (core.lifetime !== undefined) {
    const type = { kind: "int", low: 0, high: core.lifetime } as const;
    parts.push(
      age === undefined
        ? integer(constant(0))
        : elaborateFor(builder, scope, age, type, `the age of a segment of \`${name}\``),
    );
  }
  if (symbol.between !== undefined) {
    const address = (it: ast.Expression | undefined): Value =>
      it === undefined
        ? certain(scope.instance?.index, "an own address")
        : elaborateFor(builder, scope, it, symbol.between ?? { kind: "error" }, "the address");
    parts.push(address(certain(to, "a receiver")), address(from));
  }
  const values = [...parts, segment].flatMap((it) => it.scalars).map((it) => it.code);
  emit(builder, { kind: "send", network: id, values });
};
