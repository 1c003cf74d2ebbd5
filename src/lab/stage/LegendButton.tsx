import { Shapes } from "lucide-react";
import { Popover } from "radix-ui";
import type { PodState } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { Button, Tip } from "../ui/index.ts";
import { StateGlyph } from "./things/StateGlyph.tsx";

const STATES: readonly PodState[] = ["pending", "starting", "running", "ready", "succeeded", "crash-loop", "failed", "leaving", "unknown"];

/** What the signs on the stage mean. */
export function LegendButton() {
  const text = useText();
  const words = text.stage.legend;
  return (
    <Popover.Root>
      <Tip text={words.title}><Popover.Trigger asChild><Button look="quiet" icon aria-label={words.title}><Shapes size={16} aria-hidden /></Button></Popover.Trigger></Tip>
      <Popover.Portal>
        <Popover.Content className="menu legend" sideOffset={4} align="end" collisionPadding={8} aria-label={words.title}>
          <h3>{words.pods}</h3>
          <ul>{STATES.map((state) => <li key={state}><StateGlyph state={state} size={18} />{text.stage.pod.states[state]}</li>)}</ul>
          <h3>{words.revisions}</h3>
          <ul><li><i className="legend-edge" data-hue="a" />{words.a}</li><li><i className="legend-edge" data-hue="b" />{words.b}</li></ul>
          <h3>{words.messages}</h3>
          <ul>
            <li><MessageSign shape="request" />{words.request}</li><li><MessageSign shape="answer" />{words.answer}</li>
            <li><MessageSign shape="watch" />{words.watch}</li><li><MessageSign shape="write" />{words.write}</li>
          </ul>
          <p className="legend-credit">{words.credit}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function MessageSign({ shape }: { readonly shape: "request" | "answer" | "watch" | "write" }) {
  const color = `var(--${shape})`;
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      {shape === "watch" ? <path d="M3 14L9 3l6 11z" fill={color} /> : shape === "write" ? <rect x="4" y="4" width="10" height="10" rx="1.5" fill={color} /> : <circle cx="9" cy="9" r="5.5" fill={color} />}
    </svg>
  );
}
