import { lazy, Suspense, useEffect, useState } from "react";
import { useView } from "../stores/index.ts";
import { usePictured } from "./use-pictured.ts";

const DialogSet = lazy(async () => ({ default: (await import("./DialogSet.tsx")).DialogSet }));
const QUIET_MS = 2500;

/** Dialogs aren't needed to see the cluster live: they are fetched when first wanted, or once the page has come to rest. */
export function Dialogs() {
  const open = useView((state) => state.dialog !== "none");
  const [wanted, want] = useState(false);
  const pictured = usePictured();
  useEffect(() => {
    if (!pictured) return undefined;
    const timer = setTimeout(() => { want(true); }, QUIET_MS);
    return () => { clearTimeout(timer); };
  }, [pictured]);
  return open || wanted ? <Suspense><DialogSet /></Suspense> : null;
}
