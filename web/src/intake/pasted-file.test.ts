import { expect, test } from "vitest";

import { pastedFile } from "./pasted-file";

async function textOf(pasted: string): Promise<string | undefined> {
  const file = pastedFile(pasted, "p.csv");
  if (!file) return undefined;
  // The mark at the beginning tells every reader that it is UTF-8.
  return (await file.text()).replace("\uFEFF", "");
}

test("copied cells become the lines of a file", async () => {
  expect(await textOf("姓名\t电话\n王芳\t138\n")).toBe("姓名,电话\r\n王芳,138\r\n");
});

test("commas, quotes and line breaks inside of a cell stay in it", async () => {
  expect(await textOf('a\tb\n"x\ny"\t1,5 "ca."')).toBe('a,b\r\n"x\ny","1,5 ""ca."""\r\n');
});

test("rows without anything in them are left out", async () => {
  expect(await textOf("a\n\t\n1\n")).toBe("a\r\n1\r\n");
});

test("a single line is no table", () => {
  expect(pastedFile("王芳", "p.csv")).toBeUndefined();
});
