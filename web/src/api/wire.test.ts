import { expect, test } from "vitest";

import { toWire } from "./wire";

test("references and files travel as their ids, everything else as it is", () => {
  expect(
    toWire({
      owner: { id: "m1", title: "王芳" },
      products: [{ id: "p1", title: "甲" }, { id: "p2", title: "乙" }],
      images: [{ id: "f1", name: "a.png", size: 3, type: "image/png" }],
      amount: { value: "12.00" },
      address: { province: "上海市", city: "上海市", district: "", detail: "" },
      tags: ["重点"],
      note: null,
    }),
  ).toEqual({
    owner: "m1",
    products: ["p1", "p2"],
    images: ["f1"],
    amount: { value: "12.00" },
    address: { province: "上海市", city: "上海市", district: "", detail: "" },
    tags: ["重点"],
    note: null,
  });
});
