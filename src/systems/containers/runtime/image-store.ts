/**
 * Images on a node's disk and their pulls. A pull asks the registry, transfers the layers that are not there yet and
 * unpacks them; pulls of the same image share one transfer. Figures: a registry's answer takes 300 to 700 ms, unpacking
 * runs at 180 MB/s; the transfer has the machine's bandwidth.
 */
import type { Context } from "../../../engine/bus/index.ts";
import { nextBelow } from "../../../engine/random/index.ts";
import type { CriResponse } from "../cri/index.ts";
import { type Image, parseReference, resolveImage } from "../images/index.ts";
import { answer } from "./answer.ts";
import type { RuntimeState } from "./state.ts";

const RESOLVE_MS = 300;
const RESOLVE_JITTER_MS = 400;
const UNPACK_BYTES_PER_MS = 180_000;

/** Name of the timers of pulls. */
export const PULL_TIMER = "pull/";

/** The full reference of an image text, or the text itself when it can't be parsed. */
export function canonicalReference(text: string): string {
  const parsed = parseReference(text);
  return "reference" in parsed ? parsed.reference.canonical : text;
}

/** The image on the disk, if it is there. */
export function storedImage(state: RuntimeState, text: string): Image | undefined {
  return state.images.get(text) ?? state.images.get(canonicalReference(text));
}

/** Answers an image's status. */
export function imageStatus(state: RuntimeState, text: string): CriResponse {
  const image = storedImage(state, text);
  return image === undefined ? { type: "cri/ok", present: false } : present(image);
}

function present(image: Image): CriResponse {
  return { type: "cri/ok", present: true, imageRef: image.repoDigest, sizeBytes: image.sizeBytes, standIn: image.standIn };
}

/** Starts or joins a pull. The reply comes when it is done. */
export function pullImage(state: RuntimeState, context: Context, text: string, request: number): void {
  const reference = canonicalReference(text);
  const running = state.pulls.get(reference);
  if (running !== undefined) {
    running.waiting.push(request);
    return;
  }
  const resolveMs = RESOLVE_MS + nextBelow(context.random, RESOLVE_JITTER_MS);
  const found = resolveImage(text);
  const fault = state.imageFaults.get(reference);
  if ("refusal" in found || fault?.missing === true) {
    const refusal = "refusal" in found ? found.refusal : notFound(reference);
    answer(context, request, { type: "cri/error", code: refusal.code, message: refusal.message }, resolveMs);
    return;
  }
  const missing = missingBytes(state, found.image);
  if (state.diskBytes + missing > state.config.machine.diskBytes) {
    answer(context, request, { type: "cri/error", code: "Unknown", message: `failed to pull and unpack image "${reference}": failed to extract layer: no space left on device` }, resolveMs);
    return;
  }
  const transferMs = missing / state.config.machine.networkBytesPerSecond * 1000 + missing / UNPACK_BYTES_PER_MS;
  state.pulls.set(reference, { image: found.image, startedAt: context.now, waiting: [request] });
  context.setTimer(PULL_TIMER + reference, resolveMs + Math.ceil(transferMs * (fault?.slowFactor ?? 1)), reference);
}

function notFound(reference: string): { readonly code: string; readonly message: string } {
  return { code: "NotFound", message: `failed to pull and unpack image "${reference}": failed to resolve reference "${reference}": ${reference}: not found` };
}

function missingBytes(state: RuntimeState, image: Image): number {
  let bytes = 0;
  for (const layer of image.layers) if (!state.layers.has(layer.id)) bytes += layer.bytes;
  return bytes;
}

/** A transfer is complete. */
export function pullFinished(state: RuntimeState, context: Context, reference: string): void {
  const pull = state.pulls.get(reference);
  if (pull === undefined) return;
  state.pulls.delete(reference);
  const transferred = missingBytes(state, pull.image);
  storeImage(state, pull.image);
  context.note("ImagePulled", `nodes/${state.config.node}`, {
    image: reference, node: state.config.node, sizeBytes: pull.image.sizeBytes, transferredBytes: transferred, tookMs: context.now - pull.startedAt,
  });
  if (pull.image.standIn) context.note("StandInStarted", `nodes/${state.config.node}`, { image: reference, node: state.config.node });
  for (const request of pull.waiting) context.reply(request, present(pull.image));
}

/** Puts an image on the disk. */
export function storeImage(state: RuntimeState, image: Image): void {
  if (state.images.has(image.reference)) return;
  state.images.set(image.reference, image);
  for (const layer of image.layers) {
    const users = state.layers.get(layer.id) ?? 0;
    if (users === 0) state.diskBytes += layer.bytes;
    state.layers.set(layer.id, users + 1);
  }
}

/** Takes an image off the disk; layers that others use stay. */
export function dropImage(state: RuntimeState, reference: string): void {
  const image = state.images.get(reference);
  if (image === undefined) return;
  state.images.delete(reference);
  for (const layer of image.layers) {
    const users = (state.layers.get(layer.id) ?? 1) - 1;
    if (users > 0) state.layers.set(layer.id, users);
    else {
      state.layers.delete(layer.id);
      state.diskBytes -= layer.bytes;
    }
  }
}
