/** etcd: the store behind the API server. */
export { etcd, type EtcdConfig, type EtcdState } from "./etcd.ts";
export type {
  EtcdCompact, EtcdDiskSpeed, EtcdEvent, EtcdEvents, EtcdGet, EtcdGetResult, EtcdItem, EtcdLeaseGrant, EtcdRange, EtcdRangeResult, EtcdReply, EtcdRequest,
  EtcdStatus, EtcdStatusResult, EtcdTxn, EtcdTxnResult, EtcdValue, EtcdWatch, EtcdWatchCanceled,
} from "./messages.ts";
