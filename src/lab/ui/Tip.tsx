import { Tooltip } from "radix-ui";
import type { ReactNode } from "react";

interface TipProps {
  readonly text: string;
  readonly keys?: string;
  readonly side?: "top" | "bottom" | "left" | "right";
  readonly children: ReactNode;
}

/** A hint on hover and focus; never the only place where something is said. */
export function Tip({ text, keys, side = "top", children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="tip" side={side} sideOffset={6} collisionPadding={8}>
          {text}{keys === undefined ? null : <kbd className="keycap">{keys}</kbd>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
