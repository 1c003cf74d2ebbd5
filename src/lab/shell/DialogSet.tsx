import { LogDrawer } from "../captions/index.ts";
import { FaultDialog } from "../faults/index.ts";
import { GalleryDialog } from "../gallery/index.ts";
import { CommandPalette } from "../palette/index.ts";
import { TrafficDialog } from "../stage/index.ts";
import { KeysDialog } from "./KeysDialog.tsx";

/** All dialogs, each open when its name is in the view. */
export function DialogSet() {
  return (
    <>
      <CommandPalette />
      <GalleryDialog />
      <FaultDialog />
      <LogDrawer />
      <TrafficDialog />
      <KeysDialog />
    </>
  );
}
