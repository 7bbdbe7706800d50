import type { Condition, Row } from "@/api";
import { Picker, titledOf } from "@/fields";
import { useText } from "@/i18n/use-text";

import { Candidates } from "./candidates";
import type { Handover } from "./use-handover";

/** Whom to hand to: those who have the role of the next leg, or anybody where only the holder changes. */
export function Receiver({ form, row }: { form: Handover; row: Row }) {
  const { t } = useText();
  const candidates = form.move?.handoff?.candidates;
  if (candidates) {
    return (
      <Candidates
        candidates={candidates}
        best={form.best?.id}
        chosen={form.person?.id}
        onChoose={(id) => form.choose(candidates.find((one) => one.id === id) ?? null)}
      />
    );
  }
  return (
    <Picker
      target="member"
      where={others(titledOf(row["holder"])?.id, form.move?.handoff?.role)}
      value={form.person}
      onChange={form.choose}
      label={t("relay.toWhom")}
    />
  );
}

function others(holder: string | undefined, role: string | undefined): Condition {
  return {
    all: [
      { field: "status", op: "ne", value: "disabled" },
      ...(holder ? [{ field: "id", op: "ne", value: holder }] : []),
      ...(role ? [{ field: "roles", op: "has_any", value: [role] }] : []),
    ],
  };
}
