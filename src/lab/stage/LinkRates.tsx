import { useMemo } from "react";
import { useText } from "../i18n/index.ts";
import { useTopic } from "../stores/index.ts";
import { along, type Link, type StageLayout } from "./layout/index.ts";

/** Counts go stale after this many simulated seconds; see ClientView.byPod. */
const WINDOW_SECONDS = 10;

/** How many answers a second come from each pod, on the line to it. */
export function LinkRates({ layout }: { readonly layout: StageLayout }) {
  const text = useText();
  const links = useMemo(() => layout.links.filter((link) => link.look === "endpoint" || link.look === "no-endpoint"), [layout]);
  const told = useTopic("any-client", (entities) => JSON.stringify(countByPod(entities.all("client").map((client) => client.byPod), links)));
  if (links.length === 0 || told === "{}") return null;
  const counts = JSON.parse(told) as Readonly<Record<string, number>>;
  return (
    <>
      {links.map((link) => {
        const count = counts[link.to];
        if (count === undefined) return null;
        const at = along(link.curve, 0.66);
        return <span key={link.id} className="link-rate" style={{ left: at.x, top: at.y }}>{text.stage.traffic.perSecond(Math.round((count / WINDOW_SECONDS) * 10) / 10)}</span>;
      })}
    </>
  );
}

function countByPod(clients: readonly Readonly<Record<string, number>>[], links: readonly Link[]): Record<string, number> {
  const shown = new Set(links.map((link) => link.to));
  const counts: Record<string, number> = {};
  for (const byPod of clients) {
    for (const [pod, count] of Object.entries(byPod)) if (shown.has(pod) && count > 0) counts[pod] = (counts[pod] ?? 0) + count;
  }
  return counts;
}
