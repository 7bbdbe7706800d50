import { expect, test } from "vitest";

import { faceOf, initials } from "./avatar";

test.each([
  ["王芳", "王芳"],
  ["欧阳小芳", "小芳"],
  ["王芳 (销售)", "销售"],
  ["Anna Maria Schmidt", "AS"],
  ["admin", "A"],
  ["", "?"],
])("%s is drawn as %s", (name, letters) => {
  expect(initials(name)).toBe(letters);
});

test("a person keeps the same colour", () => {
  expect(faceOf("m-17")).toBe(faceOf("m-17"));
  expect(new Set(Array.from({ length: 200 }, (_, index) => faceOf(`m-${index}`))).size).toBe(8);
});
