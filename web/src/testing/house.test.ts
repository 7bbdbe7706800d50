import { globSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

test("colours are named in one place only", () => {
  const files = globSync("src/**/*.css").filter((file) => !file.endsWith("tokens.css"));
  const guilty = files.filter((file) => /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(/i.test(readFileSync(file, "utf8")));
  expect(files.length).toBeGreaterThan(5);
  expect(guilty).toEqual([]);
});

test("nothing is fetched from elsewhere", () => {
  const files = globSync("{src,public}/**/*.{ts,tsx,css,svg,html}").concat("index.html");
  const guilty = files.filter((file) => /(?:src|href)=["']https?:|url\(["']?https?:|@import ["']https?:/.test(readFileSync(file, "utf8")));
  expect(guilty).toEqual([]);
});
