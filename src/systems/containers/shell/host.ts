/** What a shell needs of the container it runs in. Handed in anew for every step; not part of its state. */
import type { RandomStream } from "../../../engine/random/index.ts";
import type { Files } from "../filesystem/index.ts";
import type { Packet } from "../packets/index.ts";

/** A line of `ps`: what runs in the container. */
export interface ProcessRow {
  readonly pid: number;
  readonly command: string;
}

/** See the module's comment. */
export interface ShellHost {
  readonly now: number;
  readonly files: Files;
  readonly hostname: string;
  readonly ip: string;
  readonly namespace: string;
  /** The image is a stand-in: files that it would have are taken as there when they are copied. */
  readonly standIn: boolean;
  readonly random: RandomStream;
  /** Name servers of the pod, first first. */
  readonly nameServer: string;
  /** Writes to the container's output. */
  write(stream: "stdout" | "stderr", text: string): void;
  /** Sends a packet; the answer comes by {@link packetAnswered} with the same task number. */
  send(task: number, packet: Omit<Packet, "type" | "sourceIp">): void;
  /**
   * Starts a program of the image. Returns its pid, or undefined when the image has no such program.
   * Its end is told by {@link programEnded}.
   */
  launch(argv: readonly string[], env: Readonly<Record<string, string>>): number | undefined;
  /** Signals a program that was launched, or says that there is none. */
  kill(pid: number, signal: string): boolean;
  processes(): readonly ProcessRow[];
}
