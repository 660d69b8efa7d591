// Random well-formed programs, as token lists and as texts with comments anywhere: for property
// tests.

import fc from "fast-check";

type Tokens = readonly string[];
type Piece = string | fc.Arbitrary<Tokens>;

const sequence = (...pieces: readonly Piece[]): fc.Arbitrary<Tokens> =>
  fc
    .tuple(...pieces.map((piece) => (typeof piece === "string" ? fc.constant([piece]) : piece)))
    .map((parts) => parts.flat());

const words = (text: string): Piece[] => text.split(" ");

const optional = (...pieces: readonly Piece[]): fc.Arbitrary<Tokens> =>
  fc.oneof(fc.constant<Tokens>([]), sequence(...pieces));

const many = (
  item: fc.Arbitrary<Tokens>,
  { separator = [], least = 0, most = 3 }: { separator?: Tokens; least?: number; most?: number },
): fc.Arbitrary<Tokens> =>
  fc
    .array(item, { minLength: least, maxLength: most })
    .map((items) => items.flatMap((it, index) => (index === 0 ? it : [...separator, ...it])));

const commas = (item: fc.Arbitrary<Tokens>, least = 0, most = 4): fc.Arbitrary<Tokens> =>
  many(item, { separator: [","], least, most });

const oneOf = (...texts: readonly string[]): fc.Arbitrary<Tokens> =>
  fc.constantFrom(...texts).map((text) => text.split(" "));

// Contextual words are names too; `to`, `from` and `age` are left out because they continue a
// `send`.
const name = oneOf(
  ..."a b c snd_nxt rcv_nxt Host wire tcp state full least stage steps only".split(" "),
  "a_name_that_is_so_long_that_lines_must_be_broken_soon",
);
const number = oneOf("0", "1", "42", "0x1F", "9007199254740991");
const title = fc
  .constantFrom('"t"', '"a longer title, with // no comment"', '""')
  .map((text) => [text]);

const patterns: fc.Arbitrary<Tokens> = fc.oneof(
  oneOf("else"),
  many(fc.oneof(name, number, oneOf("true", "false")), { separator: ["|"], least: 1 }),
);

// Where a body or a type may follow at once, an expression does not begin with a brace.
const withoutBrace = (it: Tokens): Tokens => (it[0] === "{" ? ["(", ...it, ")"] : it);

/** The levels of the precedence table, each on top of the next tighter one. */
const expressions = fc.letrec<Record<string, Tokens>>((tie) => {
  const chain = (level: string, operators: readonly string[]): fc.Arbitrary<Tokens> =>
    fc.oneof(
      { weight: 9, arbitrary: tie(level) },
      many(tie(level), { separator: [operators[0] ?? ""], least: 2 }),
      sequence(tie(level), oneOf(...operators), tie(level)),
    );
  const any = tie("any");
  return {
    any: fc.oneof(
      { maxDepth: 3, depthIdentifier: "expression", withCrossShrink: true },
      { weight: 6, arbitrary: tie("implies") },
      sequence("if", any, "then", any, "else", any),
      sequence(oneOf("forall", "exists", "count"), name, "in", tie("domain"), ":", any),
    ),
    implies: chain("or", ["implies"]),
    or: chain("and", ["or"]),
    and: chain("not", ["and"]),
    not: fc.oneof(tie("comparison"), sequence("not", tie("comparison"))),
    comparison: fc.oneof(
      { weight: 4, arbitrary: tie("coalesce") },
      sequence(tie("coalesce"), oneOf(..."== != < <= > >= in".split(" ")), tie("coalesce")),
      sequence(tie("coalesce"), "in", tie("coalesce"), "..", tie("coalesce")),
      sequence(tie("coalesce"), "is", "none"),
    ),
    coalesce: chain("union", ["??"]),
    union: chain("sum", ["union", "minus"]),
    sum: chain("product", ["+", "-"]),
    product: chain("unary", ["*", "/", "%"]),
    unary: fc.oneof({ weight: 5, arbitrary: tie("postfix") }, sequence("-", tie("postfix"))),
    postfix: fc.oneof(
      { weight: 6, arbitrary: tie("primary") },
      sequence(tie("primary"), ".", name),
      sequence(tie("primary"), "[", any, "]"),
      sequence(tie("primary"), "!"),
      sequence(tie("primary"), "with", tie("fields")),
    ),
    primary: fc.oneof(
      { maxDepth: 3, depthIdentifier: "expression" },
      { weight: 12, arbitrary: name },
      { weight: 3, arbitrary: number },
      oneOf("true", "false", "none"),
      sequence("(", any, ")"),
      sequence(name, "(", commas(any), ")"),
      tie("fields"),
      sequence("[", commas(any), "]"),
      sequence("[", name, "in", tie("domain"), ":", any, "]"),
      sequence("set", "{", commas(any), "}"),
      sequence("match", tie("condition"), "{", many(tie("arm"), {}), "}"),
    ),
    fields: sequence("{", commas(sequence(name, optional(":", any))), "}"),
    arm: sequence(patterns, "=>", any),
    condition: any.map(withoutBrace),
    domain: fc.oneof(
      name,
      oneOf("bool"),
      sequence("mod", tie("sum")),
      sequence(tie("coalesce"), "..", tie("coalesce")),
      tie("coalesce"),
    ),
  };
});

const part = (level: string): fc.Arbitrary<Tokens> => {
  const arbitrary = expressions[level];
  if (arbitrary === undefined) throw new Error(`no level of expressions is called ${level}`);
  return arbitrary;
};

/** One expression. */
export const expression = part("any");

const condition = part("condition");
const domain = part("domain");
const names = commas(name, 1, 3);

const type: fc.Arbitrary<Tokens> = fc.letrec<{ readonly type: Tokens }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 2 },
    name,
    oneOf("bool"),
    sequence(part("sum").map(withoutBrace), "..", part("sum")),
    sequence("mod", part("sum")),
    sequence("array", "[", tie("type"), "]", "of", tie("type")),
    sequence("set", "of", tie("type")),
    sequence(name, "?"),
  ),
})).type;

const parameters = sequence("(", commas(sequence(name, ":", type), 0, 3), ")");
const call = sequence(name, "(", commas(expression, 0, 3), ")");
const place = sequence(
  name,
  many(fc.oneof(sequence(".", name), sequence("[", expression, "]")), { most: 2 }),
);

const statements = fc.letrec<{ readonly statement: Tokens; readonly block: Tokens }>((tie) => {
  const block = tie("block");
  return {
    block: sequence("{", many(tie("statement"), {}), "}"),
    statement: fc.oneof(
      { maxDepth: 2 },
      sequence(place, oneOf("=", "+=", "-="), expression),
      sequence("->", name),
      sequence("send", name, expression, optional("to", expression), optional("from", expression)),
      sequence("start", place, "(", expression, ")"),
      sequence("stop", place),
      sequence("emit", call),
      call,
      oneOf("done", "defer"),
      sequence("reprocess", name, "in", name),
      sequence("let", name, optional(":", type), "=", expression),
      sequence("assert", expression, ",", title),
      sequence("if", condition, block),
      sequence("if", condition, block, "else", block),
      sequence("if", condition, block, "else", "if", condition, block, optional("else", block)),
      sequence("for", name, "in", domain, block),
      sequence("choose", name, "in", domain, optional("when", condition), block),
      sequence("either", block, "or", block, optional("or", block)),
      sequence(
        "match",
        condition,
        "{",
        many(sequence(patterns, "=>", fc.oneof(block, tie("statement"))), {}),
        "}",
      ),
    ),
  };
});

/** One block. */
export const block = statements.block;

const states = optional("in", many(name, { separator: ["|"], least: 1, most: 9 }));
const branch = sequence("case", name, "when", condition, block);
const value = optional("=", expression);

const shared: readonly fc.Arbitrary<Tokens>[] = [
  sequence(optional("ghost"), "var", names, ":", type, value),
  sequence("fn", name, parameters, ":", type, value),
  sequence("proc", name, parameters, fc.oneof(block, fc.constant<Tokens>([]))),
  sequence(
    optional("fault"),
    "rule",
    name,
    fc.oneof(parameters, fc.constant<Tokens>([])),
    states,
    optional("when", condition),
    block,
  ),
];

const receive = sequence(
  ...words("on receive"),
  name,
  optional("from", name),
  optional("on", name),
  states,
  "{",
  fc.oneof(
    sequence(
      many(branch, {}),
      fc.oneof(fc.constant<Tokens>([]), sequence("else", block), oneOf("ignore")),
    ),
    many(sequence("stage", name, "{", many(branch, { most: 2 }), optional("else", block), "}"), {
      least: 1,
    }),
  ),
  "}",
);

const member = fc.oneof(
  ...shared,
  sequence("state", name, value),
  sequence("timer", names),
  receive,
  sequence(...words("on expire"), name, states, block),
);
const members = sequence("{", many(member, { most: 5 }), "}");

const override = sequence(name, optional("[", expression, "]"), "=", expression);
// As the value of a budget, `none` and `any` are words of the clause, and nothing is applied to
// them.
const budget = fc.oneof(oneOf("none", "any"), number, sequence("(", part("sum"), ")"));
const clauses = fc
  .shuffledSubarray<readonly Piece[]>([
    ["full", oneOf("drop", "block", "error")],
    ["lifetime", part("sum")],
    ["loss", budget],
    ["duplication", budget],
    ["reorder", oneOf("any", "none")],
  ])
  .chain((chosen) => sequence("capacity", part("sum"), ...chosen.flat()));
const field = sequence(
  optional("ghost"),
  names,
  ":",
  type,
  optional("when", name),
  fc.oneof(oneOf(","), fc.constant<Tokens>([])),
);
const expectation = fc.oneof(
  oneOf("holds", "error", "violated deadlock"),
  sequence("violated", names, "in", number, "steps"),
  sequence(...words("holds in"), number, "states", ",", part("sum"), "transitions"),
  sequence("error", "range", ",", "none", ",", "assert"),
);
const bindingItem = fc.oneof(
  sequence("segment", name, "{", many(sequence(name, "=", name), { most: 9 }), "}"),
  sequence("hosts", "{", many(sequence(name, "=", "192.0.2.1", optional(",")), {}), "}"),
  sequence("call", name, "=", name),
  sequence(...words("sysctl net . ipv4 . tcp_rfc1337 ="), name),
  sequence("timer", name, "=", name),
);

const declaration = fc.oneof(
  ...shared,
  sequence("import", title),
  sequence("const", name, optional(":", type), "=", expression),
  sequence("set", override),
  sequence("assume", expression, ",", title),
  sequence("enum", name, "{", commas(name, 1, 12), optional(","), "}"),
  sequence("type", name, "=", type),
  sequence(oneOf("record", "message"), name, "{", many(field, { most: 5 }), "}"),
  sequence("network", name, "carries", name, optional("between", type), "{", clauses, "}"),
  sequence("event", name, parameters),
  sequence("clock", name, ":", type),
  sequence("init", block),
  sequence("bound", name, ":", expression),
  sequence("final", ":", expression),
  sequence("process", name, optional("[", name, ":", type, "]"), members),
  sequence("extend", name, optional("when", condition), members),
  sequence("invariant", name, ":", expression),
  sequence("never", name, ":", name, "(", commas(name), ")", optional("when", condition)),
  sequence("reachable", name, ":", part("implies"), optional("when", condition)),
  sequence(
    "recoverable",
    name,
    ":",
    optional("forall", name, "in", domain, ":"),
    part("implies"),
    ...words("can reach"),
    part("implies"),
    optional(...words("without faults")),
  ),
  sequence(
    "check",
    title,
    optional("{", commas(override), "}"),
    optional("only", names),
    "expect",
    expectation,
  ),
  sequence(
    "sweep",
    title,
    "{",
    commas(fc.oneof(sequence(name, "in", domain), sequence(name, "=", expression)), 1, 3),
    "}",
    optional("only", names),
    optional("least", name, optional(...words("expect least =="), expression)),
  ),
  sequence("binding", name, "{", many(bindingItem, {}), "}"),
);

/** The tokens of a file. */
export const program: fc.Arbitrary<Tokens> = many(declaration, { most: 4 });

const gaps = fc.oneof(
  { weight: 30, arbitrary: fc.constant(" ") },
  { weight: 6, arbitrary: fc.constant("\n") },
  fc.constantFrom("\n\n\n", " // c\n", "\n  // own line\n", " /* b */ ", "\n/* two\n   lines */\n"),
  fc.constantFrom("\n/// doc\n", "\r\n", "\t", "\n\n// c\n\n// d\n\n", " /* b */\n", "\n/* b */ "),
);

/** A file with every kind of gap between its tokens. */
export const programText: fc.Arbitrary<string> = program.chain((tokens) =>
  fc
    .array(gaps, { minLength: tokens.length, maxLength: tokens.length })
    .map((chosen) => tokens.map((token, index) => token + (chosen[index] ?? "")).join("")),
);

/** A file on one line per declaration or so: what bodies look like that were written compactly. */
export const plainText: fc.Arbitrary<string> = program.map((tokens) => tokens.join(" "));
