import type { FieldRequirement, Selector } from "../../selectors/index.ts";

/** One client's watch, as plain data. */
export interface Watcher {
  readonly stream: number;
  readonly storage: string;
  /** Version its events are served in, e.g. "autoscaling/v1". */
  readonly apiVersion: string;
  /** "" = all namespaces. */
  readonly namespace: string;
  /** metadata.name it asks for, if it asks for one object. */
  readonly name: string | undefined;
  /** spec.nodeName it asks for, if it watches one node's pods. */
  readonly node: string | undefined;
  readonly labels: Selector | undefined;
  readonly fields: readonly FieldRequirement[] | undefined;
  readonly bookmarks: boolean;
  /** True when a person or a program outside watches: field ownership is then written out in each object. */
  readonly shown: boolean;
  /** Highest revision told. */
  revision: number;
}
