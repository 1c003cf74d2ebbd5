/**
 * Checks a cluster's invariants on every change of its store, incrementally: a write costs what it touches.
 * Numbers are those of the project's list of invariants (see MODEL.md): each rule is a small function below or in a
 * neighbouring file, and each has a planted mutant in the tests that it must catch.
 */
import type { World } from "../../../engine/bus/index.ts";
import { type Change, changesSince } from "../../../engine/store/index.ts";
import { ETCD } from "../api/index.ts";
import type { EtcdState, EtcdValue } from "../etcd/index.ts";
import { addressRules, type AddressBook, createAddressBook } from "./addresses.ts";
import { metadataRules } from "./metadata.ts";
import { capacityRules, createLedger, type Ledger } from "./capacity.ts";
import type { Report, Write } from "./write.ts";
import { createFleet, type Fleet, workloadRules, workloadsAtRest } from "./workloads.ts";

/** One broken invariant. */
export interface Violation {
  /** Number in the list of invariants. */
  readonly invariant: number;
  readonly message: string;
  readonly revision: number;
  /** Virtual time, ms. */
  readonly at: number;
}

const MOST_VIOLATIONS = 100;

/** Watches one world. Call {@link InvariantChecker.look} often; after every event catches most. */
export class InvariantChecker {
  readonly violations: Violation[] = [];
  private revision = 0;
  private readonly seenUids = new Set<string>();
  private readonly addresses: AddressBook = createAddressBook();
  private readonly ledger: Ledger = createLedger();
  private readonly fleet: Fleet = createFleet();

  constructor(private readonly world: World) {}

  /** Checks every write since the last look. */
  look(): void {
    const store = this.world.stateOf<EtcdState>(ETCD)?.store;
    if (store === undefined || store.revision === this.revision) return;
    const changes = changesSince(store, Math.max(this.revision, store.compactedRevision));
    if ("compacted" in changes) return;
    for (const change of changes) this.check(change);
    this.revision = store.revision;
  }

  /** Checks what must hold once everything has come to rest. */
  atRest(): void {
    this.look();
    const report = this.reporter(this.revision);
    workloadsAtRest(this.fleet, report);
    this.addresses.atRest(report);
  }

  private check(change: Change<EtcdValue>): void {
    const report = this.reporter(change.revision);
    if (change.revision <= this.revision) report(1, `revision ${change.revision} after ${this.revision}`);
    const write: Write = { before: change.previous?.value.object, after: change.value?.object, revision: change.revision };
    metadataRules(write, change.key, this.seenUids, report);
    capacityRules(this.ledger, write, report);
    addressRules(this.addresses, write, report);
    workloadRules(this.fleet, write, report);
    this.revision = change.revision;
  }

  private reporter(revision: number): Report {
    return (invariant, message) => {
      if (this.violations.length < MOST_VIOLATIONS) this.violations.push({ invariant, message, revision, at: this.world.now });
    };
  }
}
