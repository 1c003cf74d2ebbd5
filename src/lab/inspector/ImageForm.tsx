import { useId, useState } from "react";
import type { ObjectRef } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { useLab } from "../stores/index.ts";
import { Button } from "../ui/index.ts";
import { containerNames } from "./object-kinds.ts";

/** Which image a container of the template runs. */
export function ImageForm({ target, images, yaml }: { readonly target: ObjectRef; readonly images: readonly string[]; readonly yaml: string }) {
  const lab = useLab();
  const text = useText();
  const words = text.inspector.actions;
  const id = useId();
  const names = containerNames(yaml);
  const [container, choose] = useState(0);
  const live = images[container] ?? "";
  const [typed, type] = useState<string | null>(null);
  const value = typed ?? live;
  const send = async (): Promise<void> => {
    const answer = await lab.commands.attempt("set-image", { ref: target, container: names[container] ?? "", image: value.trim() });
    if (answer === undefined) return;
    lab.toast(answer.message, answer.ok ? "plain" : "failed");
    if (answer.ok) type(null);
  };
  return (
    <form className="inspector-form" onSubmit={(event) => { event.preventDefault(); void send(); }}>
      <label htmlFor={id}>{words.image}</label>
      {images.length > 1 ? <select aria-label={words.container} value={container} onChange={(event) => { choose(Number(event.target.value)); type(null); }}>{images.map((_, index) => <option key={index} value={index}>{names[index] ?? String(index + 1)}</option>)}</select> : null}
      <input id={id} className="mono" spellCheck={false} autoComplete="off" value={value} onChange={(event) => { type(event.target.value); }} />
      <Button type="submit" disabled={value.trim() === "" || value.trim() === live}>{words.setImage}</Button>
    </form>
  );
}
