// Generated code as data: what `compile/` and `engine/` write, before it is JavaScript or WebAssembly.

/*
 * A program of functions over a heap of 32-bit words. Two printers give it the same meaning:
 * JavaScript over an Int32Array, and WebAssembly over a linear memory. Everything is exact:
 *
 *   i32      a 32-bit pattern; `add`, `subtract`, `multiply`, `shift-left` wrap. A truth value is
 *            an i32: 0 is false, comparisons and logic yield 0 or 1, conditions ask for "not 0".
 *   f64      an integer of at most 53 bits and a sign, for what does not fit an i32
 *   pointer  a place in the heap: a word index in JavaScript, a byte address in WebAssembly. It
 *            never goes to the heap: what is stored there is the word index.
 *
 * Reading the heap outside its bounds, division by zero and a use of the wrong type mean nothing:
 * whoever writes code sees to it that they do not happen. The same goes for the end of a function
 * with a result that gave none, and for an f64 that passes 53 bits. The least i32 divided by -1 is
 * itself, with remainder 0; shifts go by the amount modulo 32. An f64 of 0 may have a sign: nothing
 * can tell.
 */

export type Type = "i32" | "f64" | "pointer";

/** On two i32, or on two f64 where the operator is in `WideOperator`; comparisons yield i32. */
export type Operator =
  | "add"
  | "subtract"
  | "multiply"
  /** Truncating; the right side is not 0. */
  | "divide"
  /** With the sign of the left side; the right side is not 0. */
  | "remainder"
  | "and"
  | "or"
  | "xor"
  | "shift-left"
  /** Of the signed value. */
  | "shift-right"
  | "shift-right-unsigned"
  | Comparison;

/** Signed, but for the last two. */
export type Comparison =
  | "equal"
  | "unequal"
  | "less"
  | "less-equal"
  | "greater"
  | "greater-equal"
  | "less-unsigned"
  | "greater-unsigned";

export type WideOperator =
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "remainder"
  | "equal"
  | "unequal"
  | "less"
  | "less-equal"
  | "greater"
  | "greater-equal";

export type Value =
  | { readonly kind: "constant"; readonly type: "i32" | "f64"; readonly value: number }
  /** A parameter or local of the function. */
  | { readonly kind: "local"; readonly type: Type; readonly name: string }
  | { readonly kind: "global"; readonly type: "i32" | "f64"; readonly name: string }
  /** The word at `pointer + offset` (words). `atomic`: sequentially consistent between threads. */
  | {
      readonly kind: "load";
      readonly pointer: Value;
      readonly offset: number;
      readonly atomic?: boolean;
    }
  /** The place with this word index, an i32 from 0. */
  | { readonly kind: "place"; readonly word: Value }
  /** `pointer` moved on by `words` (an i32). */
  | { readonly kind: "advance"; readonly pointer: Value; readonly words: Value }
  | {
      readonly kind: "unary";
      readonly operator:
        | "is-zero"
        /** Number of bits set. */
        | "count-bits"
        /** Zeros above the highest bit set. */
        | "leading-zeros"
        | "trailing-zeros"
        /** i32, taken as signed or as unsigned, to f64. */
        | "widen"
        | "widen-unsigned"
        /** f64 to i32, modulo 2^32. */
        | "narrow"
        /** Of a pointer: its word index, as an i32. */
        | "word-of";
      readonly operand: Value;
    }
  | {
      readonly kind: "binary";
      /** Of both sides; pointers are only compared, by their place. */
      readonly type: Type;
      readonly operator: Operator;
      readonly left: Value;
      readonly right: Value;
    }
  /** Stops early; yields 0 or 1. */
  | { readonly kind: "both" | "either"; readonly left: Value; readonly right: Value }
  /** Evaluates one of two. */
  | {
      readonly kind: "select";
      readonly condition: Value;
      readonly then: Value;
      readonly otherwise: Value;
    }
  /** A function of the module with a result. */
  | {
      readonly kind: "call";
      readonly type: "i32" | "f64";
      readonly name: string;
      readonly values: readonly Value[];
    }
  /** Replaces the word if it is `expected`; yields the word as it was. Atomic. */
  | {
      readonly kind: "compare-exchange";
      readonly pointer: Value;
      readonly offset: number;
      readonly expected: Value;
      readonly replacement: Value;
    }
  /** Adds to the word, and yields it as it was. Atomic. */
  | {
      readonly kind: "fetch-add";
      readonly pointer: Value;
      readonly offset: number;
      readonly amount: Value;
    };

export type Instruction =
  | { readonly kind: "set"; readonly name: string; readonly value: Value }
  | { readonly kind: "set-global"; readonly name: string; readonly value: Value }
  | {
      readonly kind: "store";
      readonly pointer: Value;
      readonly offset: number;
      readonly value: Value;
      readonly atomic?: boolean;
    }
  | {
      readonly kind: "if";
      readonly condition: Value;
      readonly then: Code;
      readonly otherwise: Code;
    }
  /** `leave` with its label goes on behind it. */
  | { readonly kind: "block"; readonly label: string; readonly body: Code }
  /** Runs its body over and over until something leaves it; `again` starts the body anew. */
  | { readonly kind: "loop"; readonly label: string; readonly body: Code }
  /** Runs the body whose position is `value`; `otherwise` when there is none. */
  | {
      readonly kind: "switch";
      readonly value: Value;
      readonly bodies: readonly Code[];
      readonly otherwise: Code;
    }
  | { readonly kind: "leave"; readonly label: string }
  | { readonly kind: "again"; readonly label: string }
  /** A call for its effects. */
  | { readonly kind: "run"; readonly name: string; readonly values: readonly Value[] }
  | { readonly kind: "return"; readonly value?: Value };

/** Nested lists mean the same as one list; what is nested can be taken out as one part. */
export type Code = readonly (Instruction | Code)[];

export interface Variable {
  readonly name: string;
  readonly type: Type;
}

export interface CodeFunction {
  readonly name: string;
  readonly parameters: readonly Variable[];
  readonly result?: "i32" | "f64";
  /** Zero when the function begins; a pointer must be set before it is used. */
  readonly locals: readonly Variable[];
  readonly body: Code;
}

export interface CodeModule {
  /** Zero at the beginning; each instance (thread) has its own. */
  readonly globals: readonly { readonly name: string; readonly type: "i32" | "f64" }[];
  readonly functions: readonly CodeFunction[];
  /** Names of functions that can be called from outside; pointers are passed as word indices. */
  readonly exports: readonly string[];
}
