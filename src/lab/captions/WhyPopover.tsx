import { Popover } from "radix-ui";
import { useState } from "react";
import type { Caption, CauseStep } from "../../protocol/index.ts";
import { clockText, useText } from "../i18n/index.ts";
import { useClock, useLab } from "../stores/index.ts";
import { Button } from "../ui/index.ts";

type Chain = readonly CauseStep[] | "asking" | "failed";

/** Walks back from a caption to what caused it. */
export function WhyPopover({ caption }: { readonly caption: Caption }) {
  const lab = useLab();
  const text = useText();
  const words = text.stage.captions;
  const [chain, setChain] = useState<Chain>("asking");
  const ask = async (): Promise<void> => {
    setChain("asking");
    try {
      setChain((await lab.ask("why", { id: caption.id })).steps);
    } catch {
      setChain("failed");
    }
  };
  return (
    <Popover.Root onOpenChange={(open) => { if (open) void ask(); }}>
      <Popover.Trigger asChild><Button look="text" className="caption-why">{words.why}</Button></Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="menu why" side="top" align="end" sideOffset={8} collisionPadding={12} aria-label={words.whyTitle}>
          <h3>{words.whyTitle}</h3>
          <Steps chain={chain} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Steps({ chain }: { readonly chain: Chain }) {
  const lab = useLab();
  const text = useText();
  const startedAt = useClock((state) => state.startedAt);
  if (chain === "asking") return <p role="status">{text.pane.loading}</p>;
  if (chain === "failed") return <p role="alert">{text.stage.captions.whyFailed}</p>;
  if (chain.length === 0) return <p>{text.stage.captions.whyEmpty}</p>;
  return (
    <ol className="why-steps">
      {chain.map((step) => (
        <li key={step.id}><button type="button" onClick={() => { lab.selectNote(step.object, step.component); }}><span>{step.sentence}</span><time className="mono">{clockText(step.at - startedAt)}</time></button></li>
      ))}
    </ol>
  );
}
