// How the parser chooses between alternatives, worked out where a text first needs it: text -> syntax.

import { type ILookaheadStrategy, LLkLookaheadStrategy } from "chevrotain";

/** A function that is made when it is first called. */
const later = <Values extends unknown[], Result>(
  make: () => (...values: Values) => Result,
): ((...values: Values) => Result) => {
  let made: ReturnType<typeof make> | undefined;
  // Chevrotain calls it as a method of the parser.
  return function (this: unknown, ...values: Values): Result {
    made ??= make();
    return made.apply(this, values);
  };
};

/**
 * Chevrotain's own strategy, production by production: most texts use a small part of the grammar, and
 * to work out all choices takes longer than to parse such a text.
 */
export const lazyLookahead = (maxLookahead: number): ILookaheadStrategy => {
  const strategy = new LLkLookaheadStrategy({ maxLookahead });
  return {
    validate: (options) => strategy.validate(options),
    buildLookaheadForAlternation: (options) =>
      later(() => strategy.buildLookaheadForAlternation(options)),
    buildLookaheadForOptional: (options) =>
      later(() => strategy.buildLookaheadForOptional(options)),
  };
};
