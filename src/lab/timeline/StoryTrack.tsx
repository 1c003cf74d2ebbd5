import { DropdownMenu, Toolbar } from "radix-ui";
import { memo, useDeferredValue, useMemo, useRef, type CSSProperties } from "react";
import type { Caption } from "../../protocol/index.ts";
import { clockText, spanText, useText } from "../i18n/index.ts";
import { useCaptions, useClock, useLab } from "../stores/index.ts";
import { Tip, useCalm } from "../ui/index.ts";
import { layoutStory, markWord, type StoryMark } from "./story.ts";
import { useWidth } from "./use-width.ts";

const REST_MS = 300;

/** What mattered so far, as named marks on a line that ends in the present. */
export function StoryTrack() {
  const text = useText();
  const track = useRef<HTMLDivElement>(null);
  const width = useWidth(track);
  // Deferred: in a busy world many marks move at once, and typing must not wait for them.
  const marks = useDeferredValue(useCalm(useCaptions((state) => state.marks), REST_MS));
  const startedAt = useClock((state) => state.startedAt);
  const now = useDeferredValue(useCalm(useClock((state) => Math.ceil(state.now / 250) * 250), REST_MS));
  const story = useMemo(() => layoutStory(marks, startedAt, now, width), [marks, startedAt, now, width]);
  return (
    <div className="story" ref={track}>
      <div className="story-line" aria-hidden="true"><i style={{ width: story.present }} /></div>
      {story.gaps.map((gap) => <span key={gap.x} className="story-gap" style={{ left: gap.x }} aria-hidden="true">{spanText(gap.ms)}</span>)}
      {marks.length === 0 ? <p className="story-none" style={{ left: story.present + 18 }}>{text.time.noMarks}</p> : (
        <Toolbar.Root className="story-marks" aria-label={text.time.marks}>
          {story.marks.map((mark) => (
            <div key={mark.captions[0]?.id} className="story-place" style={{ "left": mark.x, "--label-shift": `${mark.labelX - mark.x}px` } as CSSProperties}><Mark captions={mark.captions} row={mark.row} stem={mark.stem} startedAt={startedAt} /></div>
          ))}
        </Toolbar.Root>
      )}
      <i className="story-present" style={{ left: story.present }} aria-hidden="true" />
    </div>
  );
}

type MarkProps = Pick<StoryMark, "captions" | "row" | "stem"> & { readonly startedAt: number };

/** Marks are moved by their place; what they say is rendered anew only when it changes. */
const Mark = memo(function Mark(mark: MarkProps) {
  const { startedAt } = mark;
  const lab = useLab();
  const text = useText();
  const [first] = mark.captions;
  const last = mark.captions.at(-1) ?? first;
  if (first === undefined || last === undefined) return null;
  const at = text.time.at(clockText(last.at - startedAt));
  const dot = <><i className="story-dot" data-tone={worst(mark.captions)} data-several={mark.captions.length > 1 ? "" : undefined} />{mark.row < 0 ? null : <span className="story-word" data-row={mark.row} data-stem={mark.stem ? "" : undefined}>{markWord(mark.captions)}</span>}</>;
  if (mark.captions.length === 1) {
    return (
      <Tip text={`${first.sentence} (${at})`}>
        <Toolbar.Button className="story-mark" aria-label={`${first.sentence} ${at}`} onClick={() => { lab.selectNote(first.object, first.component); }}>{dot}</Toolbar.Button>
      </Tip>
    );
  }
  return (
    <DropdownMenu.Root>
      <Tip text={`${text.time.several(mark.captions.length)}: ${last.sentence} (${at})`}>
        <DropdownMenu.Trigger asChild><Toolbar.Button className="story-mark" aria-label={`${text.time.several(mark.captions.length)}, ${at}`}>{dot}</Toolbar.Button></DropdownMenu.Trigger>
      </Tip>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" side="top" sideOffset={4} collisionPadding={8}>
          {mark.captions.slice(-30).map((caption) => <DropdownMenu.Item key={caption.id} className="menu-item" onSelect={() => { lab.selectNote(caption.object, caption.component); }}><i className="story-dot" data-tone={caption.tone} />{caption.sentence}</DropdownMenu.Item>)}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}, saysTheSame);

function saysTheSame(a: MarkProps, b: MarkProps): boolean {
  return a.row === b.row && a.stem === b.stem && a.startedAt === b.startedAt && a.captions.length === b.captions.length
    && a.captions[0]?.id === b.captions[0]?.id && a.captions.at(-1)?.id === b.captions.at(-1)?.id;
}

const GRAVITY: readonly Caption["tone"][] = ["failed", "leaving", "write", "ready", "request", "plain"];

/** Several marks at one place show the gravest tone. */
function worst(captions: readonly Caption[]): Caption["tone"] {
  return GRAVITY.find((tone) => captions.some((caption) => caption.tone === tone)) ?? "plain";
}
