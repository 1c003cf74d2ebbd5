import { Tooltip } from "radix-ui";
import { DropTarget } from "../drop/index.ts";
import { LabContext, type Lab } from "../stores/index.ts";
import { Shell } from "./Shell.tsx";

/** The whole page around one lab. */
export function LabPage({ lab }: { readonly lab: Lab }) {
  return (
    <LabContext value={lab}>
      <Tooltip.Provider delayDuration={400}>
        <DropTarget><Shell /></DropTarget>
      </Tooltip.Provider>
    </LabContext>
  );
}
