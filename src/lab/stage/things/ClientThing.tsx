import { memo } from "react";
import { useText } from "../../i18n/index.ts";
import { useEntity } from "../../stores/index.ts";
import { MiddleEllipsis } from "../../ui/index.ts";
import type { PodSize } from "../layout/index.ts";
import { ThingButton } from "./ThingButton.tsx";

/** A program that sends requests, and what came back. */
export const ClientThing = memo(function ClientThing({ id, size }: { readonly id: string; readonly size: PodSize }) {
  const client = useEntity("client", id);
  const text = useText();
  if (client === undefined) return null;
  const words = text.stage.traffic;
  const counts = `${words.answered(client.answered)}, ${words.failed(client.failed)}`;
  const label = `${words.client(client.name)}, ${client.target}, ${words.perSecond(client.perSecond)}, ${counts}`;
  return (
    <ThingButton id={id} className="client" label={label} data={{ "data-size": size, "data-problem": client.failedRecently > 0 ? "" : undefined }}>
      <span className="client-head"><MiddleEllipsis className="workload-name" text={client.name} /><span>{words.perSecond(client.perSecond)}</span></span>
      {size === "tile" ? <span className="service-address mono" title={client.target}>{client.target}</span> : null}
      <span className="client-counts">
        <span className="client-good">{size === "tile" ? words.answered(client.answered) : `✓ ${client.answered}`}</span>
        <span className="client-bad" data-some={client.failed > 0 ? "" : undefined} title={client.lastError}>{size === "tile" ? words.failed(client.failed) : `✕ ${client.failed}`}</span>
      </span>
      {size === "tile" ? <span className="client-latency">{words.latency(client.latencyMs)}{client.lastError === "" ? "" : ` · ${client.lastError}`}</span> : null}
    </ThingButton>
  );
});
