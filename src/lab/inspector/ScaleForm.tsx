import { useId, useState } from "react";
import type { ObjectRef } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { useLab } from "../stores/index.ts";
import { Button } from "../ui/index.ts";

/** How many there should be. */
export function ScaleForm({ target, desired }: { readonly target: ObjectRef; readonly desired: number }) {
  const lab = useLab();
  const text = useText();
  const words = text.inspector.actions;
  const id = useId();
  const [value, setValue] = useState(String(desired));
  const good = /^\d{1,9}$/.test(value.trim());
  return (
    <form className="inspector-form" onSubmit={(event) => { event.preventDefault(); if (good) void lab.commands.scale(target, Number(value)); }}>
      <label htmlFor={id}>{words.replicas}</label>
      <input id={id} type="number" min={0} step={1} inputMode="numeric" value={value} aria-invalid={!good} title={good ? undefined : words.whole} onChange={(event) => { setValue(event.target.value); }} />
      <Button type="submit" disabled={!good || Number(value) === desired}>{words.scale}</Button>
    </form>
  );
}
