import { useEffect, useRef, useState } from "react";

/** A value that changes at most once in `restMs`: the first change passes at once, later ones wait their turn. 0 = at once. */
export function useCalm<V>(value: V, restMs: number): V {
  const [shown, show] = useState(value);
  const changedAt = useRef(-Infinity);
  useEffect(() => {
    const wait = changedAt.current + restMs - performance.now();
    const pass = (): void => {
      changedAt.current = performance.now();
      show(value);
    };
    if (wait <= 0) {
      pass();
      return undefined;
    }
    const timer = setTimeout(pass, wait);
    return () => { clearTimeout(timer); };
  }, [value, restMs]);
  return restMs === 0 ? value : shown;
}
