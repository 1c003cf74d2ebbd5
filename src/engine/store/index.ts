/** A revisioned store in the manner of etcd: every write is a revision, history can be read, watched from, compacted. */
export {
  type Change, type CompactedError, type Revisioned, type Store, type WriteResult,
  changesSince, compact, createStore, get, getAt, list, listAt, prefixOf, put, remove,
} from "./mvcc.ts";
