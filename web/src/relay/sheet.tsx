import { createPortal } from "react-dom";
import type { ReactNode } from "react";

import { SidePanel } from "@/ui";

import styles from "./relay.module.css";

type Props = { title: string; lead?: ReactNode; footer: ReactNode; onClose: () => void; width?: number; children: ReactNode };

const WIDTH = 480;

/** A few questions beside what they are about; on the phone the whole screen with its buttons under the thumb. */
export function Sheet({ title, lead, footer, onClose, width = WIDTH, children }: Props) {
  return createPortal(
    <SidePanel label={title} title={title} footer={footer} onClose={onClose} width={width}>
      <div className={styles["sheet"]}>
        {lead && <p className={styles["lead"]}>{lead}</p>}
        {children}
      </div>
    </SidePanel>,
    document.body,
  );
}
