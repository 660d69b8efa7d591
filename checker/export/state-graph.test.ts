// State graphs: states in order of discovery, what is bad, merging, the limit; DOT and SVG of them.

import * as E from "fp-ts/lib/Either.js";
import { describe, expect, it } from "vitest";
import { coreOf } from "../test/run-text.ts";
import { dotText } from "./dot.ts";
import { graphSvg } from "./graph-svg.ts";
import { stateGraph } from "./state-graph.ts";

const span = { file: "ring.tw", start: 0, end: 0 };

const ring =
  "var n : 0..3\nvar same : 0..1\nrule up when n < 3 { n += 1 }\nrule back when n == 2 { n = 0 }\n" +
  "fault rule jump when n == 0 { n = 2 }\nrule burst when n == 3 and same == 1 { n += 1 }\n" +
  "event big()\ninvariant low : n < 3\n";

const graphOf = (text: string, on: readonly string[] = [], limit = 2000) =>
  stateGraph(coreOf("ring.tw", text), { on, limit, span });

const right = (graph: ReturnType<typeof graphOf>) => {
  if (E.isLeft(graph)) throw new Error(graph.left.map((it) => it.message).join());
  return graph.right;
};

describe("a state graph", () => {
  it("shows what tells states apart, where it begins and what is bad", () => {
    expect(dotText('the "ring"', right(graphOf(ring)))).toBe(
      `digraph "the \\"ring\\"" {
  rankdir=LR;
  node [shape=box,fontname="monospace"];
  s0 [label="n=0",peripheries=2];
  s1 [label="n=1"];
  s2 [label="n=2"];
  s3 [label="n=3",color=red];
  s0 -> s1 [label="up"];
  s0 -> s2 [label="jump",style=dashed];
  s1 -> s2 [label="up"];
  s2 -> s3 [label="up"];
  s2 -> s0 [label="back"];
}
`,
    );
  });

  it("merges states that agree on the variables asked for", () => {
    const two =
      "var n : 0..3\nvar big : bool\nrule up when n < 3 { n += 1  big = n > 1 }\nfinal : true\n";
    const graph = right(graphOf(two, ["big"]));
    expect(graph.nodes.map((it) => it.lines)).toEqual([["big=false"], ["big=true"]]);
    expect(graph.edges.map(({ from, to }) => [from, to])).toEqual([
      [0, 0],
      [0, 1],
      [1, 1],
    ]);
  });

  it("has model errors as ends, and steps that violate a never", () => {
    const graph = right(graphOf("var n : 0..1\nrule up { n += 1 }\n"));
    expect(graph.nodes.at(-1)).toMatchObject({
      isBad: true,
      lines: [expect.stringContaining("model error")],
    });
    const never =
      "var n : bool\nevent flip(x: bool)\nrule go { n = not n  emit flip(n) }\nnever off : flip(x) when not x\n";
    expect(right(graphOf(never)).edges.map((it) => it.isBad)).toEqual([false, true]);
  });

  it("is refused beyond the limit, and of variables that are not there", () => {
    const codes = [graphOf(ring, [], 3), graphOf(ring, ["m"])].map((it) =>
      E.isLeft(it) ? it.left.map(({ code }) => code) : [],
    );
    expect(codes).toEqual([["TW0531"], ["TW0532"]]);
    expect(E.isRight(graphOf(ring, [], 4))).toBe(true);
  });

  it("is drawn", async () => {
    await expect(graphSvg("the ring", right(graphOf(ring)))).toMatchFileSnapshot("golden/ring.svg");
  });
});
