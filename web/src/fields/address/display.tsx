import type { DisplayProps } from "../contract";
import { addressText } from "./address";

export function AddressDisplay({ value, tight }: DisplayProps) {
  const text = addressText(value);
  return (
    <span className={tight ? "cut" : undefined} title={text}>
      {text}
    </span>
  );
}
