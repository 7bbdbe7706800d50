import { useText } from "@/i18n/use-text";

import { useNow } from "./now";
import { exactTime, relativeTime } from "./time-text";

type Props = { at: string | null | undefined; className?: string | undefined };

/** When something was or will be, as people say it; the exact moment on hover and for screen readers. */
export function Time({ at, className }: Props) {
  const { t } = useText();
  const now = useNow();
  if (!at) return null;
  const exact = exactTime(t, at);
  return (
    <time dateTime={at} title={exact} className={className}>
      {relativeTime(t, at, now)}
    </time>
  );
}
