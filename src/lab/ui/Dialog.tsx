import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { Button } from "./Button.tsx";

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description: string;
  readonly closeLabel: string;
  readonly side?: "middle" | "right";
  readonly children: ReactNode;
}

/** A modal with title, description and a way out; at the side it is a drawer. */
export function Dialog({ open, onClose, title, description, closeLabel, side = "middle", children }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={(next) => { if (!next) onClose(); }}>
      <Radix.Portal>
        <Radix.Overlay className="veil" />
        <Radix.Content className="dialog" data-side={side}>
          <div className="dialog-head">
            <div>
              <Radix.Title asChild><h2>{title}</h2></Radix.Title>
              <Radix.Description asChild><p>{description}</p></Radix.Description>
            </div>
            <Radix.Close asChild><Button look="quiet" icon aria-label={closeLabel}><X size={18} aria-hidden /></Button></Radix.Close>
          </div>
          <div className="dialog-body">{children}</div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
