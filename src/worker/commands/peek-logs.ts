/**
 * Logs as the runtime has them, read without a request: following a log must neither fill the session with inputs nor
 * the stage with messages. Only while kubelet and runtime are up; otherwise the real request says what is wrong.
 */
import type { Commands } from "../../protocol/index.ts";
import type { Pod } from "../../systems/kubernetes/api/index.ts";
import type { RuntimeContainer, RuntimeState } from "../../systems/containers/runtime/index.ts";
import type { CommandHost } from "../command-host.ts";
import { findObject } from "../store-reader.ts";

/** The last lines of a container, or undefined when the request has to be made to know. */
export function peekLogs(host: CommandHost, input: Commands["logs"]["input"]): readonly string[] | undefined {
  const { world } = host.stage.session;
  const pod = findObject(world, input.ref) as Pod | undefined;
  const node = pod?.spec?.nodeName ?? "";
  const uid = pod?.metadata?.uid;
  if (node === "" || uid === undefined || !isUp(host, `kubelet/${node}`) || !isUp(host, `runtime/${node}`)) return undefined;
  const runs = runsOf(world.stateOf<RuntimeState>(`runtime/${node}`), uid, input.container);
  const wanted = runs.at(input.previous ? -2 : -1);
  return wanted?.log.slice(Math.max(0, wanted.log.length - input.tail)).map((line) => line.text);
}

function isUp(host: CommandHost, component: string): boolean {
  return host.stage.session.world.findCell(component)?.status === "up";
}

function runsOf(state: RuntimeState | undefined, uid: string, name: string): readonly RuntimeContainer[] {
  const own: RuntimeContainer[] = [];
  for (const container of state?.containers.values() ?? []) if (container.podUid === uid && container.config.name === name) own.push(container);
  return own.sort((a, b) => a.createdAt - b.createdAt);
}
