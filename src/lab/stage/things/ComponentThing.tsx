import { memo } from "react";
import { useText } from "../../i18n/index.ts";
import { useEntity } from "../../stores/index.ts";
import { SUN } from "../layout/index.ts";
import { ThingButton } from "./ThingButton.tsx";

/** A part of the control plane: the sun when it is the API server, else a pill on its orbit. */
export const ComponentThing = memo(function ComponentThing({ id }: { readonly id: string }) {
  const part = useEntity("component", id);
  const text = useText();
  const status = part?.status ?? "up";
  const titles: Readonly<Record<string, string | undefined>> = text.stage.component.titles;
  const title = id === SUN ? `${text.stage.component.api} ${text.stage.component.server}` : titles[id] ?? part?.title ?? id;
  const line = status === "up" ? part?.line ?? "" : text.stage.component[status];
  return (
    <ThingButton id={id} className={id === SUN ? "sun" : "part"} label={text.stage.component.label(title, text.stage.node.status[status], status === "up" ? line : "")} data={{ "data-status": status }}>
      {id === SUN ? <><b>{text.stage.component.api}</b><span>{status === "up" ? text.stage.component.server : line}</span></> : <><b>{title}</b>{line === "" ? null : <span title={line}>{line}</span>}</>}
    </ThingButton>
  );
});
