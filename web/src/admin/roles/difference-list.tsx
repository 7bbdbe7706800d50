import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { ConditionText } from "@/views/conditions/condition-text";

import { differences, type Difference } from "./differences";
import type { Role, Scope } from "./types";

/** What changes, cell by cell. */
export function DifferenceList({ before, after }: { before: Role; after: Role }) {
  return differences(before, after).map((one) => (
    <li key={`${one.object}.${one.kind}.${one.kind === "field" ? one.field : one.action}`}>
      <DifferenceText one={one} />
    </li>
  ));
}

function DifferenceText({ one }: { one: Difference }) {
  const { t, label } = useText();
  const { object, field } = useWorkspace();
  const name = label(object(one.object)?.label) || one.object;
  if (one.kind === "flag") {
    return (
      <>
        {name} · {t(`admin.action.${one.action}`)}: {t(one.on ? "common.yes" : "common.no")}
      </>
    );
  }
  if (one.kind === "field") {
    return (
      <>
        {name} · {label(field(one.object, one.field)?.label) || one.field}: {t(`admin.access.${one.before}`)} →{" "}
        {t(`admin.access.${one.after}`)}
      </>
    );
  }
  return (
    <>
      {name} · {t(`admin.action.${one.action}`)}: <Scopes object={one.object} scopes={one.before} /> →{" "}
      <Scopes object={one.object} scopes={one.after} />
    </>
  );
}

function Scopes({ object, scopes }: { object: string; scopes: Scope[] }) {
  const { t } = useText();
  if (scopes.length === 0) return t("admin.never");
  return scopes.map((scope, at) => (
    <span key={JSON.stringify(scope)}>
      {at > 0 && t("admin.comma")}
      {typeof scope === "string" ? t(`admin.scope.${scope}`) : <ConditionText object={object} condition={scope.condition} />}
    </span>
  ));
}
