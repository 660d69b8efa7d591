// Which declaration of which model stands for which fact of `docs/facts.md`: the ids in comments and titles of `.tw` files.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import {
  type Comment,
  type Declaration,
  type Documented,
  type Member,
  parse,
} from "../syntax/index.ts";
import { readRepository, repository } from "./run-text.ts";

/** A declaration that a reader can be pointed to. */
export interface Place {
  readonly file: string;
  readonly kind: string;
  /** `case TIME_WAIT.reset.assassin`, `const MSL`, or the title of a check or sweep. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

export interface Citation {
  readonly id: string;
  readonly place: Place;
}

interface Anchor extends Place {
  readonly doc: string;
}

const isObligation = (kind: string): boolean => kind === "check" || kind === "sweep";

/** A check or a sweep; everything else is a place where something is modelled. */
export const isCheck = ({ kind }: Place): boolean => isObligation(kind);

const order = ["S", "F", "T", "D", "I"];
const counts: Readonly<Record<string, number>> = { S: 41, F: 7, T: 7, D: 21, I: 40 };

/** All ids, in the order of `docs/facts.md`. */
export const allIds: readonly string[] = order.flatMap((letter) =>
  Array.from({ length: counts[letter] ?? 0 }, (_, at) => `${letter}${at + 1}`),
);

/** They name no state of a model, but say why the others are there. */
export const exempt: readonly string[] = ["S6", "S21", "S30", "S32", "D12", "D13"];

/** "S31 to S41" and "F1..F7" are chapters and not citations; "fix F1" is RFC 1337's own. */
const spans = /\b[SFTDI]\d+(?: to |\.\.)[SFTDI]\d+\b|\bfix(?:es)? F\d+\b/g;

/** The ids that a text names, each once. */
export const idsIn = (text: string): readonly string[] =>
  [...new Set(text.replaceAll(spans, "").match(/(?<![\w.-])[SFTDI][1-9]\d?(?!\w)/g) ?? [])].filter(
    (it) => allIds.includes(it),
  );

const stated = (states: readonly { readonly text: string }[]): string =>
  states.map(({ text }) => text).join("|");

const anchor = (
  file: string,
  kind: string,
  name: string,
  { span, doc = "" }: Documented,
): Anchor => ({ file, kind, name, start: span.start, end: span.end, doc });

const memberAnchors = (file: string, it: Member): readonly Anchor[] => {
  switch (it.kind) {
    case "state":
      return [anchor(file, it.kind, `state ${it.type.text}`, it)];
    case "var":
    case "timer":
      return [anchor(file, it.kind, it.names.map(({ text }) => text).join(", "), it)];
    case "fn":
    case "proc":
    case "rule":
      return [anchor(file, it.kind, it.name.text, it)];
    case "expire": {
      const where = it.states.length === 0 ? "" : ` in ${stated(it.states)}`;
      return [anchor(file, it.kind, `expiry of ${it.timer.text}${where}`, it)];
    }
    case "receive": {
      const place = stated(it.states);
      const within = (name: string): string => (place === "" ? name : `${place}.${name}`);
      const cases =
        it.body.kind === "cases"
          ? it.body.cases.map((one) => anchor(file, "case", within(one.name.text), one))
          : it.body.stages.flatMap((stage) => [
              anchor(file, "stage", within(stage.name.text), stage),
              ...stage.cases.map((one) =>
                anchor(file, "case", within(`${stage.name.text}.${one.name.text}`), one),
              ),
            ]);
      return [anchor(file, "handler", place === "" ? "arrival" : place, it), ...cases];
    }
  }
};

const declarationAnchors = (file: string, it: Declaration): readonly Anchor[] => {
  switch (it.kind) {
    case "process":
    case "extend":
      return it.members.flatMap((member) => memberAnchors(file, member));
    case "fn":
    case "proc":
    case "rule":
    case "var":
      return memberAnchors(file, it);
    case "check":
    case "sweep":
      return [anchor(file, it.kind, it.title, it)];
    case "set":
      return [anchor(file, it.kind, it.override.name.text, it)];
    case "import":
    case "assume":
    case "init":
    case "final":
      return [anchor(file, it.kind, it.kind, it)];
    case "const":
    case "enum":
    case "type":
    case "record":
    case "message":
    case "network":
    case "event":
    case "clock":
    case "bound":
    case "invariant":
    case "never":
    case "reachable":
    case "recoverable":
    case "binding":
      return [anchor(file, it.kind, it.name.text, it)];
  }
};

const size = ({ start, end }: Place): number => end - start;

/** What a comment is about: the declaration right behind it, or else the smallest one around it. */
const subject = (
  comment: Comment,
  text: string,
  anchors: readonly Anchor[],
): Anchor | undefined => {
  const isBlank = (end: number): boolean =>
    text
      .slice(comment.span.end, end)
      .split("\n")
      .every((line) => line.trim() === "" || line.trim().startsWith("//"));
  const isApart = (end: number): boolean => /\n\s*\n/.test(text.slice(comment.span.end, end));
  const behind = anchors
    .filter((it) => it.start >= comment.span.end)
    .toSorted((left, right) => left.start - right.start || size(right) - size(left))
    .find((it) => isBlank(it.start) && !isApart(it.start));
  const around = anchors
    .filter((it) => it.start <= comment.span.start && comment.span.end <= it.end)
    .toSorted((left, right) => size(left) - size(right))[0];
  return behind ?? around;
};

/** Everything that a file cites. */
export const citationsIn = (file: string, text: string): readonly Citation[] => {
  const { value: tree } = parse(file, text);
  const anchors = tree.declarations.flatMap((it) => declarationAnchors(file, it));
  const own = anchors.flatMap((place) =>
    idsIn(`${isCheck(place) ? place.name : ""} ${place.doc}`).map((id) => ({ id, place })),
  );
  const beside = tree.comments.flatMap((comment) => {
    const place = subject(comment, text, anchors);
    return place === undefined ? [] : idsIn(comment.text).map((id) => ({ id, place }));
  });
  const seen = new Set<string>();
  return [...own, ...beside].filter(({ id, place }) => {
    const key = `${id} ${place.file} ${place.start}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};

/** The files that make up the library, textbook models apart. */
export const libraryFiles: readonly string[] = ["spec", "models", "models/stack"].flatMap(
  (folder) =>
    readdirSync(join(repository, folder))
      .filter((it) => it.endsWith(".tw"))
      .toSorted()
      .map((it) => `${folder}/${it}`),
);

export const citations = (): readonly Citation[] =>
  libraryFiles.flatMap((file) => citationsIn(file, readRepository(file)));
