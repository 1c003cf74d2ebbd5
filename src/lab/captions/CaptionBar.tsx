import { ScrollText } from "lucide-react";
import { useText } from "../i18n/index.ts";
import { isSystemNamespace, useCaptions, useLab, useTopic } from "../stores/index.ts";
import { Button, Tip } from "../ui/index.ts";
import { StrongText } from "./StrongText.tsx";
import { useCaptionPace } from "./use-caption-pace.ts";
import { WhyPopover } from "./WhyPopover.tsx";
import "./captions.css";

/** The loudest text on the stage: the one sentence that says what just happened, with Why? beside it. */
export function CaptionBar() {
  const lab = useLab();
  const text = useText();
  const words = text.stage.captions;
  const shown = useCaptions((state) => state.shown);
  const folded = useCaptions((state) => state.folded + state.queue.length);
  const busy = useTopic("workload", (entities) => entities.all("workload").some((one) => !isSystemNamespace(one.namespace)));
  useCaptionPace();
  const openLog = (): void => { lab.stores.view.setState({ dialog: "log" }); };
  return (
    <div className="caption">
      {shown === null ? <p className="caption-text">{busy ? words.busy : words.first}</p> : (
        <button type="button" className="caption-text" key={shown.id} title={shown.sentence} data-tone={shown.tone} onClick={() => { lab.selectNote(shown.object, shown.component); }}>
          <StrongText sentence={shown.sentence} strong={shown.strong} />
        </button>
      )}
      <div className="caption-end">
        {folded > 0 ? <Button look="text" className="caption-more" onClick={openLog}>{words.more(folded)}</Button> : null}
        {shown === null ? null : <WhyPopover caption={shown} />}
        <Tip text={words.log} keys="L"><Button look="quiet" icon aria-label={words.log} onClick={openLog}><ScrollText size={16} aria-hidden /></Button></Tip>
      </div>
    </div>
  );
}
