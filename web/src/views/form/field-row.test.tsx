import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import type { FieldDef } from "@/api";
import { inWorkspace } from "@/testing/workspace";

import { FieldRow } from "./field-row";

const AMOUNT: FieldDef = { key: "amount", type: "money", label: { zh: "金额", en: "Amount" } };

test("a field is left when the focus leaves all its parts", async () => {
  const leave = vi.fn();
  render(inWorkspace(<FieldRow object="deal" field={AMOUNT} values={{}} problem={undefined} onChange={() => undefined} onLeave={leave} />));
  await userEvent.click(await screen.findByRole("combobox", { name: "币种" }));
  await userEvent.click(screen.getByLabelText(/金额/));
  expect(leave).not.toHaveBeenCalled();
  await userEvent.click(document.body);
  expect(leave).toHaveBeenCalledOnce();
});
