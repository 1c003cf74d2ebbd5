/** Hosts and their capacity, as plain data. */
export { allocatableMemory, EVICTION_MEMORY_BYTES, type Machine, MACHINE_TYPES, type MachineTypeName, MAX_PODS } from "./machine.ts";
