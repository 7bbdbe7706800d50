import { Drawer } from "antd";
import type { ReactNode } from "react";

type Props = { title: ReactNode; onClose: () => void; children: ReactNode };

/** Comes from below over the page, as phones do it. */
export function Sheet({ title, onClose, children }: Props) {
  return (
    <Drawer open onClose={onClose} placement="bottom" size="auto" title={title}>
      {children}
    </Drawer>
  );
}
