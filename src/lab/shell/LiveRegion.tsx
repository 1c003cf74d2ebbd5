import { useEffect, useState } from "react";
import { useLab } from "../stores/index.ts";

const REST_MS = 2500;

/** Says the captions to screen readers, politely and not more often than can be listened to. */
export function LiveRegion() {
  const { captions } = useLab().stores;
  const [said, say] = useState("");
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = captions.subscribe((now, before) => {
      if (now.shown === before.shown) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        say(captions.getState().shown?.sentence ?? "");
      }, REST_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [captions]);
  return <div className="hidden-visually" aria-live="polite" role="status">{said}</div>;
}
