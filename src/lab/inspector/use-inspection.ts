import { useEffect, useState } from "react";
import type { Inspection, ObjectRef } from "../../protocol/index.ts";
import { useLab } from "../stores/index.ts";
import { createThrottle } from "./throttle.ts";

/** After a change of the object itself; events and conditions come with other objects' changes and may wait longer. */
const SOON_MS = 250;
const LATER_MS = 1_000;

/** What is known of an object, and how it was asked for. */
export interface Known {
  readonly inspection: Inspection | null;
  /** Simulated now when it was read, ms. */
  readonly now: number;
  readonly error: string;
  /** True when it was there once and is gone. */
  readonly gone: boolean;
}

const NOTHING: Known = { inspection: null, now: 0, error: "", gone: false };

/** Reads an object and keeps reading it as it changes. What was shown stays until the answer is there. */
export function useInspection(ref: ObjectRef, entityId: string, managedFields: boolean): Known {
  const lab = useLab();
  const [known, setKnown] = useState(NOTHING);
  useEffect(() => {
    let over = false;
    let asked = 0;
    const read = async (): Promise<void> => {
      asked += 1;
      const mine = asked;
      const answer = await lab.ask("inspect", { ref, managedFields }).catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
      if (over || mine !== asked) return;
      const { now } = lab.stores.clock.getState();
      setKnown((before) => after(before, answer, now));
    };
    const throttle = createThrottle(() => { void read(); });
    void read();
    const stops = [
      entityId === "" ? () => undefined : lab.entities.subscribe(entityId, () => { throttle.within(SOON_MS); }),
      lab.stores.clock.subscribe((state, before) => { if (state.revision !== before.revision) throttle.within(LATER_MS); }),
    ];
    return () => {
      over = true;
      throttle.stop();
      for (const stop of stops) stop();
    };
  }, [lab, ref, entityId, managedFields]);
  return known;
}

function after(before: Known, answer: Inspection | string, now: number): Known {
  if (typeof answer === "string") return { ...before, error: answer };
  if (answer.found || before.inspection === null) return { inspection: answer, now, error: "", gone: false };
  return { ...before, error: "", gone: before.inspection.found };
}
