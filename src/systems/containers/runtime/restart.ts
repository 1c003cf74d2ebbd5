/** What a runtime keeps over the node's end, and how it comes back. */
import { storeImage } from "./image-store.ts";
import type { RuntimeConfig, RuntimeContainer, RuntimeDisk, RuntimeState } from "./state.ts";

/** Exit code and reason of a container whose end nobody saw (containerd: unknownExitCode = 255, reason "Unknown"). */
const UNKNOWN_EXIT_CODE = 255;

/** Called when the runtime goes down. */
export function keepDisk(state: RuntimeState): RuntimeDisk {
  const layers = new Set<string>();
  let imageBytes = 0;
  for (const image of state.images.values()) {
    for (const layer of image.layers) {
      if (!layers.has(layer.id)) imageBytes += layer.bytes;
      layers.add(layer.id);
    }
  }
  return {
    images: [...state.images.values()], filledBytes: state.diskBytes - imageBytes, volumes: state.volumes,
    sandboxes: [...state.sandboxes.values()].map((sandbox) => ({ ...sandbox, ready: false })),
    containers: [...state.containers.values()].map(dead),
  };
}

function dead(container: RuntimeContainer): RuntimeContainer {
  const rest = { ...container, shell: undefined, programs: [], execs: [], stopping: [], holds: [], serving: new Map() };
  if (container.state === "exited") return rest;
  const finishedAt = container.startedAt === 0 ? container.createdAt : container.startedAt;
  return { ...rest, state: "exited", exitCode: UNKNOWN_EXIT_CODE, reason: "Unknown", message: "", finishedAt };
}

/** A fresh runtime, or one with the disk of an earlier life. */
export function startFromDisk(config: RuntimeConfig, disk: RuntimeDisk | undefined): RuntimeState {
  const state: RuntimeState = {
    config, images: new Map(), layers: new Map(), diskBytes: disk?.filledBytes ?? 0, pulls: new Map(), imageFaults: new Map(), crashes: new Map(), sandboxes: new Map(),
    byIp: new Map(), hostSandboxes: new Set(), containers: new Map(), volumes: new Map(disk?.volumes ?? []), streams: new Set(),
  };
  for (const image of disk?.images ?? []) storeImage(state, image);
  for (const sandbox of disk?.sandboxes ?? []) state.sandboxes.set(sandbox.sandboxId, sandbox);
  for (const container of disk?.containers ?? []) state.containers.set(container.id, container);
  return state;
}
