import { CaptionBar } from "../captions/index.ts";
import { FaultChips } from "../faults/index.ts";
import { useText } from "../i18n/index.ts";
import { Stage } from "../stage/index.ts";

/** Stage with its caption below. */
export function StageColumn() {
  const text = useText();
  return (
    <div className="stage-column">
      <h1 className="hidden-visually">{text.bar.home}</h1>
      <Stage><FaultChips /></Stage>
      <CaptionBar />
    </div>
  );
}
