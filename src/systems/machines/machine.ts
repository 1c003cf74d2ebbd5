/**
 * What a host is made of, as plain data. Figures are round ones for machine types that clouds rent out;
 * what the parts do with them (requests, memory limits, pull times) is modelled where it happens.
 */

/** A machine's capacity. */
export interface Machine {
  /** CPU, millicores. */
  readonly cpuMillis: number;
  readonly memoryBytes: number;
  /** Disk for images, logs and ephemeral storage. */
  readonly diskBytes: number;
  /** Bytes a second between the machine and a registry. */
  readonly networkBytesPerSecond: number;
  readonly architecture: "amd64" | "arm64";
}

const GIB = 1024 ** 3;

function machine(cores: number, memoryGib: number, diskGib: number): Machine {
  return Object.freeze({
    cpuMillis: cores * 1000, memoryBytes: memoryGib * GIB, diskBytes: diskGib * GIB, networkBytesPerSecond: 60_000_000, architecture: "amd64" as const,
  });
}

/** Machine types by name: what a world may offer. */
export const MACHINE_TYPES = Object.freeze({
  small: machine(2, 4, 40),
  medium: machine(4, 8, 80),
  large: machine(8, 16, 160),
  huge: machine(32, 64, 500),
});

/** Name of a machine type. */
export type MachineTypeName = keyof typeof MACHINE_TYPES;

/** What the kubelet keeps back from pods. Upstream's hard eviction threshold is memory.available<100Mi (pkg/kubelet/eviction/defaults_linux.go). */
export const EVICTION_MEMORY_BYTES = 100 * 1024 * 1024;
/** Upstream's default for the number of pods of a node (maxPods, pkg/kubelet/apis/config/v1beta1/defaults.go). */
export const MAX_PODS = 110;

/** Memory that pods may ask for: capacity less the eviction threshold. */
export function allocatableMemory(machine: Machine): number {
  return machine.memoryBytes - EVICTION_MEMORY_BYTES;
}
