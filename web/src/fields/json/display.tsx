import type { DisplayProps } from "../contract";

export function JsonDisplay({ value }: DisplayProps) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return <span className="cut">{text}</span>;
}
