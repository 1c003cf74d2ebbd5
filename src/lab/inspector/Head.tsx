import { Boxes, CircleHelp, Server, Share2 } from "lucide-react";
import type { EntityView, ObjectRef } from "../../protocol/index.ts";
import { useText, type Catalogue } from "../i18n/index.ts";
import { StateGlyph, wordOf } from "../stage/index.ts";
import { useLab, useTopic } from "../stores/index.ts";
import { OpenLine } from "./OpenLine.tsx";
import type { Known } from "./use-inspection.ts";

/** Kind, name, and how it is doing in shape, colour and word. */
export function Head({ target, entityId, known }: { readonly target: ObjectRef; readonly entityId: string; readonly known: Known }) {
  const lab = useLab();
  const text = useText();
  const entity = useTopic(entityId === "" ? "none" : entityId, () => lab.entities.get(entityId));
  const state = stateOf(entity, text);
  return (
    <header className="inspector-head">
      <p className="inspector-kind">{target.kind}{target.namespace === "" ? "" : ` · ${target.namespace}`}<span className="hidden-visually">, {target.apiVersion}</span></p>
      <div className="inspector-title">
        <h2>{target.name}</h2>
        {state === null ? null : <p className="inspector-state" data-tone={state.tone}>{signOf(entity)}<span>{state.word}</span></p>}
      </div>
      {known.gone ? <p className="inspector-gone" role="status"><b>{text.inspector.gone(target.kind, target.name)}</b> {text.inspector.goneHint}</p> : <OpenLine target={target} />}
    </header>
  );
}

function signOf(entity: EntityView | undefined) {
  if (entity?.type === "pod") return <StateGlyph state={entity.state} size={16} />;
  if (entity?.type === "node") return <Server size={15} aria-hidden />;
  if (entity?.type === "service") return <Share2 size={15} aria-hidden />;
  return entity?.type === "workload" ? <Boxes size={15} aria-hidden /> : <CircleHelp size={15} aria-hidden />;
}

function stateOf(entity: EntityView | undefined, text: Catalogue): { readonly word: string; readonly tone: string } | null {
  switch (entity?.type) {
    case "pod": return { word: wordOf(entity, text), tone: entity.state };
    case "node": {
      const words = text.stage.node;
      const word = entity.ready === "Ready" ? words.ready : entity.ready === "NotReady" ? words.notReady : words.unknown;
      return { word: entity.cordoned ? `${word}, ${words.cordoned}` : word, tone: entity.ready === "Ready" ? "ready" : "failed" };
    }
    case "workload": return { word: entity.leaving ? text.inspector.leaving : text.inspector.notReadyOf(entity.ready, entity.desired), tone: entity.problem !== "" ? "failed" : entity.ready >= entity.desired ? "ready" : "starting" };
    case "service": return { word: text.stage.traffic.endpoints(entity.ready.length, entity.notReady.length), tone: entity.ready.length > 0 ? "ready" : "pending" };
    default: return null;
  }
}
