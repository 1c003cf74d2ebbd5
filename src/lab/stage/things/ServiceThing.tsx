import { memo } from "react";
import { useText } from "../../i18n/index.ts";
import { useEntity } from "../../stores/index.ts";
import { MiddleEllipsis } from "../../ui/index.ts";
import { ThingButton } from "./ThingButton.tsx";

/** A Service: its address, and how many pods answer behind it. */
export const ServiceThing = memo(function ServiceThing({ id }: { readonly id: string }) {
  const service = useEntity("service", id);
  const text = useText();
  if (service === undefined) return null;
  const none = service.ready.length === 0 && service.notReady.length === 0;
  const words = none ? text.stage.traffic.noEndpoints : text.stage.traffic.endpoints(service.ready.length, service.notReady.length);
  return (
    <ThingButton id={id} className="service" label={text.stage.traffic.serviceLabel(service.name, words)} data={{ "data-problem": service.ready.length === 0 ? "" : undefined }}>
      <span className="workload-kind">Service · {service.kind}</span>
      <MiddleEllipsis className="workload-name" text={service.name} />
      <span className="service-address mono" title={service.ports.join(", ")}>{service.external || service.clusterIp} {service.ports[0] ?? ""}</span>
      <span className="workload-words">{words}</span>
    </ThingButton>
  );
});
