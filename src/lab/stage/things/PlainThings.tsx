import { useText } from "../../i18n/index.ts";
import { useClock, useTopic, useView } from "../../stores/index.ts";
import { shownPods } from "../stage-input.ts";

/** The person at the keyboard. */
export function YouThing({ brief }: { readonly brief: boolean }) {
  const text = useText();
  return <div className="you"><b>{text.stage.component.you}</b>{brief ? null : <span>{text.stage.component.yourLine}</span>}</div>;
}

function useWaiting(): number {
  const showSystem = useView((state) => state.showSystem);
  const namespace = useView((state) => state.namespace);
  return useTopic("node-pods:", (entities) => shownPods(entities, { showSystem, namespace }, "").length);
}

/** Heading of the queue between scheduler and nodes. */
export function QueueThing() {
  const text = useText();
  const waiting = useWaiting();
  const begun = useClock((state) => state.epoch >= 0);
  return begun ? <div className="queue" data-empty={waiting === 0 ? "" : undefined}>{text.stage.queue.title(waiting)}</div> : null;
}

/** How many more wait than there is room to show. */
export function MoreThing({ count }: { readonly count: number }) {
  const text = useText();
  return <div className="more">{text.stage.pod.more(count)}</div>;
}

/** Heading over pods without an owner. */
export function LooseHeading() {
  const text = useText();
  return <div className="loose">{text.stage.ownership.loose}</div>;
}
