// Test support: terminating programs that use all of the contract, from a list of numbers.

import fc from "fast-check";
import type { Code, CodeFunction, CodeModule, Instruction, Type, Value } from "../code.ts";

/*
 * Written without the builders, so that nothing is folded. Heap accesses stay between the words 5
 * and 70, f64 below 2^53, and every loop counts. When the numbers run out every choice is the
 * first, which ends what is being written: shorter lists are smaller programs.
 */

export const heapWords = 128;

export const modules: fc.Arbitrary<CodeModule> = fc
  .array(fc.nat({ max: 2 ** 20 }), { maxLength: 600, size: "max" })
  .map((numbers) => generate(numbers));

type BinaryOperator = Extract<Value, { kind: "binary" }>["operator"];

const comparisons: readonly BinaryOperator[] = [
  "equal",
  "unequal",
  "less",
  "less-equal",
  "greater",
  "greater-equal",
];
const i32Operators: readonly BinaryOperator[] = [
  "add",
  "subtract",
  "multiply",
  "and",
  "or",
  "xor",
  "shift-left",
  "shift-right",
  "shift-right-unsigned",
  "less-unsigned",
  "greater-unsigned",
  ...comparisons,
];
const i32Unaries = ["is-zero", "count-bits", "leading-zeros", "trailing-zeros"] as const;
const small = [0, 1, -1, 2, 3, 7, -7, 12, 31, 32, 33];
const large = [65_536, 2 ** 21, -(2 ** 21), 0x55555555, 2 ** 31 - 1, -(2 ** 31), -(2 ** 31) + 1];
const edges = [...small, ...large];
const wideEdges = [
  0,
  1,
  -1,
  2,
  -3,
  1000,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 32 + 5,
  2 ** 50,
  -(2 ** 50),
];

interface Scope {
  /** How many of the functions before may be called: one after another, so there is no recursion. */
  readonly callable: number;
  readonly result: CodeFunction["result"];
  readonly labels: ReadonlyMap<string, "block" | "loop">;
  readonly loops: number;
  readonly depth: number;
}

const results = ["i32", "f64", undefined] as const;

const local = (type: Type, name: string): Value => ({ kind: "local", type, name });
const word = (value: number): Value => ({ kind: "constant", type: "i32", value });
const wide = (value: number): Value => ({ kind: "constant", type: "f64", value });
const operation = (
  operator: BinaryOperator,
  left: Value,
  right: Value,
  type: "i32" | "f64" | "pointer" = "i32",
): Value => ({ kind: "binary", type, operator, left, right });

const generate = (numbers: readonly number[]): CodeModule => {
  let position = 0;
  const below = (count: number): number => {
    const next = numbers[position] ?? 0;
    position += 1;
    return next % count;
  };
  const one = <A>(list: readonly A[]): A => list[below(list.length)] as A;
  const lastCalls: number[] = [];

  const masked = (mask: number, depth: number, scope: Scope): Value =>
    operation("and", i32(depth, scope), word(mask));

  const base = (depth: number, scope: Scope): Value => {
    switch (below(3)) {
      case 0:
        return { kind: "place", word: word(16 + below(32)) };
      case 1:
        return { kind: "place", word: operation("add", masked(31, depth, scope), word(16)) };
      default:
        return local("pointer", one(["p", "q"]));
    }
  };

  const pointer = (depth: number, scope: Scope): Value => {
    if (depth <= 0 || below(2) === 0) return base(depth - 1, scope);
    const words = masked(7, depth - 1, scope);
    const by = below(2) === 0 ? words : operation("subtract", words, word(8));
    return { kind: "advance", pointer: base(depth - 1, scope), words: by };
  };

  const access = (depth: number, scope: Scope) => ({
    pointer: pointer(depth, scope),
    offset: below(11) - 3,
  });

  const i32 = (depth: number, scope: Scope): Value => {
    const next = (): Value => i32(depth - 1, scope);
    switch (depth <= 0 ? below(3) : below(16)) {
      case 0:
        return word(one(edges));
      case 1:
        return local("i32", one(["x", "a", "b"]));
      case 2:
        return { kind: "global", type: "i32", name: "g" };
      case 3:
        return { kind: "load", ...access(depth - 1, scope) };
      case 4:
        return { kind: "load", ...access(depth - 1, scope), atomic: true };
      case 5:
        return { kind: "unary", operator: one(i32Unaries), operand: next() };
      case 6:
        return { kind: "unary", operator: "narrow", operand: f64(depth - 1, scope) };
      case 7:
        return { kind: "unary", operator: "word-of", operand: pointer(depth - 1, scope) };
      case 8:
        return { kind: one(["both", "either"]), left: next(), right: next() };
      case 9:
        return { kind: "select", condition: next(), then: next(), otherwise: next() };
      case 10:
        return call("i32", depth, scope) ?? word(5);
      case 11: {
        const at = access(depth - 1, scope);
        return below(2) === 0
          ? { kind: "fetch-add", ...at, amount: next() }
          : { kind: "compare-exchange", ...at, expected: next(), replacement: next() };
      }
      case 12: {
        const [left, divisor] = [next(), next()];
        const right = divisor.kind === "constant" && divisor.value !== 0 ? divisor : undefined;
        return operation(
          one(["divide", "remainder"]),
          left,
          right ?? operation("or", divisor, word(1)),
        );
      }
      case 13:
        return below(2) === 0
          ? operation(one(comparisons), f64(depth - 1, scope), f64(depth - 1, scope), "f64")
          : operation(one(comparisons), pointer(1, scope), pointer(1, scope), "pointer");
      default:
        return operation(one(i32Operators), next(), next());
    }
  };

  /** Below 2^51. */
  const f64Leaf = (depth: number, scope: Scope): Value => {
    switch (depth <= 0 ? below(2) : below(7)) {
      case 0:
        return wide(one(wideEdges));
      case 1:
        return local("f64", one(["w", "v"]));
      case 2:
        return { kind: "global", type: "f64", name: "h" };
      case 3:
        return call("f64", depth, scope) ?? wide(7);
      default: {
        const operator = one(["widen", "widen-unsigned"] as const);
        return { kind: "unary", operator, operand: i32(depth - 1, scope) };
      }
    }
  };

  /** Below 2^53. */
  const f64 = (depth: number, scope: Scope): Value => {
    const leaf = (): Value => f64Leaf(depth - 1, scope);
    const divisor = (): Value =>
      below(2) === 0
        ? wide(one(wideEdges.filter((it) => it !== 0)))
        : operation(
            "add",
            { kind: "unary", operator: "widen-unsigned", operand: i32(depth - 1, scope) },
            wide(1),
            "f64",
          );
    switch (depth <= 0 ? 0 : below(6)) {
      case 0:
        return f64Leaf(depth - 1, scope);
      case 1:
        return operation(one(["add", "subtract"]), leaf(), leaf(), "f64");
      case 2: {
        const factor: Value = { kind: "unary", operator: "widen", operand: i32(depth - 1, scope) };
        return operation("multiply", factor, wide(one([0, 1, -1, 3, 2 ** 20, 999_983])), "f64");
      }
      case 3:
        return operation(one(["divide", "remainder"]), f64(depth - 1, scope), divisor(), "f64");
      case 4:
        return {
          kind: "select",
          condition: i32(depth - 1, scope),
          then: leaf(),
          otherwise: leaf(),
        };
      default:
        return operation("remainder", operation("add", leaf(), leaf(), "f64"), divisor(), "f64");
    }
  };

  /** What is kept in variables stays below 2^46. */
  const kept = (depth: number, scope: Scope): Value =>
    operation("remainder", f64(depth, scope), wide(2 ** 46 - 1), "f64");

  const argumentsOf = (depth: number, scope: Scope): readonly Value[] => [
    i32(depth - 1, scope),
    base(depth - 1, scope),
    kept(depth - 1, scope),
  ];

  /** Functions call only earlier ones, and few times: their costs multiply. */
  const callee = (wanted: (result: CodeFunction["result"]) => boolean, scope: Scope) => {
    const calls = lastCalls[scope.callable] ?? 0;
    const fitting = results.flatMap((it, index) =>
      wanted(it) && index < scope.callable ? [index] : [],
    );
    if (fitting.length === 0 || calls >= 3) return undefined;
    lastCalls[scope.callable] = calls + 1;
    return `function ${one(fitting)}`;
  };

  const call = (type: "i32" | "f64", depth: number, scope: Scope): Value | undefined => {
    const name = callee((it) => it === type, scope);
    if (name === undefined) return undefined;
    return { kind: "call", type, name, values: argumentsOf(depth, scope) };
  };

  const body = (scope: Scope): Code => {
    const list: (Instruction | Code)[] = [];
    const count = below(5);
    for (let index = 0; index < count; index += 1) list.push(...instruction(scope));
    return below(3) === 0 ? list : [list];
  };

  const jump = (scope: Scope): Code => {
    const labels = [...scope.labels];
    if (labels.length === 0) return [];
    const [label, kind] = one(labels);
    return [{ kind: kind === "loop" ? one(["again", "leave"]) : "leave", label }];
  };

  const inner = (scope: Scope): Scope => ({ ...scope, depth: scope.depth - 1 });

  const instruction = (scope: Scope): Code => {
    const deep = 3;
    switch (scope.depth <= 0 ? below(8) : below(15)) {
      case 0:
        return [{ kind: "set", name: one(["a", "b", "x"]), value: i32(deep, scope) }];
      case 1:
        return [{ kind: "set", name: one(["w", "v"]), value: kept(deep, scope) }];
      case 2:
        return [
          {
            kind: "set",
            name: "q",
            value: { kind: "place", word: operation("add", masked(31, 2, scope), word(16)) },
          },
        ];
      case 3:
        return below(2) === 0
          ? [{ kind: "set-global", name: "g", value: i32(deep, scope) }]
          : [{ kind: "set-global", name: "h", value: kept(deep, scope) }];
      case 4:
        return [
          { kind: "store", ...access(2, scope), value: i32(deep, scope), atomic: below(2) === 0 },
        ];
      case 5: {
        const name = callee(() => true, scope);
        return name === undefined ? [] : [{ kind: "run", name, values: argumentsOf(2, scope) }];
      }
      case 6:
        return jump(scope);
      case 7:
        return below(4) === 0 ? [end(scope)] : jump(scope);
      case 8:
      case 9: {
        const label = one(["one", "two"]);
        const labels = new Map([...scope.labels, [label, "block"] as const]);
        return [{ kind: "block", label, body: body({ ...inner(scope), labels }) }];
      }
      case 10:
      case 11:
        return counted(scope);
      case 12: {
        const bodies = Array.from({ length: below(4) }, () => body(inner(scope)));
        return [{ kind: "switch", value: i32(2, scope), bodies, otherwise: body(inner(scope)) }];
      }
      default:
        return [
          {
            kind: "if",
            condition: i32(deep, scope),
            then: body(inner(scope)),
            otherwise: body(inner(scope)),
          },
        ];
    }
  };

  const counted = (scope: Scope): Code => {
    const label = one(["one", "two"]);
    const name = `count ${scope.loops}`;
    const labels = new Map([...scope.labels, [label, "loop"] as const]);
    const count = local("i32", name);
    // Half of the loops are left through a block around them, and need no end of their own.
    const exit = below(2) === 0 ? label : `exit ${scope.loops}`;
    return [
      { kind: "set", name, value: word(0) },
      {
        kind: "block",
        label: `exit ${scope.loops}`,
        body: [
          {
            kind: "loop",
            label,
            body: [
              {
                kind: "if",
                condition: operation("greater-equal", count, word(1 + below(4))),
                then: [{ kind: "leave", label: exit }],
                otherwise: [],
              },
              { kind: "set", name, value: operation("add", count, word(1)) },
              body({ ...inner(scope), labels, loops: scope.loops + 1 }),
            ],
          },
        ],
      },
    ];
  };

  const end = (scope: Scope): Instruction => {
    if (scope.result === undefined) return { kind: "return" };
    const value = scope.result === "i32" ? i32(2, scope) : kept(2, scope);
    return { kind: "return", value };
  };

  const codeFunction = (
    name: string,
    callable: number,
    result: CodeFunction["result"],
  ): CodeFunction => {
    const scope: Scope = { callable, result, labels: new Map(), loops: 0, depth: 3 };
    return {
      name,
      parameters: [
        { name: "x", type: "i32" },
        { name: "p", type: "pointer" },
        { name: "w", type: "f64" },
      ],
      ...(result === undefined ? {} : { result }),
      locals: [
        { name: "v", type: "f64" },
        { name: "a", type: "i32" },
        { name: "q", type: "pointer" },
        { name: "b", type: "i32" },
        ...[0, 1, 2].map((it) => ({ name: `count ${it}`, type: "i32" as const })),
      ],
      body: [
        { kind: "set", name: "q", value: { kind: "place", word: word(20) } },
        ...body(scope),
        ...body(scope),
        end(scope),
      ],
    };
  };

  return {
    globals: [
      { name: "g", type: "i32" },
      { name: "h", type: "f64" },
    ],
    functions: [
      ...results.map((it, index) => codeFunction(`function ${index}`, index, it)),
      codeFunction("main", results.length, "i32"),
    ],
    exports: ["function 0", "function 1", "main"],
  };
};
