import { useText } from "@/i18n/use-text";

import { exactAmount, shortAmount } from "./amount-text";

type Props = { value: string | number | null | undefined; currency: string; className?: string };

/** Money at a glance; every digit on hover. */
export function Amount({ value, currency, className }: Props) {
  const { language } = useText();
  if (value === null || value === undefined || value === "") return null;
  const exact = exactAmount(String(value), currency);
  return (
    <span title={exact} className={className}>
      <span aria-hidden="true">{shortAmount(Number(value), language)}</span>
      <span className="unseen">{exact}</span>
    </span>
  );
}
