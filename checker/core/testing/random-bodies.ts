// Random rule bodies that know what they mean: text for elaboration, closures over plain values
// beside it.

import {
  at,
  attempt,
  bound,
  copyOf,
  enumNames,
  fail,
  inRange,
  type Effect,
  type Meaning,
  type Names,
  type Pair,
  type World,
} from "./world.ts";

/** A generator of bodies; the same seed gives the same body. */
export const randomBodies = (seed: number) => {
  let state = seed * 2654435761 + 1;
  let fresh = 0;
  const random = (limit: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const pick = <A>(items: readonly A[]): A => at(items, random(items.length));
  const newName = (): string => {
    fresh += 1;
    return `v${fresh}`;
  };

  const numberOf = (depth: number, names: Names): Meaning<number> => {
    const leaf = random(4);
    if (depth === 0 || leaf === 0) {
      const choices: readonly (() => Meaning<number>)[] = [
        () => {
          const value = random(8);
          return { text: String(value), value: () => value };
        },
        () => {
          const name = pick(["a", "b"] as const);
          return { text: name, value: (world) => world.numbers[name] };
        },
        () => ({ text: "r.n", value: (world) => world.r.n }),
        () => {
          if (names.numbers.length === 0) return { text: "b", value: (world) => world.numbers.b };
          const name = pick(names.numbers);
          return { text: name, value: (world) => world.locals.get(name) ?? fail() };
        },
      ];
      return pick(choices)();
    }
    const number = () => numberOf(depth - 1, names);
    const truth = () => truthOf(depth - 1, names);
    const member = () => memberOf(depth - 1, names);
    const choices: readonly (() => Meaning<number>)[] = [
      () => {
        const [l, m] = [number(), number()];
        const [sign, apply] = pick([
          ["+", (i: number, j: number) => i + j],
          ["-", (i: number, j: number) => i - j],
          ["*", (i: number, j: number) => i * j],
          ["/", (i: number, j: number) => (j === 0 ? fail() : Math.trunc(i / j) + 0)],
          ["%", (i: number, j: number) => (j === 0 ? fail() : (i % j) + 0)],
        ] as const);
        return {
          text: `(${l.text} ${sign} ${m.text})`,
          value: (world) => apply(l.value(world), m.value(world)),
        };
      },
      () => {
        const [l, m] = [number(), number()];
        const isLeast = random(2) === 0;
        return {
          text: `${isLeast ? "min" : "max"}(${l.text}, ${m.text})`,
          value: (world) => (isLeast ? Math.min : Math.max)(l.value(world), m.value(world)),
        };
      },
      () => {
        const [c, l, m] = [truth(), number(), number()];
        return {
          text: `(if ${c.text} then ${l.text} else ${m.text})`,
          value: (world) => (c.value(world) ? l.value(world) : m.value(world)),
        };
      },
      () => {
        const [c, l, m] = [member(), number(), number()];
        return {
          text: `(match ${c.text} { Y => ${l.text}  else => ${m.text} })`,
          value: (world) => (c.value(world) === 1 ? l.value(world) : m.value(world)),
        };
      },
      () => {
        const index = number();
        return { text: `x[${index.text}]`, value: (world) => at(world.x, index.value(world)) };
      },
      () => {
        const index = member();
        return { text: `y[${index.text}].n`, value: (world) => at(world.y, index.value(world)).n };
      },
      () => {
        const l = number();
        return { text: `inc(${l.text})`, value: (world) => inRange(l.value(world), 0, 6) + 1 };
      },
      () => {
        const index = member();
        const text = index.text;
        return {
          text: `(if y[${text}].flag then y[${text}].cond else 2)`,
          value: (world) => at(world.y, index.value(world)).cond ?? 2,
        };
      },
      () => ({ text: "(if r.flag then r.cond else 1)", value: (world) => world.r.cond ?? 1 }),
      () => ({ text: "(s - t)", value: ({ serials }) => (serials.s - serials.t + 8) % 8 }),
      () => ({ text: "o!", value: (world) => world.o ?? fail() }),
      () => {
        const l = number();
        return { text: `(o ?? ${l.text})`, value: (world) => world.o ?? l.value(world) };
      },
      () => ({ text: "size(f)", value: (world) => world.f.size }),
      () => {
        const name = newName();
        const body = truthOf(depth - 1, { ...names, members: [...names.members, name] });
        return {
          text: `(count ${name} in E: ${body.text})`,
          value: (world) => [0, 1, 2].filter((it) => body.value(bound(world, name, it))).length,
        };
      },
      () => {
        const [c, l] = [truth(), number()];
        return {
          text: `pair(${l.text}, ${c.text}).n`,
          value: (world) => {
            const value = inRange(l.value(world), 0, 3);
            c.value(world);
            return value;
          },
        };
      },
    ];
    return pick(choices)();
  };

  const memberOf = (depth: number, names: Names): Meaning<number> => {
    const kind = random(depth === 0 ? 3 : 5);
    if (kind === 0) {
      const value = random(3);
      return { text: at(enumNames, value), value: () => value };
    }
    if (kind === 3) {
      const inner = memberOf(depth - 1, names);
      return { text: `flip(${inner.text})`, value: (world) => (inner.value(world) + 1) % 3 };
    }
    if (kind === 4) {
      const [c, l, m] = [
        truthOf(depth - 1, names),
        memberOf(depth - 1, names),
        memberOf(depth - 1, names),
      ];
      return {
        text: `(if ${c.text} then ${l.text} else ${m.text})`,
        value: (world) => (c.value(world) ? l.value(world) : m.value(world)),
      };
    }
    if (kind === 2 && names.members.length > 0) {
      const name = pick(names.members);
      return { text: name, value: (world) => world.locals.get(name) ?? fail() };
    }
    return { text: "e", value: (world) => world.e };
  };

  const truthOf = (depth: number, names: Names): Meaning<boolean> => {
    if (depth === 0 || random(5) === 0) {
      const name = pick(["p", "q"] as const);
      return { text: name, value: (world) => world.truths[name] };
    }
    const number = () => numberOf(depth - 1, names);
    const truth = () => truthOf(depth - 1, names);
    const member = () => memberOf(depth - 1, names);
    const choices: readonly (() => Meaning<boolean>)[] = [
      () => {
        const [l, m] = [truth(), truth()];
        const [word, apply] = pick([
          ["and", (i: boolean, j: () => boolean) => i && j()],
          ["or", (i: boolean, j: () => boolean) => i || j()],
          ["implies", (i: boolean, j: () => boolean) => !i || j()],
        ] as const);
        return {
          text: `(${l.text} ${word} ${m.text})`,
          value: (world) => apply(l.value(world), () => m.value(world)),
        };
      },
      () => {
        const inner = truth();
        return { text: `(not ${inner.text})`, value: (world) => !inner.value(world) };
      },
      () => {
        const [l, m] = [number(), number()];
        const [sign, apply] = pick([
          ["==", (i: number, j: number) => i === j],
          ["!=", (i: number, j: number) => i !== j],
          ["<", (i: number, j: number) => i < j],
          [">=", (i: number, j: number) => i >= j],
        ] as const);
        return {
          text: `(${l.text} ${sign} ${m.text})`,
          value: (world) => apply(l.value(world), m.value(world)),
        };
      },
      () => {
        const [l, m] = [member(), member()];
        return {
          text: `(${l.text} == ${m.text})`,
          value: (world) => l.value(world) === m.value(world),
        };
      },
      () => {
        const l = member();
        return { text: `(${l.text} in f)`, value: (world) => world.f.has(l.value(world)) };
      },
      () => {
        const l = number();
        return {
          text: `(${l.text} in 1..3)`,
          value: (world) => {
            const value = l.value(world);
            return value >= 1 && value <= 3;
          },
        };
      },
      () => ({ text: "before(s, t)", value: ({ serials: { s, t } }) => (s - t + 8) % 8 >= 4 }),
      () => {
        const l = number();
        return {
          text: `window(s, t, ${l.text})`,
          value: (world) => (world.serials.s - world.serials.t + 8) % 8 < l.value(world),
        };
      },
      () => ({ text: "(o is none)", value: (world) => world.o === undefined }),
      () => ({ text: "(o == 2)", value: (world) => world.o === 2 }),
      () => ({
        text: "(r == y[X])",
        value: ({ r, y }) => {
          const other = at(y, 0);
          return r.flag === other.flag && r.n === other.n && r.cond === other.cond;
        },
      }),
      () => {
        const [l, m] = [number(), member()];
        return {
          text: `g[${l.text}][${m.text}]`,
          value: (world) => {
            const row = at(world.g, l.value(world));
            return at(row, m.value(world));
          },
        };
      },
      () => {
        const [l, m] = [truth(), truth()];
        return {
          text: `both(${l.text}, ${m.text})`,
          value: (world) => {
            const [i, j] = [l.value(world), m.value(world)];
            return i && j;
          },
        };
      },
      () => {
        const name = newName();
        const isAll = random(2) === 0;
        const overSet = random(2) === 0;
        const body = truthOf(depth - 1, { ...names, members: [...names.members, name] });
        return {
          text: `(${isAll ? "forall" : "exists"} ${name} in ${overSet ? "f" : "E"}: ${body.text})`,
          value: (world) => {
            const values = [0, 1, 2].filter((it) => !overSet || world.f.has(it));
            const holds = (it: number) => body.value(bound(world, name, it));
            return isAll ? values.every(holds) : values.some(holds);
          },
        };
      },
    ];
    return pick(choices)();
  };

  const pairOf = (depth: number, names: Names): Meaning<Pair> => {
    const [n, c] = [numberOf(depth, names), truthOf(depth, names)];
    const number = (world: World) => inRange(n.value(world), 0, 3);
    const choices: readonly (() => Meaning<Pair>)[] = [
      () => ({
        text: `{ flag, n: ${n.text}, cond: 3 }`,
        value: (world) => ({ flag: true, n: number(world), cond: 3 }),
      }),
      () => ({
        text: `{ n: ${n.text} }`,
        value: (world) => ({ flag: false, n: number(world), cond: undefined }),
      }),
      () => ({ text: "y[e]", value: (world) => at(world.y, world.e) }),
      () => ({
        text: `(r with { n: ${n.text} })`,
        value: (world) => ({ ...world.r, n: number(world) }),
      }),
      () => ({
        text: `(r with { flag: false })`,
        value: (world) => ({ ...world.r, flag: false, cond: undefined }),
      }),
      () => ({
        text: `pair(${n.text}, ${c.text})`,
        value: (world) => {
          const value = number(world);
          const flag = c.value(world);
          return { flag, n: value, cond: flag ? value : undefined };
        },
      }),
    ];
    return pick(choices)();
  };

  const one =
    (change: (world: World) => void) =>
    (world: World): readonly World[] => {
      change(world);
      return [world];
    };

  const statementOf = (depth: number, names: Names): Effect => {
    const number = () => numberOf(2, names);
    const truth = () => truthOf(2, names);
    const member = () => memberOf(1, names);
    const flagged = (flag: boolean, before: Pair): Pair => ({
      ...before,
      flag,
      cond: flag ? (before.cond ?? 0) : undefined,
    });
    const simple: readonly (() => Effect)[] = [
      () => {
        const [name, v] = [pick(["a", "b"] as const), number()];
        const run = one((world) => {
          world.numbers[name] = inRange(v.value(world), 0, 7);
        });
        return { text: `${name} = ${v.text}`, run };
      },
      () => {
        const [name, v] = [pick(["a", "b"] as const), number()];
        const isPlus = random(2) === 0;
        const run = one((world) => {
          const sum = world.numbers[name] + (isPlus ? 1 : -1) * v.value(world);
          world.numbers[name] = inRange(sum, 0, 7);
        });
        return { text: `${name} ${isPlus ? "+=" : "-="} ${v.text}`, run };
      },
      () => {
        const [name, v] = [pick(["p", "q"] as const), truth()];
        const run = one((world) => {
          world.truths[name] = v.value(world);
        });
        return { text: `${name} = ${v.text}`, run };
      },
      () => {
        const v = number();
        const run = one((world) => {
          world.serials.s = (((world.serials.s + v.value(world)) % 8) + 8) % 8;
        });
        return { text: `s += ${v.text}`, run };
      },
      () => {
        const v = number();
        const run = one((world) => {
          world.serials.t = (((world.serials.s - v.value(world)) % 8) + 8) % 8;
        });
        return { text: `t = s - ${v.text}`, run };
      },
      () => {
        const v = member();
        const run = one((world) => {
          world.e = v.value(world);
        });
        return { text: `e = ${v.text}`, run };
      },
      () => {
        const v = member();
        const run = one((world) => {
          world.f = new Set([...world.f, v.value(world)]);
        });
        return { text: `f = f union set { ${v.text} }`, run };
      },
      () => {
        const run = one((world) => {
          world.f = new Set([...world.f].filter((it) => it !== 1 && it !== world.e));
        });
        return { text: "f = f minus set { e, Y }", run };
      },
      () => {
        const run = one((world) => {
          world.o = undefined;
        });
        return { text: "o = none", run };
      },
      () => {
        const v = number();
        const run = one((world) => {
          world.o = inRange(v.value(world), 0, 3);
        });
        return { text: `o = ${v.text}`, run };
      },
      () => {
        const v = pairOf(1, names);
        const run = one((world) => {
          world.r = v.value(world);
        });
        return { text: `r = ${v.text}`, run };
      },
      () => {
        const v = truth();
        const run = one((world) => {
          world.r = flagged(v.value(world), world.r);
        });
        return { text: `r.flag = ${v.text}`, run };
      },
      () => {
        const v = number();
        const run = one((world) => {
          if (!world.r.flag) return;
          world.r = { ...world.r, cond: inRange(v.value(world), 0, 3) };
        });
        return { text: `if r.flag { r.cond = ${v.text} }`, run };
      },
      () => {
        const [index, v] = [member(), pairOf(1, names)];
        const run = one((world) => {
          const value = v.value(world);
          world.y[index.value(world)] = value;
        });
        return { text: `y[${index.text}] = ${v.text}`, run };
      },
      () => {
        const [index, v] = [member(), truth()];
        const run = one((world) => {
          const [value, position] = [v.value(world), index.value(world)];
          world.y[position] = flagged(value, at(world.y, position));
        });
        return { text: `y[${index.text}].flag = ${v.text}`, run };
      },
      () => {
        const [index, v] = [number(), number()];
        const run = one((world) => {
          const value = inRange(v.value(world), 0, 3);
          world.x[inRange(index.value(world), 0, 2)] = value;
        });
        return { text: `x[${index.text}] = ${v.text}`, run };
      },
      () => {
        const [i, j, v] = [number(), member(), truth()];
        const run = one((world) => {
          const value = v.value(world);
          const row = at(world.g, i.value(world));
          row[j.value(world)] = value;
        });
        return { text: `g[${i.text}][${j.text}] = ${v.text}`, run };
      },
      () => ({
        text: "swap()",
        run: one(({ numbers }) => {
          [numbers.a, numbers.b] = [numbers.b, numbers.a];
        }),
      }),
      () => {
        const [n, c] = [number(), truth()];
        const run = one((world) => {
          const value = inRange(n.value(world), 0, 7);
          const isB = c.value(world);
          world.numbers.a = 0;
          if (isB) world.numbers.b = value;
          else world.numbers.a = value;
        });
        return { text: `put(${n.text}, ${c.text})`, run };
      },
      () => {
        const c = truth();
        const run = one((world) => {
          if (!c.value(world)) fail();
        });
        return { text: `assert ${c.text}, "holds"`, run };
      },
    ];
    if (depth === 0 || random(2) === 0) return pick(simple)();
    const block = (more: Names = names) => blockOf(depth - 1, more);
    const compound: readonly (() => Effect)[] = [
      () => {
        const [c, l, m] = [truth(), block(), block()];
        return {
          text: `if ${c.text} ${l.text} else ${m.text}`,
          run: (world) => (c.value(world) ? l : m).run(world),
        };
      },
      () => {
        const [c, l, m, n] = [member(), block(), block(), block()];
        return {
          text: `match ${c.text} { X => ${l.text}  Z => ${m.text}  Y => ${n.text} }`,
          run: (world) => at([l, n, m], c.value(world)).run(world),
        };
      },
      () => {
        const [l, m] = [block(), block()];
        return {
          text: `either ${l.text} or ${m.text}`,
          run: (world) => [l, m].flatMap((it) => attempt(it, copyOf(world))),
        };
      },
      () => {
        const name = newName();
        const overSet = random(2) === 0;
        const body = block({ ...names, members: [...names.members, name] });
        return {
          text: `for ${name} in ${overSet ? "f" : "E"} ${body.text}`,
          run: (world) =>
            [0, 1, 2]
              .filter((it) => !overSet || world.f.has(it))
              .reduce<readonly World[]>(
                (worlds, it) => worlds.flatMap((each) => attempt(body, bound(each, name, it))),
                [world],
              ),
        };
      },
      () => {
        const name = newName();
        const inner = { ...names, numbers: [...names.numbers, name] };
        const [c, body] = [truthOf(1, inner), block(inner)];
        return {
          text: `choose ${name} in 0..2 when ${c.text} ${body.text}`,
          run: (world) =>
            [0, 1, 2].flatMap((it) => {
              const guarded: Effect = {
                text: "",
                run: (each) => (c.value(each) ? attempt(body, each) : []),
              };
              return attempt(guarded, bound(copyOf(world), name, it));
            }),
        };
      },
    ];
    return pick(compound)();
  };

  const blockOf = (depth: number, names: Names): Effect => {
    const effects: Effect[] = [];
    let inner = names;
    for (let left = 1 + random(3); left > 0; left -= 1) {
      if (random(4) === 0) {
        const [name, v] = [newName(), numberOf(2, inner)];
        effects.push({
          text: `let ${name} = ${v.text}`,
          run: (world) => [bound(world, name, v.value(world))],
        });
        inner = { ...inner, numbers: [...inner.numbers, name] };
      } else {
        effects.push(statementOf(depth, inner));
      }
    }
    return {
      text: `{\n${effects.map((it) => it.text).join("\n")}\n}`,
      run: (world) =>
        effects.reduce<readonly World[]>(
          (worlds, effect) => worlds.flatMap((each) => attempt(effect, each)),
          [world],
        ),
    };
  };

  return { block: () => blockOf(2, { numbers: [], members: [] }), random };
};
