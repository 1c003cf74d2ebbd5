import { useMemo } from "react";
import type { Inspection } from "../../protocol/index.ts";
import { useText } from "../i18n/index.ts";
import { useLab } from "../stores/index.ts";
import { Button } from "../ui/index.ts";
import { yamlTokens } from "./yaml-tokens.ts";

const MOST_LINES = 3_000;

interface YamlTabProps {
  readonly inspection: Inspection;
  readonly managed: boolean;
  readonly onManaged: (show: boolean) => void;
}

/** The live object as text, read only. */
export function YamlTab({ inspection, managed, onManaged }: YamlTabProps) {
  const lab = useLab();
  const text = useText();
  const words = text.inspector;
  const lines = useMemo(() => inspection.yaml.replace(/\n$/, "").split("\n"), [inspection.yaml]);
  const copy = (): void => {
    navigator.clipboard.writeText(inspection.yaml).then(() => { lab.toast(words.copied); }, () => { lab.toast(words.copyFailed, "failed"); });
  };
  return (
    <>
      <div className="inspector-tools">
        <label className="check"><input type="checkbox" checked={managed} onChange={(event) => { onManaged(event.target.checked); }} />{words.managedFields}</label>
        <Button look="quiet" onClick={copy}>{words.copy}</Button>
      </div>
      <div className="yaml" tabIndex={0} role="region" aria-label={words.yamlOf(inspection.ref.name)}>
        <pre>{lines.slice(0, MOST_LINES).map((line, index) => <YamlLine key={index} line={line} />)}</pre>
        {lines.length > MOST_LINES ? <p className="inspector-dim">{words.cut(MOST_LINES)}</p> : null}
      </div>
    </>
  );
}

function YamlLine({ line }: { readonly line: string }) {
  const tokens = useMemo(() => yamlTokens(line), [line]);
  return <>{tokens.map((token, index) => <span key={index} data-token={token.kind}>{token.text}</span>)}{"\n"}</>;
}
