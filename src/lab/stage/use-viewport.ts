import { useEffect, useState, type RefObject } from "react";
import type { Viewport } from "./layout/index.ts";

/** The size of an element in CSS pixels, rounded to eighths of a hundred so that a picture isn't laid out anew for a pixel. */
export function useViewport(element: RefObject<HTMLElement | null>): Viewport {
  const [size, setSize] = useState<Viewport>({ width: 0, height: 0 });
  useEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    const measure = (): void => {
      const next = { width: Math.round(target.clientWidth / 4) * 4, height: Math.round(target.clientHeight / 4) * 4 };
      setSize((before) => (before.width === next.width && before.height === next.height ? before : next));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    measure();
    return () => { observer.disconnect(); };
  }, [element]);
  return size;
}
