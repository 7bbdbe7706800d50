import { useWorkspace } from "@/api";
import { Amount, exactAmount } from "@/ui";

import type { DisplayProps } from "../contract";
import { moneyOf } from "./money";

/** In the workspace's currency; what was entered in another stands beside it. */
export function MoneyDisplay({ value, tight }: DisplayProps) {
  const base = useWorkspace().blueprint.currency;
  const money = moneyOf(value, base);
  if (!money) return null;
  const foreign = money.currency !== base;
  return (
    <span>
      <Amount value={money.value} currency={base} />
      {foreign && !tight && <span className="quiet"> ({exactAmount(money.entered, money.currency)})</span>}
    </span>
  );
}
