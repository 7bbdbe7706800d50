import { createContext, useContext, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";

import { SidePanel } from "@/ui";

import styles from "./relay.module.css";

type Props = { title: string; lead?: ReactNode; onClose: () => void; width?: number; children: ReactNode };

const WIDTH = 480;
const FootContext = createContext<HTMLElement | null>(null);

/** A few questions beside what they are about; on the phone the whole screen with its buttons under the thumb. The
 * frame stays while its content is still being read. */
export function Sheet({ title, lead, onClose, width = WIDTH, children }: Props) {
  const [foot, setFoot] = useState<HTMLElement | null>(null);
  return createPortal(
    <SidePanel label={title} title={title} footer={<div ref={setFoot} className={styles["foot"]} />} onClose={onClose} width={width}>
      <div className={styles["sheet"]}>
        {lead && <p className={styles["lead"]}>{lead}</p>}
        <FootContext value={foot}>{children}</FootContext>
      </div>
    </SidePanel>,
    document.body,
  );
}

/** The buttons of a sheet, given from within its content. */
export function Foot({ children }: { children: ReactNode }) {
  const foot = useContext(FootContext);
  return foot && createPortal(children, foot);
}
