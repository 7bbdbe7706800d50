import { getRouteApi } from "@tanstack/react-router";

import { useWorkspace } from "@/api";
import { Picker, useTitles } from "@/fields";
import { useText } from "@/i18n/use-text";
import { Button, FilterOutlined, Pop } from "@/ui";

import styles from "./reports.module.css";

const route = getRouteApi("/w/$ws/reports");

/** Narrows the funnel to one department with those below it, or to one person. */
export function ScopeTools({ object }: { object: string | undefined }) {
  const { t } = useText();
  const workspace = useWorkspace();
  const { department, owner } = route.useSearch();
  const navigate = route.useNavigate();
  const departments = useTitles("department", department ? [department] : []);
  const members = useTitles("member", owner ? [owner] : []);
  const set = (change: { department?: string | undefined; owner?: string | undefined }) =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  if (object && !workspace.object(object)?.traits.includes("owned")) return null;
  const chosen = [department && departments.get(department), owner && members.get(owner)].filter(Boolean);
  return (
    <Pop
      placement="bottomRight"
      title={t("insight.narrow")}
      content={
        <div className={styles["scope"]}>
          <label>
            <span>{t("insight.department")}</span>
            <Picker
              target="department"
              label={t("insight.department")}
              value={department ? { id: department, title: departments.get(department) ?? "" } : null}
              onChange={(found) => set({ department: found?.id })}
            />
          </label>
          <label>
            <span>{t("insight.owner")}</span>
            <Picker
              target="member"
              label={t("insight.owner")}
              value={owner ? { id: owner, title: members.get(owner) ?? "" } : null}
              onChange={(found) => set({ owner: found?.id })}
            />
          </label>
        </div>
      }
    >
      <Button size="small" type={chosen.length > 0 ? "primary" : "default"} ghost={chosen.length > 0} icon={<FilterOutlined />}>
        {chosen.length > 0 ? chosen.join(" · ") : t("insight.everybody")}
      </Button>
    </Pop>
  );
}
