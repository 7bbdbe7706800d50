import i18next from "i18next";
import { afterEach, expect, test } from "vitest";

import { changeLanguage } from ".";

afterEach(() => changeLanguage("zh"));

test.each([
  ["Lead", "New lead"],
  ["Follow-up", "New follow-up"],
  ["URL", "New URL"],
  ["合同", "New 合同"],
])("the name %s inside an English sentence reads %s", async (object, sentence) => {
  await changeLanguage("en");
  expect(i18next.t("shell.newOf", { object })).toBe(sentence);
});
