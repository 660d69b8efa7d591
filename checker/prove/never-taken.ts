// What no check takes, or takes in spite of what the source says, as diagnostics: vacuity -> findings.

import { define } from "../source/index.ts";
import type { ItemKind } from "./items.ts";

export const branchNeverTaken = define<{ readonly names: readonly string[] }>(
  {
    code: "TW1010",
    severity: "finding",
    title: "a case or rule that is never taken",
    text:
      "No step of any check of the file takes this case or rule: either it is dead, or the checks do not reach what it is for. " +
      "Then what they prove does not cover it. Remove it, or add a check or a bound that reaches it; or say in the line above it why, " +
      "as `/// Never taken: the peer never sends it.` " +
      "Reported only where no search that ended early might have taken it, and only of what stands in the file or beside it: " +
      "what is imported from another folder is a library, of which nobody takes every case.",
    example:
      "var n : 0..3\nrule up when n < 3 { n += 1 }\nrule down when n > 3 { n -= 1 }\nfinal : true\n",
  },
  ({ names: [first = "", ...others] }) => ({
    message:
      others.length === 0
        ? `\`${first}\` is never taken`
        : `\`${first}\` is never taken, nor is it in its ${others.length} other places`,
  }),
);

const missing = {
  never: "no step emits its event",
  recoverable: "its first condition is never true",
  invariant: "what stands before its `implies` is never true",
} as const;

export const premiseNeverTrue = define<{
  readonly name: string;
  readonly kind: "never" | "recoverable" | "invariant";
}>(
  {
    code: "TW1011",
    severity: "finding",
    title: "a property that holds for lack of occasion",
    text:
      "The property speaks about states or events that no check of the file ever meets, so it holds without saying " +
      "anything. A `never` without a condition is not meant: that there is no occasion is what it says. Where it is meant, the line above it says why, as `/// Never taken: nobody resets in this file.` " +
      "Reported only where no search that ended early might have met it.",
    example:
      "event lost(n: 0..3)\nvar n : 0..3\nrule up when n < 2 { n += 1 }\nrule lose when n == 3 { emit lost(n) }\nfinal : true\nnever p : lost(k) when k > 1\n",
  },
  ({ name, kind }) => ({
    message: `\`${name}\` is vacuous: ${missing[kind]}`,
  }),
);

export const valueNeverHad = define<{ readonly name: string }>(
  {
    code: "TW1014",
    severity: "finding",
    title: "a value that nothing ever has",
    text:
      "No variable and no segment of any reachable state has this value of the enumeration in any check of the file, although " +
      "others of its values are stored. Remove it, or add a check that reaches it; or say above the enumeration why, as " +
      "`/// Never taken: GONE: nobody leaves in this file.` Values that are never stored, of constants and indices, are not " +
      "meant. Reported only where no search that ended early might have reached it.",
    example:
      "enum Light { RED, GREEN, BROKEN }\nvar light : Light\nrule turn { light = if light == RED then GREEN else RED }\n",
  },
  ({ name }) => ({ message: `no state has the value \`${name}\`` }),
);

export const excuseOutlived = define<{ readonly name: string; readonly kind: ItemKind }>(
  {
    code: "TW1015",
    severity: "finding",
    title: "an excuse that outlived its reason",
    text:
      "The line above says `Never taken: …`, and a check of the file takes it all the same. Such a line would hide it if it were never " +
      "taken one day. Remove the line, or find out what the model does that nobody expected. Reported of what the file itself declares: " +
      "what it imports may be taken in one file and not in another. Where a timer has several handlers nobody knows which of them is taken, " +
      "and a run with other constants, or of some checks alone, does not tell either.",
    example:
      "var n : 0..3\n/// Never taken: nobody counts here.\nrule up when n < 3 { n += 1 }\nfinal : true\n",
  },
  ({ name, kind }) => ({
    message: {
      case: `\`${name}\` is taken, though the source says never`,
      rule: `\`${name}\` is taken, though the source says never`,
      value: `states have the value \`${name}\`, though the source says never`,
      property: `\`${name}\` has its occasion, though the source says never`,
    }[kind],
    help: "remove the line that begins with `Never taken`, or mend the model",
  }),
);
