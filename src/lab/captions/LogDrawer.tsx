import { useDeferredValue, useMemo, useState } from "react";
import type { Caption } from "../../protocol/index.ts";
import { clockText, useText } from "../i18n/index.ts";
import { useCaptions, useClock, useLab, useView } from "../stores/index.ts";
import { Dialog, Segments } from "../ui/index.ts";
import { StrongText } from "./StrongText.tsx";

const SHOWN = 300;

/** Everything that was said, the newest first; each line selects what it is about. */
export function LogDrawer() {
  const lab = useLab();
  const text = useText();
  const words = text.stage.captions;
  const open = useView((state) => state.dialog === "log");
  return (
    <Dialog side="right" open={open} onClose={() => { lab.stores.view.setState({ dialog: "none" }); }} title={words.logTitle} description={words.logDescription} closeLabel={text.dialog.close}>
      <LogList />
    </Dialog>
  );
}

function LogList() {
  const text = useText();
  const words = text.stage.captions;
  const [weight, setWeight] = useState<"all" | "important">("important");
  const [sought, seek] = useState("");
  const log = useDeferredValue(useCaptions((state) => state.log));
  const lines = useMemo(() => newest(log, weight === "important", sought), [log, weight, sought]);
  return (
    <>
      <div className="log-tools">
        <Segments label={words.log} value={weight} onChange={setWeight} options={[{ value: "important", label: words.important }, { value: "all", label: words.all }]} />
        <label className="field"><span className="hidden-visually">{words.find}</span><input type="search" placeholder={words.find} value={sought} onChange={(event) => { seek(event.target.value); }} /></label>
      </div>
      {lines.length === 0 ? <p>{words.empty}</p> : <ol className="log">{lines.map((caption) => <LogLine key={caption.id} caption={caption} />)}</ol>}
    </>
  );
}

function LogLine({ caption }: { readonly caption: Caption }) {
  const lab = useLab();
  const startedAt = useClock((state) => state.startedAt);
  return (
    <li data-weight={caption.weight}>
      <button type="button" onClick={() => { lab.selectNote(caption.object, caption.component); }}>
        <time className="mono">{clockText(caption.at - startedAt)}</time>
        <i className="log-tone" data-tone={caption.tone} aria-hidden="true" />
        <span><StrongText sentence={caption.sentence} strong={caption.strong} /></span>
      </button>
    </li>
  );
}

/** The newest captions that match, at most as many as can be read. */
export function newest(log: readonly Caption[], important: boolean, sought: string): Caption[] {
  const wanted = sought.trim().toLowerCase();
  const found: Caption[] = [];
  for (let i = log.length - 1; i >= 0 && found.length < SHOWN; i -= 1) {
    const caption = log[i];
    if (caption === undefined || (important && caption.weight !== 1)) continue;
    if (wanted === "" || caption.sentence.toLowerCase().includes(wanted) || caption.object.includes(wanted)) found.push(caption);
  }
  return found;
}
