/** Hosts and their capacity, as plain data. */
export { allocatableMemory, type Machine, MACHINE_TYPES, type MachineTypeName, MAX_PODS } from "./machine.ts";
