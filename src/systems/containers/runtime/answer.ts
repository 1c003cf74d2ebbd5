import type { Context } from "../../../engine/bus/index.ts";
import type { CriResponse } from "../cri/index.ts";
import type { PacketAnswer } from "../packets/index.ts";

/** Answers a request of the kubelet or of the network; typed, unlike the bus. */
export function answer(context: Context, request: number, response: CriResponse | PacketAnswer, extraDelayMs = 0): void {
  context.reply(request, response, extraDelayMs);
}
