import { describe, expect, test } from "vitest";
import { accept, errorsIn, marksIn, tcp, wire } from "./marked-program.ts";

describe("networks", () => {
  const plain = "message M { f : bool }\nnetwork n carries M { capacity 1 }\n";
  const rows: readonly (readonly [string, string, string])[] = [
    ["no address", tcp("rule r { send «wire» { life: 1 } }"), "TW0416"],
    ["no sender outside of processes", `${wire} rule r { send «wire» { life: 1 } to A }`, "TW0416"],
    ["an address without need", `${plain} rule r { send n { f } to «3» }`, "TW0416"],
    [
      "a sender's name without need",
      `${plain} process p { on receive s from «h» { ignore } }`,
      "TW0416",
    ],
    ["an age without a lifetime", `${plain} init { send n { f } age «1» }`, "TW0411"],
    [
      "a receiver with an index",
      `${plain} process p[me: bool] { on receive s on «n» { ignore } }`,
      "TW0415",
    ],
    [
      "a receiver without an index",
      `${wire} process p { on receive s on «wire» { ignore } }`,
      "TW0415",
    ],
    [
      "a receiver with another index",
      `${wire} process p[me: Phase] { on receive «s» { ignore } }`,
      "TW0415",
    ],
    ["no network to receive from", "process p { on receive «s» { ignore } }", "TW0414"],
    [
      "two networks to receive from",
      `${plain} network m carries M { capacity 1 }\nprocess p { on receive «s» { ignore } }`,
      "TW0414",
    ],
    [
      "two receivers",
      `${plain} process p { on receive s { ignore } }\nprocess q { «on receive s» { ignore } }`,
      "TW0413",
    ],
    [
      "a field called `to`",
      "enum H { A }\nmessage M { to : H }\nnetwork n carries «M» between H { capacity 1 }",
      "TW0423",
    ],
    [
      "a field called `age`",
      "message M { age : 0..3 }\nnetwork n carries «M» { capacity 1  lifetime 3 }",
      "TW0423",
    ],
    [
      "`.to` of a network without addresses",
      `${plain} invariant i : forall s in n: s.«to» == 0`,
      "TW0417",
    ],
    [
      "`.age` of a message that is in no network",
      `${wire} event e(s: Segment)\nnever n : e(s) when s.«age» == 0`,
      "TW0417",
    ],
    ["a look into it by a rule", `${plain} rule r when exists s in «n»: s.f { }`, "TW0418"],
    ["a look into it by a function", `${plain} fn busy(): bool = exists s in «n»: s.f`, "TW0418"],
    ["no room", "message M { f : bool }\nnetwork n carries M { capacity «0» }", "TW0302"],
    [
      "a negative budget",
      "message M { f : bool }\nnetwork n carries M { capacity 1  loss «0 - 1» }",
      "TW0302",
    ],
  ];
  test.each(rows)("%s is refused", (_, text, code) => {
    expect(errorsIn(text)).toEqual(marksIn(text, code));
  });

  test("a handler without `on` receives from the only network that fits its process", () => {
    const program = accept(`${plain} ${wire}
      process tcp[me: Host] { on receive s { ignore } }
      process clerk { on receive s { ignore } }`);
    const receives = program.processes.flatMap(({ groups }) => groups.flatMap((it) => it.receives));
    expect(receives.map((it) => program.networkOf(it)?.name)).toEqual(["wire", "n"]);
  });

  test("its clauses have values", () => {
    const program = accept(
      "const K = 2\nmessage M { f : bool }\nnetwork n carries M { capacity K + 1  full drop  lifetime K  loss K  duplication any  reorder none }",
    );
    const { declaration: _, message: __, ...clauses } = program.networks[0] ?? {};
    expect(clauses).toEqual({
      name: "n",
      capacity: 3,
      full: "drop",
      lifetime: 2,
      loss: 2,
      duplication: "any",
      reorder: "none",
    });
  });

  test("properties look at segments, their addresses and ages", () => {
    expect(
      errorsIn(`${wire} invariant i : forall s in wire: s.to != s.from and s.age <= 1 and s.life < 3
      bound b : (count s in wire: s.fin) <= 1
      final : not exists s in wire: true`),
    ).toEqual([]);
  });
});
