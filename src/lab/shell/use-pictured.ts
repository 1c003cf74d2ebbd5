import { useEffect, useState } from "react";
import { useHost, useTopic } from "../stores/index.ts";

/** The editor waits no longer than this for the first picture, ms. */
const PATIENCE_MS = 6_000;

/** Whether the first picture is there: a pod that has a node, painted. What is heavy to load lets it go first. */
export function usePictured(): boolean {
  const placed = useTopic("pod", (entities) => entities.ids("pod").some((id) => entities.as("pod", id)?.node !== ""));
  const open = useHost((state) => state.phase === "running");
  const failed = useHost((state) => state.phase === "failed");
  const [pictured, setPictured] = useState(false);
  const there = (placed && open) || failed;
  useEffect(() => {
    if (pictured) return undefined;
    const show = (): void => { setPictured(true); };
    if (!there) {
      const timer = setTimeout(show, PATIENCE_MS);
      return () => { clearTimeout(timer); };
    }
    // After the frame that shows it, not in it.
    const frame = requestAnimationFrame(() => { setTimeout(show, 0); });
    const hidden = setTimeout(show, 500);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(hidden);
    };
  }, [there, pictured]);
  return pictured;
}
