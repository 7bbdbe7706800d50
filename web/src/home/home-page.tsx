import dayjs from "dayjs";

import { useWorkspace } from "@/api";
import { useText } from "@/i18n/use-text";
import { ErrorState } from "@/ui";

import { useHome, type Home } from "./api";
import { HomeSkeleton } from "./home-skeleton";
import styles from "./home.module.css";
import { Numbers } from "./numbers";
import { Passed } from "./passed";
import { SmallFunnel } from "./small-funnel";
import { Team } from "./team";
import { TodoList } from "./todo-list";

/** 首页: what I must do now, what became of what I passed on, and how it goes. */
export function HomePage() {
  const home = useHome();
  if (home.isPending) return <HomeSkeleton />;
  if (home.error && !home.data) return <ErrorState error={home.error} onRetry={() => void home.refetch()} />;
  return <Screen home={home.data} />;
}

function Screen({ home }: { home: Home }) {
  const { blueprint } = useWorkspace();
  return (
    <div className={styles["page"]}>
      <Greeting name={blueprint.me.member.title} />
      <div className={styles["columns"]}>
        <div className={styles["main"]}>
          <TodoList todo={home.todo} total={home.todo_count} compact={Boolean(home.team)} />
          {home.team && <Team team={home.team} />}
        </div>
        <aside className={styles["side"]}>
          <Passed passed={home.passed} />
          <Numbers figures={home.numbers} />
          <SmallFunnel />
        </aside>
      </div>
    </div>
  );
}

const NOON = 12;
const EVENING = 18;

function Greeting({ name }: { name: string }) {
  const { t } = useText();
  const hour = dayjs().hour();
  const time = hour < NOON ? "morning" : hour < EVENING ? "afternoon" : "evening";
  return <h1 className={styles["greeting"]}>{t(`home.greeting.${time}`, { name })}</h1>;
}
