import { useState } from "react";
import { useStore } from "zustand";
import { bytesText, useText } from "../i18n/index.ts";
import { useLab } from "../stores/index.ts";
import { Button, Dialog } from "../ui/index.ts";
import { dropStore } from "./drop-store.ts";
import { openTexts } from "./open-found.ts";
import { asSession, openSession } from "./session-file.ts";

/** Asks before a session replaces the world, and before very large texts are opened. */
export function DropQuestion() {
  const question = useStore(dropStore, (state) => state.question);
  if (question === null) return null;
  return question.kind === "session" ? <SessionQuestion name={question.name} value={question.value} /> : <BigQuestion files={question.files} />;
}

const close = (): void => { dropStore.setState({ question: null }); };

function SessionQuestion({ name, value }: { readonly name: string; readonly value: unknown }) {
  const lab = useLab();
  const text = useText();
  const words = text.drop.session;
  const session = asSession(value);
  const [problem, setProblem] = useState("");
  const open = async (): Promise<void> => {
    if (typeof session === "string") return;
    const failed = await openSession(lab, session);
    if (failed !== "") { setProblem(failed); return; }
    close();
    lab.toast(words.opened);
  };
  const said = session === "newer" ? words.newer : session === "damaged" ? words.damaged(name) : words.text(name);
  return (
    <Dialog open onClose={close} title={words.title} description={said} closeLabel={text.drop.close}>
      {problem === "" ? null : <p role="alert" className="drop-problem">{problem}</p>}
      <div className="drop-answers">
        {typeof session === "string" ? null : <Button look="go" onClick={() => { void open(); }}>{words.go}</Button>}
        <Button onClick={close}>{words.keep}</Button>
      </div>
    </Dialog>
  );
}

function BigQuestion({ files }: { readonly files: readonly { readonly name: string; readonly text: string }[] }) {
  const lab = useLab();
  const text = useText();
  const size = bytesText(files.reduce((sum, file) => sum + file.text.length, 0));
  const open = (): void => {
    close();
    openTexts(lab, text, files);
  };
  return (
    <Dialog open onClose={close} title={text.drop.title} description={text.drop.bigAsk(files.length, size)} closeLabel={text.drop.close}>
      <div className="drop-answers"><Button look="go" onClick={open}>{text.drop.yes}</Button><Button onClick={close}>{text.drop.no}</Button></div>
    </Dialog>
  );
}
