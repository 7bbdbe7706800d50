import { Popover } from "antd";
import { lazy, Suspense, useState, type ReactNode } from "react";

import { usePhone } from "./preferences";

type Props = {
  /** The button that opens it. */
  children: ReactNode;
  content: ReactNode | ((close: () => void) => ReactNode);
  title?: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  placement?: "bottomLeft" | "bottomRight" | "bottom" | "topLeft" | "top" | "rightTop";
  padded?: boolean;
  /** Also opens when only pointed at. */
  hover?: boolean;
};

/** Only phones draw it. */
const Sheet = lazy(() => import("./sheet").then((module) => ({ default: module.Sheet })));

const LISTENER = { display: "contents" } as const;

/** A small thing beside its button; on the phone a sheet from below. */
export function Pop({ children, content, title, open, onOpenChange, placement = "bottomLeft", padded = true, hover = false }: Props) {
  const phone = usePhone();
  const [own, setOwn] = useState(false);
  const isOpen = open ?? own;
  const change = (to: boolean) => {
    setOwn(to);
    onOpenChange?.(to);
  };
  const inside = () => (typeof content === "function" ? content(() => change(false)) : content);
  if (!phone) {
    return (
      <Popover
        open={isOpen}
        onOpenChange={change}
        trigger={hover ? ["hover", "click"] : "click"}
        placement={placement}
        arrow={false}
        destroyOnHidden
        content={inside}
        styles={padded ? {} : { container: { padding: 0 } }}
      >
        {children}
      </Popover>
    );
  }
  return (
    <>
      {/* Only listens; the button stands where it would without it. */}
      <span style={LISTENER} onClickCapture={() => change(true)}>
        {children}
      </span>
      {isOpen && (
        <Suspense fallback={null}>
          <Sheet title={title} onClose={() => change(false)}>
            {inside()}
          </Sheet>
        </Suspense>
      )}
    </>
  );
}
