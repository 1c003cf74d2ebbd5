import { Pause, Play, SkipForward, StepForward } from "lucide-react";
import type { PaceMode } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { useClock, useLab } from "../stores/index.ts";
import { Button, Segments, Tip } from "../ui/index.ts";
import { SpeedChoice } from "./SpeedChoice.tsx";

/** Play and pause, one hop, one event, and the pace. */
export function TimeControls({ compact }: { readonly compact: boolean }) {
  const lab = useLab();
  const text = useText();
  const { mode, playing, speed } = useClock((state) => state.pace);
  const words = text.time;
  const playText = playing ? words.pause : words.play;
  const setMode = (next: PaceMode): void => { void lab.commands.setPace(next, next === mode ? speed : 1); };
  return (
    <div className="time-controls">
      {mode === "step" ? null : <Tip text={playText} keys="Space"><Button look="go" icon aria-label={playText} onClick={() => { void lab.commands.play(!playing); }}>{playing ? <Pause size={16} aria-hidden /> : <Play size={16} aria-hidden />}</Button></Tip>}
      <Tip text={words.hop} keys="→"><Button icon aria-label={words.hop} onClick={() => { void lab.commands.step("hop"); }}><StepForward size={16} aria-hidden /></Button></Tip>
      {compact ? null : <Tip text={words.event} keys="Shift →"><Button icon aria-label={words.event} onClick={() => { void lab.commands.step("event"); }}><SkipForward size={16} aria-hidden /></Button></Tip>}
      <Segments
        label={words.pace} value={mode} onChange={setMode}
        options={[{ value: "live", label: words.live, hint: words.liveHint }, { value: "follow", label: words.follow, hint: words.followHint }, { value: "step", label: words.step, hint: words.stepHint }]}
      />
      {compact || mode === "step" ? null : <SpeedChoice mode={mode} speed={speed} />}
    </div>
  );
}
