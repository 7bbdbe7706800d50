import { useEffect, useRef, useState } from "react";

const USUAL = 720;

/** How wide a part of the page is now. */
export function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(USUAL);
  useEffect(() => {
    const part = box.current;
    if (!part) return undefined;
    const watch = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width));
    });
    watch.observe(part);
    return () => watch.disconnect();
  }, []);
  return { box, width };
}
