import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";

import type { FieldDef, Json } from "@/api";
import { FieldInput } from "@/fields";
import { inWorkspace } from "@/testing/workspace";
import { FieldEditor } from "@/views/field-editor";

import { converted } from "./money";

const AMOUNT: FieldDef = { key: "amount", type: "money", label: { zh: "金额", en: "Amount" } };
const DOLLARS = { value: "8640.00", currency: "USD", entered: "1200.00", rate: "7.2" };

test.each([
  ["1200", "7.2", "8640.00"],
  ["0.1", "0.05", "0.01"],
  ["-3", "0.005", "-0.02"],
  ["12345678901234.56", "1.00000001", "12345679024691.35"],
  ["5", "", ""],
  ["5", "x", ""],
])("%s at a rate of %s is %s", (entered, rate, value) => {
  expect(converted(entered, rate)).toBe(value);
});

function Held({ initial, onChange }: { initial: Json; onChange: (value: Json) => void }) {
  const [value, setValue] = useState(initial);
  return <FieldInput object="deal" field={AMOUNT} value={value} onChange={(next) => (setValue(next), onChange(next))} />;
}

function hold(initial: Json) {
  const written: Json[] = [];
  render(inWorkspace(<Held initial={initial} onChange={(value) => written.push(value)} />));
  return () => written.at(-1);
}

const currency = () => screen.findByRole("combobox", { name: "币种" });
const rateOf = (code: string) => screen.findByRole("spinbutton", { name: `汇率：1 ${code} 合多少 CNY` });

test("an amount in the workspace's currency is one field", async () => {
  const last = hold(null);
  await userEvent.type(await screen.findByLabelText("金额"), "12万");
  expect(last()).toEqual({ value: "120000" });
  expect(screen.queryByText("填汇率后换算")).toBeNull();
});

test("an amount in another currency asks for the rate and shows what it comes to", async () => {
  const last = hold({ value: "1200" });
  await userEvent.selectOptions(await currency(), "USD");
  expect(screen.getByText("填汇率后换算")).toBeDefined();
  await userEvent.type(await rateOf("USD"), "7.2");
  expect(last()).toEqual({ currency: "USD", entered: "1200", rate: "7.2" });
  expect(screen.getByText("= ¥8,640.00")).toBeDefined();
});

test("the rate of the value itself comes back with its currency", async () => {
  const last = hold(DOLLARS);
  await userEvent.selectOptions(await currency(), "CNY");
  expect(last()).toEqual({ value: "1200.00" });
  await userEvent.selectOptions(await currency(), "EUR");
  expect(last()).toEqual({ currency: "EUR", entered: "1200.00", rate: "" });
  await userEvent.selectOptions(await currency(), "USD");
  expect(last()).toEqual({ currency: "USD", entered: "1200.00", rate: "7.2" });
});

test("a currency out of the ordinary stays to be chosen", async () => {
  hold({ ...DOLLARS, currency: "THB" });
  expect((await currency()).querySelector("option[value=THB]")).not.toBeNull();
});

test("in a cell Tab and Enter go on to the rate before they end the editing", async () => {
  const [save, end] = [vi.fn(), vi.fn()];
  const row = { id: "1", amount: { value: "1200.00" } };
  render(inWorkspace(<FieldEditor object="deal" field={AMOUNT} row={row} onSave={save} onEnd={end} />));
  await userEvent.selectOptions(await currency(), "USD");
  expect(document.activeElement).toBe(screen.getByLabelText("金额"));
  await userEvent.keyboard("{Enter}");
  expect(document.activeElement).toBe(await rateOf("USD"));
  await userEvent.tab({ shift: true });
  await userEvent.tab();
  expect(end).not.toHaveBeenCalled();
  await userEvent.keyboard("7{Enter}");
  expect(save).toHaveBeenCalledWith({ currency: "USD", entered: "1200.00", rate: "7" });
  expect(end).toHaveBeenCalledWith("down");
});
