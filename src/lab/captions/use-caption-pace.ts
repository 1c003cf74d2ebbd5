import { useEffect } from "react";
import { nextCaption, useCaptions, useLab } from "../stores/index.ts";

/** A caption stays at least so long when others wait, ms of real time; shorter the more wait. */
const STAY_MS = 1700;
const HURRY_MS = 900;

/** Shows waiting captions one after the other, calmly. */
export function useCaptionPace(): void {
  const { captions } = useLab().stores;
  const waiting = useCaptions((state) => state.queue.length);
  const shown = useCaptions((state) => state.shown?.id ?? 0);
  useEffect(() => {
    if (waiting === 0) return undefined;
    const stay = shown === 0 ? 0 : waiting > 2 ? HURRY_MS : STAY_MS;
    const timer = setTimeout(() => { captions.setState(nextCaption); }, stay);
    return () => { clearTimeout(timer); };
  }, [captions, waiting > 0, waiting > 2, shown]); // eslint-disable-line react-hooks/exhaustive-deps -- more waiting must not start the stay anew
}
