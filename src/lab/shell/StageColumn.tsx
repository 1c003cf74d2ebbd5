import { CaptionBar } from "../captions/index.ts";
import { FaultChips } from "../faults/index.ts";
import { Stage } from "../stage/index.ts";

/** Stage with its caption below. */
export function StageColumn() {
  return (
    <div className="stage-column">
      <Stage><FaultChips /></Stage>
      <CaptionBar />
    </div>
  );
}
