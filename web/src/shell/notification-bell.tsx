import { useMarkRead, useNotifications, type Notification } from "@/api";
import { useText } from "@/i18n/use-text";
import { BellOutlined, Button, EmptyState, ErrorState, LineSkeleton, Pop, Time } from "@/ui";

import { usePanels } from "./panels";
import styles from "./shell.module.css";

export function NotificationBell() {
  const { t } = useText();
  const inbox = useNotifications();
  const unread = inbox.data?.unread ?? 0;
  const name = unread > 0 ? `${t("shell.notifications")}, ${t("shell.unread", { count: unread })}` : t("shell.notifications");
  return (
    <Pop placement="bottomRight" padded={false} title={t("shell.notifications")} content={(close) => <Inbox onClose={close} />}>
      <button type="button" className={styles["bell"]} aria-label={name}>
        <BellOutlined aria-hidden="true" />
        {unread > 0 && (
          <span className={styles["unread"]} aria-hidden="true">
            {unread > 99 ? "99+" : unread}
          </span>
        )}
      </button>
    </Pop>
  );
}

function Inbox({ onClose }: { onClose: () => void }) {
  const { t } = useText();
  const inbox = useNotifications();
  const mark = useMarkRead();
  const { openRecord } = usePanels();
  if (inbox.isPending) return <div className={styles["inbox"]}><LineSkeleton lines={5} /></div>;
  if (inbox.error) return <ErrorState error={inbox.error} onRetry={() => void inbox.refetch()} compact />;
  const open = (one: Notification) => {
    if (!one.read) mark.mutate({ ids: [one.id] });
    if (one.object && one.record) openRecord(one.object, one.record.id);
    onClose();
  };
  return (
    <div className={styles["inbox"]}>
      <div className={styles["inboxHead"]}>
        <strong>{t("shell.notifications")}</strong>
        {inbox.data.unread > 0 && (
          <Button type="link" size="small" onClick={() => mark.mutate({ all: true })}>
            {t("shell.markAllRead")}
          </Button>
        )}
      </div>
      {inbox.data.items.length === 0 && (
        <EmptyState compact title={t("shell.noNotifications")} text={t("shell.noNotificationsText")} />
      )}
      <ul className={styles["news"]}>
        {inbox.data.items.map((one) => (
          <li key={one.id}>
            <button type="button" className={one.read ? styles["old"] : styles["new"]} onClick={() => open(one)}>
              <span>{one.text}</span>
              <Time at={one.at} className="quiet" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
