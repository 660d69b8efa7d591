// The words and signs of the language, as Chevrotain token types: text -> tokens.

import { createToken, Lexer, type TokenType } from "chevrotain";

/** A name. Contextual words belong to this category, so they are names wherever a name fits. */
export const Identifier = createToken({
  name: "Identifier",
  pattern: /[A-Za-z_][A-Za-z0-9_]*/,
  label: "a name",
});

/** Every word that can never be a name. */
export const Reserved = createToken({ name: "Reserved", pattern: Lexer.NA, label: "a keyword" });

/** Every operator that stands between two operands of an expression. */
export const BinaryOperator = createToken({
  name: "BinaryOperator",
  pattern: Lexer.NA,
  label: "an operator",
});

const words: TokenType[] = [];
const nameLength = (token: TokenType): number => token.name.length;

const word = (text: string, categories: TokenType[]): TokenType => {
  const token = createToken({
    name: `${text[0]?.toUpperCase() ?? ""}${text.slice(1)}`,
    pattern: text,
    longer_alt: Identifier,
    label: `\`${text}\``,
    categories,
  });
  words.push(token);
  return token;
};

const reserved = (text: string): TokenType => word(text, [Reserved]);
const reservedOperator = (text: string): TokenType => word(text, [Reserved, BinaryOperator]);
const contextual = (text: string): TokenType => word(text, [Identifier]);

export const Import = reserved("import");
export const Const = reserved("const");
export const SetWord = reserved("set");
export const Assume = reserved("assume");
export const Enum = reserved("enum");
export const TypeWord = reserved("type");
export const RecordWord = reserved("record");
export const MessageWord = reserved("message");
export const Network = reserved("network");
export const EventWord = reserved("event");
export const Fn = reserved("fn");
export const Proc = reserved("proc");
export const Ghost = reserved("ghost");
export const Var = reserved("var");
export const Clock = reserved("clock");
export const Init = reserved("init");
export const Bound = reserved("bound");
export const Final = reserved("final");
export const Process = reserved("process");
export const Extend = reserved("extend");
export const Timer = reserved("timer");
export const Rule = reserved("rule");
export const On = reserved("on");
export const When = reserved("when");
export const CaseWord = reserved("case");
export const Else = reserved("else");
export const Ignore = reserved("ignore");
export const Invariant = reserved("invariant");
export const Never = reserved("never");
export const Reachable = reserved("reachable");
export const Recoverable = reserved("recoverable");
export const Check = reserved("check");
export const Sweep = reserved("sweep");
export const Binding = reserved("binding");

export const If = reserved("if");
export const Then = reserved("then");
export const Match = reserved("match");
export const For = reserved("for");
export const Choose = reserved("choose");
export const Either = reserved("either");
export const Let = reserved("let");
export const Assert = reserved("assert");
export const Done = reserved("done");
export const Defer = reserved("defer");
export const Reprocess = reserved("reprocess");
export const Send = reserved("send");
export const Start = reserved("start");
export const Stop = reserved("stop");
export const Emit = reserved("emit");

export const Or = reservedOperator("or");
export const And = reservedOperator("and");
export const Implies = reservedOperator("implies");
export const Union = reservedOperator("union");
export const Minus = reservedOperator("minus");
export const In = reservedOperator("in");
export const Not = reserved("not");
export const Is = reserved("is");
export const None = reserved("none");
export const True = reserved("true");
export const False = reserved("false");
export const Bool = reserved("bool");
export const Mod = reserved("mod");
export const ArrayWord = reserved("array");
export const Of = reserved("of");
export const With = reserved("with");
export const Forall = reserved("forall");
export const Exists = reserved("exists");
export const Count = reserved("count");

export const To = contextual("to");
export const From = contextual("from");
export const Age = contextual("age");
export const StateWord = contextual("state");
export const Least = contextual("least");
export const Fault = contextual("fault");
export const StageWord = contextual("stage");
export const Receive = contextual("receive");
export const Expire = contextual("expire");
export const Carries = contextual("carries");
export const Between = contextual("between");
export const Capacity = contextual("capacity");
export const Full = contextual("full");
export const Drop = contextual("drop");
export const BlockWord = contextual("block");
export const ErrorWord = contextual("error");
export const Lifetime = contextual("lifetime");
export const Loss = contextual("loss");
export const Duplication = contextual("duplication");
export const Reorder = contextual("reorder");
export const AnyWord = contextual("any");
export const Expect = contextual("expect");
export const Holds = contextual("holds");
export const Violated = contextual("violated");
export const States = contextual("states");
export const Transitions = contextual("transitions");
export const Steps = contextual("steps");
export const Only = contextual("only");
export const Can = contextual("can");
export const Reach = contextual("reach");
export const Without = contextual("without");
export const Faults = contextual("faults");
export const SegmentWord = contextual("segment");
export const Hosts = contextual("hosts");
export const CallWord = contextual("call");
export const Sysctl = contextual("sysctl");

const signs: TokenType[] = [];

const sign = (name: string, text: string, categories: TokenType[] = []): TokenType => {
  const token = createToken({ name, pattern: text, label: `\`${text}\``, categories });
  signs.push(token);
  return token;
};

// A longer sign stands before every shorter one it begins with.
/** Signs of other languages; the scanner reports each and puts the right one in its place. */
export const Foreign = {
  tripleEqual: sign("ForeignTripleEqual", "==="),
  notDoubleEqual: sign("ForeignNotDoubleEqual", "!=="),
  and: sign("ForeignAnd", "&&"),
  or: sign("ForeignOr", "||"),
  unequal: sign("ForeignUnequal", "<>"),
  power: sign("ForeignPower", "**"),
  increment: sign("ForeignIncrement", "++"),
  becomes: sign("ForeignBecomes", ":="),
  semicolon: sign("ForeignSemicolon", ";"),
};

export const PlusAssign = sign("PlusAssign", "+=");
export const MinusAssign = sign("MinusAssign", "-=");
export const Go = sign("Go", "->");
export const Arrow = sign("Arrow", "=>");
export const Equal = sign("Equal", "==", [BinaryOperator]);
export const NotEqual = sign("NotEqual", "!=", [BinaryOperator]);
export const AtMost = sign("AtMost", "<=", [BinaryOperator]);
export const AtLeast = sign("AtLeast", ">=", [BinaryOperator]);
export const Less = sign("Less", "<", [BinaryOperator]);
export const Greater = sign("Greater", ">", [BinaryOperator]);
export const Otherwise = sign("Otherwise", "??", [BinaryOperator]);
export const Question = sign("Question", "?");
export const Range = sign("Range", "..", [BinaryOperator]);
export const Dot = sign("Dot", ".");
export const Assign = sign("Assign", "=");
export const Plus = sign("Plus", "+", [BinaryOperator]);
export const Dash = sign("Dash", "-", [BinaryOperator]);
export const Star = sign("Star", "*", [BinaryOperator]);
export const Slash = sign("Slash", "/", [BinaryOperator]);
export const Percent = sign("Percent", "%", [BinaryOperator]);
export const Bang = sign("Bang", "!");
export const Bar = sign("Bar", "|");
export const Colon = sign("Colon", ":");
export const Comma = sign("Comma", ",");
export const LeftBrace = sign("LeftBrace", "{");
export const RightBrace = sign("RightBrace", "}");
export const LeftParen = sign("LeftParen", "(");
export const RightParen = sign("RightParen", ")");
export const LeftBracket = sign("LeftBracket", "[");
export const RightBracket = sign("RightBracket", "]");

export const Address = createToken({
  name: "Address",
  pattern: /[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+/,
  label: "an IPv4 address",
});
/** Digits with something in or behind them that no number has. */
export const MalformedNumber = createToken({
  name: "MalformedNumber",
  pattern: /[0-9]+(?:\.[0-9]+)+[A-Za-z0-9_]*|0[xX](?![0-9A-Fa-f])[A-Za-z0-9_]*|[0-9][0-9A-Za-z_]*/,
  label: "a number",
});
export const Integer = createToken({
  name: "Integer",
  pattern: /0x[0-9A-Fa-f]+(?![A-Za-z0-9_])|[0-9]+(?![A-Za-z0-9_]|\.[0-9])/,
  label: "a number",
});
export const Text = createToken({
  name: "Text",
  pattern: /"[^"\n\r]*"/,
  label: "a text in double quotes",
});
export const UnterminatedText = createToken({
  name: "UnterminatedText",
  pattern: /"[^"\n\r]*/,
  label: "a text",
});
export const SingleQuoted = createToken({
  name: "SingleQuoted",
  pattern: /'[^'\n\r]*'?/,
  label: "a text",
});

const comment = (name: string, pattern: RegExp): TokenType =>
  createToken({ name, pattern, group: "comments", line_breaks: true });

export const DocComment = comment("DocComment", /\/\/\/(?!\/)[^\n\r]*/);
export const LineComment = comment("LineComment", /\/\/[^\n\r]*/);
export const BlockComment = comment("BlockComment", /\/\*[\s\S]*?\*\//);
export const UnterminatedComment = comment("UnterminatedComment", /\/\*[\s\S]*/);

const WhiteSpace = createToken({
  name: "WhiteSpace",
  pattern: /[ \t\n\r\uFEFF]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});
// The lexer finds candidates by the code of their first character, in groups of 255 above 255; it
// cannot derive that from a complement, so one code of every group is listed here.
const everyFirstCharacter = [
  ...Array.from({ length: 256 }, (_, code) => code),
  ...Array.from({ length: 257 }, (_, group) => 256 + group * 255),
];

/** A run of characters that begin nothing in this language. */
export const Stray = createToken({
  name: "Stray",
  pattern: /[^\sA-Za-z0-9_"'=!<>&|+\-*/%?.:;,(){}[\]]+|[\s\S]/,
  start_chars_hint: everyFirstCharacter,
  label: "a stray character",
  line_breaks: true,
});

// `only` must be tried before `on`, or the lexer would take it for a longer name that begins with
// `on`.
const longestFirst = [...words].sort((one, other) => nameLength(other) - nameLength(one));

/** All token types in the order in which they are tried. */
export const allTokens: readonly TokenType[] = [
  WhiteSpace,
  DocComment,
  LineComment,
  BlockComment,
  UnterminatedComment,
  ...longestFirst,
  Identifier,
  Address,
  Integer,
  MalformedNumber,
  Text,
  UnterminatedText,
  SingleQuoted,
  ...signs,
  Stray,
  Reserved,
  BinaryOperator,
];
