// Test support: code written anew with the builders, which fold what they can.

import type { Code, CodeModule, Instruction, Value } from "../code.ts";
import * as build from "../index.ts";

export const rebuild = (module: CodeModule): CodeModule => ({
  ...module,
  functions: module.functions.map((it) => {
    const variables = new Map([...it.parameters, ...it.locals].map((one) => [one.name, one.type]));
    return { ...it, body: code(it.body, variables) };
  }),
});

type Variables = ReadonlyMap<string, "i32" | "f64" | "pointer">;

const code = (list: Code, variables: Variables): Code =>
  list.map((it) => ("kind" in it ? instruction(it, variables) : code(it, variables)));

const instruction = (it: Instruction, variables: Variables): build.Part => {
  const inner = (body: Code): Code => code(body, variables);
  switch (it.kind) {
    case "set": {
      const type = variables.get(it.name) ?? "i32";
      return build.set({ kind: "local", type, name: it.name }, value(it.value));
    }
    case "set-global": {
      const it2 = value(it.value);
      return build.set(build.global(it.name, build.typeOf(it2) === "f64" ? "f64" : "i32"), it2);
    }
    case "store":
      return (it.atomic === true ? build.storeAtomic : build.store)(
        value(it.pointer),
        it.offset,
        value(it.value),
      );
    case "if":
      return build.when(value(it.condition), inner(it.then), inner(it.otherwise));
    case "block":
      return build.block(it.label, inner(it.body));
    case "loop":
      return build.loop(it.label, inner(it.body));
    case "switch":
      return build.choose(value(it.value), it.bodies.map(inner), inner(it.otherwise));
    case "run":
      return build.run(it.name, ...it.values.map(value));
    case "return":
      return build.giveBack(it.value === undefined ? undefined : value(it.value));
    case "leave":
      return build.leave(it.label);
    case "again":
      return build.again(it.label);
  }
};

const binary = {
  add: build.add,
  subtract: build.subtract,
  multiply: build.multiply,
  divide: build.divide,
  remainder: build.remainder,
  and: build.and,
  or: build.or,
  xor: build.xor,
  "shift-left": build.shiftLeft,
  "shift-right": build.shiftRight,
  "shift-right-unsigned": build.shiftRightUnsigned,
  equal: build.equal,
  unequal: build.unequal,
  less: build.less,
  "less-equal": build.lessEqual,
  greater: build.greater,
  "greater-equal": build.greaterEqual,
  "less-unsigned": build.lessUnsigned,
  "greater-unsigned": build.greaterUnsigned,
};

const unary = {
  "is-zero": build.not,
  "count-bits": build.countBits,
  "leading-zeros": build.leadingZeros,
  "trailing-zeros": build.trailingZeros,
  widen: build.widen,
  "widen-unsigned": build.widenUnsigned,
  narrow: build.narrow,
  "word-of": build.wordOf,
};

const value = (it: Value): Value => {
  switch (it.kind) {
    case "constant":
    case "local":
    case "global":
      return it;
    case "load":
      return (it.atomic === true ? build.loadAtomic : build.load)(value(it.pointer), it.offset);
    case "place":
      return build.place(value(it.word));
    case "advance":
      return build.advance(value(it.pointer), value(it.words));
    case "unary":
      return unary[it.operator](value(it.operand));
    case "binary":
      return binary[it.operator](value(it.left), value(it.right));
    case "both":
      return build.both(value(it.left), value(it.right));
    case "either":
      return build.either(value(it.left), value(it.right));
    case "select":
      return build.select(value(it.condition), value(it.then), value(it.otherwise));
    case "call":
      return build.call(it.name, it.values.map(value), it.type);
    case "compare-exchange":
      return build.compareExchange(
        value(it.pointer),
        it.offset,
        value(it.expected),
        value(it.replacement),
      );
    case "fetch-add":
      return build.fetchAdd(value(it.pointer), it.offset, value(it.amount));
  }
};
