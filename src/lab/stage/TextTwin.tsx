import { useEffect, useState } from "react";
import { useText, type Catalogue } from "../i18n/index.ts";
import { isSystemNamespace, useLab, type EntityStore } from "../stores/index.ts";
import { labelOf } from "./things/PodThing.tsx";
import { healthOf } from "./things/MachineThing.tsx";

const REST_MS = 1000;
const POD_LIMIT = 200;
/** In a crowd the list is made anew less often: nobody can listen that fast. */
const CROWD = 60;
const CROWD_REST_MS = 4000;

/** The world as a list for who listens rather than looks: the same words, refreshed once a second at most. */
export function TextTwin() {
  const { entities } = useLab();
  const text = useText();
  const [, refresh] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const wake = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh((n) => n + 1);
      }, entities.count("pod") > CROWD ? CROWD_REST_MS : REST_MS);
    };
    const stops = ["structure", "any-pod", "any-node", "any-component", "any-workload", "any-service", "any-client"].map((topic) => entities.subscribe(topic, wake));
    wake();
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [entities]);
  const words = text.stage.twin;
  return (
    <div className="hidden-visually" role="region" aria-label={words.title}>
      <h2>{words.title}</h2>
      <Section title={words.controlPlane} items={entities.all("component").map((one) => text.stage.component.label(one.title, text.stage.node.status[one.status], one.line))} />
      <Section title={words.nodes} items={entities.all("node").map((node) => `${text.stage.node.label(node.name, healthOf(node, text)[1], entities.podsOn(node.name).length)}: ${podsText(entities, node.name, text)}`)} />
      <Section title={words.waiting} items={podLines(entities, "", text)} />
      <Section title={words.workloads} items={entities.all("workload").filter((one) => !isSystemNamespace(one.namespace)).slice(0, POD_LIMIT).map((one) => text.stage.ownership.label(one.kind, one.name, text.stage.ownership.ready(one.ready, one.desired)))} />
      <Section title={words.services} items={entities.all("service").filter((one) => !isSystemNamespace(one.namespace)).map((one) => text.stage.traffic.serviceLabel(one.name, text.stage.traffic.endpoints(one.ready.length, one.notReady.length)))} />
      <Section title={words.clients} items={entities.all("client").map((one) => `${text.stage.traffic.client(one.name)}: ${text.stage.traffic.answered(one.answered)}, ${text.stage.traffic.failed(one.failed)}`)} />
    </div>
  );
}

function Section({ title, items }: { readonly title: string; readonly items: readonly string[] }) {
  const text = useText();
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul>{items.length === 0 ? <li>{text.stage.twin.none}</li> : items.map((item, i) => <li key={i}>{item}</li>)}</ul>
    </section>
  );
}

function podLines(entities: EntityStore, node: string, text: Catalogue): string[] {
  return entities.podsOn(node).slice(0, POD_LIMIT).flatMap((id) => {
    const pod = entities.as("pod", id);
    return pod === undefined || isSystemNamespace(pod.namespace) ? [] : [labelOf(pod, text)];
  });
}

function podsText(entities: EntityStore, node: string, text: Catalogue): string {
  const lines = podLines(entities, node, text);
  return lines.length === 0 ? text.stage.node.nothing : lines.join("; ");
}
