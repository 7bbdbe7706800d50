import { asText } from "@/api";

import type { DisplayProps } from "../contract";

/** Only addresses of the web become links, so that a stored script can never run. */
export function UrlDisplay({ value, tight }: DisplayProps) {
  const text = asText(value);
  const shown = text.replace(/^https?:\/\//, "").replace(/\/$/, "");
  const className = tight ? "cut" : undefined;
  if (!/^https?:\/\//i.test(text)) return <span className={className}>{text}</span>;
  return (
    <a href={text} target="_blank" rel="noreferrer" className={className} onClick={(event) => event.stopPropagation()}>
      {shown}
    </a>
  );
}
