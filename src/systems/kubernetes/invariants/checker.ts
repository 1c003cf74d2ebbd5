/**
 * Checks a cluster's invariants on every change of its store, incrementally: a write costs what it touches.
 * Numbers are those of the project's list of invariants (see MODEL.md): each rule is a small function below or in a
 * neighbouring file, and each has a planted mutant in the tests that it must catch.
 */
import type { Envelope, Message, World, WorldObserver } from "../../../engine/bus/index.ts";
import type { Change } from "../../../engine/store/index.ts";
import { EventKind } from "../../../engine/trace/index.ts";
import { ETCD } from "../api/index.ts";
import type { EtcdState, EtcdTxn, EtcdValue } from "../etcd/index.ts";
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

/** Watches one world. Made its observer it looks after every event; {@link InvariantChecker.look} does so by hand. */
export class InvariantChecker implements WorldObserver {
  readonly violations: Violation[] = [];
  private revision = 0;
  /** The log as it was looked at last, and how much of it. It is a new list after a compaction. */
  private log: readonly Change<EtcdValue>[] = [];
  private looked = 0;
  private last: Change<EtcdValue> | undefined;
  /** The transaction that etcd is about to handle. */
  private transaction: EtcdTxn | undefined;
  private readonly seenUids = new Set<string>();
  private readonly addresses: AddressBook = createAddressBook();
  private readonly ledger: Ledger = createLedger();
  private readonly fleet: Fleet = createFleet();

  constructor(private readonly world: World) {}

  /** Before each event: what the one before it wrote. */
  onDelivered(envelope: Envelope): void {
    this.look();
    const body = envelope.body as Message | undefined;
    this.transaction = envelope.kind === EventKind.Request && body?.type === "etcd-txn" ? (body as EtcdTxn) : undefined;
  }

  /** Checks every write since the last look. */
  look(): void {
    const log = this.world.stateOf<EtcdState>(ETCD)?.store.log;
    if (log === undefined || (log === this.log && log.length === this.looked)) return;
    if (log !== this.log) this.looked = this.last === undefined ? 0 : log.lastIndexOf(this.last) + 1;
    this.log = log;
    for (; this.looked < log.length; this.looked++) this.check(log[this.looked] as Change<EtcdValue>);
    this.last = log.at(-1) ?? this.last;
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
    const { transaction } = this;
    if (transaction?.key === change.key && (change.previous?.modRevision ?? 0) !== transaction.expected) {
      report(4, `${change.key}: a write that expected revision ${transaction.expected} replaced revision ${change.previous?.modRevision ?? 0}`);
    }
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
