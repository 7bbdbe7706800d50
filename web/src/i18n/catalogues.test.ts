import { globSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { catalogue as en } from "./en";
import { catalogue as zh } from "./zh";

type Tree = { [key: string]: string | Tree };

function keysOf(tree: Tree, prefix = ""): string[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [`${prefix}${key.replace(/_(one|other)$/, "")}`] : keysOf(value, `${prefix}${key}.`),
  );
}

function textsOf(tree: Tree): string[] {
  return Object.values(tree).flatMap((value) => (typeof value === "string" ? [value] : textsOf(value)));
}

const HAN = /[\u3400-\u9fff]/;

test("both languages have the same keys", () => {
  expect([...new Set(keysOf(en))].sort()).toEqual([...new Set(keysOf(zh))].sort());
});

test("no text is empty", () => {
  expect([...textsOf(zh), ...textsOf(en)].filter((text) => text.trim() === "")).toEqual([]);
});

test("the English catalogue has no Chinese in it", () => {
  expect(textsOf(en).filter((text) => HAN.test(text) && text !== "中文")).toEqual([]);
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

test("no component holds a Chinese text of its own", () => {
  const components = globSync("src/**/*.tsx").filter((file) => !file.endsWith(".test.tsx"));
  const guilty = components.filter((file) => HAN.test(withoutComments(readFileSync(file, "utf8"))));
  expect(components.length).toBeGreaterThan(10);
  expect(guilty).toEqual([]);
});
