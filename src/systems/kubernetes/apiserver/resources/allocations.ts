/** Cluster IPs and node ports in use. Kept from the Services in the cache, and reserved while a Service is being written. */
export interface Allocations {
  /** Address → key of the Service. */
  readonly addresses: Map<string, string>;
  /** Node port → key of the Service. */
  readonly ports: Map<number, string>;
}

/** Nothing in use. */
export function createAllocations(): Allocations {
  return { addresses: new Map(), ports: new Map() };
}

/** Gives back what a Service that came to nothing had reserved. */
export function releaseAllocations(_allocations: Allocations, _namespace: string, _name: string): void {
  // Services are given addresses in the next step.
}
