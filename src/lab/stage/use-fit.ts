import { stageStore } from "./stage-store.ts";

/** Shows everything again, and keeps doing so. */
export function useFit(): () => void {
  return () => {
    stageStore.setState({ autoFit: false });
    stageStore.setState({ autoFit: true });
  };
}
