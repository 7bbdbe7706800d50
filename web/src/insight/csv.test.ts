import { expect, test } from "vitest";

import { csvOf } from "./csv";

test("commas and quotes stay in their cell", () => {
  expect(csvOf([["a,b", 'say "x"', 1.5, null]])).toBe('\uFEFF"a,b","say ""x""",1.5,\r\n');
});

test("what a spreadsheet would run is made a text, a negative number is not", () => {
  expect(csvOf([["=1+1", "@x", "-cmd", -3, "-3.5"]])).toBe("\uFEFF'=1+1,'@x,'-cmd,-3,-3.5\r\n");
});
