import type { Fault, ObjectRef } from "../../protocol/index.ts";
import type { Catalogue } from "../i18n/index.ts";
import { refOfEntity, type Lab } from "../stores/index.ts";

/** One thing to do with a thing. */
export interface ThingAction {
  readonly key: string;
  readonly label: string;
  readonly tone: "plain" | "harm" | "mend";
  readonly run: () => void;
}

/** Everything that can be done with a thing, what looks first, what harms last. */
export function actionsFor(lab: Lab, text: Catalogue, id: string): readonly ThingAction[] {
  const entity = lab.entities.get(id);
  if (entity === undefined) return [];
  const ref = refOfEntity(entity);
  const inspect = act("inspect", text.stage.menu.inspect, () => {
    lab.selectEntity(id);
    lab.stores.view.setState({ desk: "inspector", deskOpen: true, narrowTab: "inspector" });
  });
  switch (entity.type) {
    case "pod": return [inspect, ...podActions(lab, text, id), ...removal(lab, text, ref), more(lab, text, id)];
    case "node": return [inspect, ...nodeActions(lab, text, id), more(lab, text, id)];
    case "component": return [inspect, ...partActions(lab, text, id, entity.title, entity.status)];
    case "workload": return [inspect, ...workloadActions(lab, text, id), ...removal(lab, text, ref)];
    case "service": return [inspect, act("requests", text.stage.menu.requests, () => {
      lab.selectEntity(id);
      lab.stores.view.setState({ dialog: "traffic" });
    }), ...removal(lab, text, ref)];
    case "client": return [act("stop", text.stage.menu.stopClient, () => {
      void lab.commands.traffic({ name: entity.name, url: entity.target, perSecond: entity.perSecond, from: "inside" }, false);
    }, "harm")];
    case "object": return [inspect, ...removal(lab, text, ref)];
  }
}

function podActions(lab: Lab, text: Catalogue, id: string): ThingAction[] {
  const pod = lab.entities.as("pod", id);
  if (pod === undefined) return [];
  return pod.containers.filter((one) => one.state === "running").map((one) =>
    act(`kill/${one.name}`, text.stage.menu.killContainer(one.name), () => { void lab.injectFault({ kind: "kill-container", target: `${pod.namespace}/${pod.name}`, container: one.name }); }, "harm"));
}

function nodeActions(lab: Lab, text: Catalogue, id: string): ThingAction[] {
  const node = lab.entities.as("node", id);
  if (node === undefined) return [];
  const words = text.stage.menu;
  const link = (kind: "cut-link" | "heal-link"): Fault => ({ kind, target: node.name, other: "control-plane" });
  const kubelet = `kubelet/${node.name}`;
  return [
    node.cordoned
      ? act("uncordon", words.uncordon, () => { void lab.commands.cordon(node.name, false, text.stage.applied.uncordoned(node.name)); }, "mend")
      : act("cordon", words.cordon, () => { void lab.commands.cordon(node.name, true, text.stage.applied.cordoned(node.name)); }),
    node.kubelet === "up" ? fault(lab, "kubelet", words.stop("kubelet"), { kind: "stop-component", target: kubelet }) : fault(lab, "kubelet", words.start("kubelet"), { kind: "start-component", target: kubelet }),
    node.cutOff ? fault(lab, "heal", words.healNode, link("heal-link")) : fault(lab, "cut", words.cutNode, link("cut-link")),
    node.powered ? fault(lab, "crash", words.crashNode, { kind: "crash-node", target: node.name }) : fault(lab, "start", words.startNode, { kind: "start-node", target: node.name }),
  ];
}

function partActions(lab: Lab, text: Catalogue, id: string, title: string, status: "up" | "down" | "paused"): ThingAction[] {
  const words = text.stage.menu;
  if (status === "down") return [fault(lab, "start", words.start(title), { kind: "start-component", target: id })];
  if (status === "paused") return [fault(lab, "resume", words.resume(title), { kind: "resume-component", target: id })];
  return [fault(lab, "pause", words.pause(title), { kind: "pause-component", target: id }), fault(lab, "stop", words.stop(title), { kind: "stop-component", target: id })];
}

const SCALABLE = new Set(["Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"]);

function workloadActions(lab: Lab, text: Catalogue, id: string): ThingAction[] {
  const one = lab.entities.as("workload", id);
  const ref = one === undefined ? null : refOfEntity(one);
  if (one === undefined || ref === null || !SCALABLE.has(one.kind) || one.owner !== "") return [];
  const actions = [act("up", text.stage.menu.scaleUp, () => { void lab.commands.scale(ref, one.desired + 1); })];
  if (one.desired > 0) actions.push(act("down", text.stage.menu.scaleDown, () => { void lab.commands.scale(ref, one.desired - 1); }));
  if (one.kind === "Deployment") actions.push(act("undo", text.stage.menu.undo, () => { void lab.commands.undoRollout(ref); }));
  return actions;
}

function removal(lab: Lab, text: Catalogue, ref: ObjectRef | null): ThingAction[] {
  return ref === null ? [] : [act("delete", text.stage.menu.remove, () => { void lab.commands.remove(ref); }, "harm")];
}

function more(lab: Lab, text: Catalogue, id: string): ThingAction {
  return act("faults", text.stage.menu.faults, () => {
    lab.selectEntity(id);
    lab.stores.view.setState({ dialog: "faults" });
  });
}

function fault(lab: Lab, key: string, label: string, what: Fault): ThingAction {
  const mends = what.kind.startsWith("start") || what.kind.startsWith("heal") || what.kind.startsWith("resume");
  return act(key, label, () => { void lab.injectFault(what); }, mends ? "mend" : "harm");
}

function act(key: string, label: string, run: () => void, tone: ThingAction["tone"] = "plain"): ThingAction {
  return { key, label, tone, run };
}
