import { describe, expect, it } from "vitest";
import type { Stored } from "../../api/index.ts";
import type { EtcdValue } from "../../etcd/index.ts";
import { applyEvent, cached, createResourceCache, eventsAfter, eventsOfKeyAfter, fillCache, type ResourceCache } from "./resource-cache.ts";

function value(name: string, revision: number): EtcdValue {
  return { object: { apiVersion: "v1", kind: "Node", metadata: { name, uid: name, resourceVersion: String(revision), creationTimestamp: "" } } as unknown as Stored, fields: undefined };
}

function change(cache: ResourceCache, name: string, revision: number, gone = false): void {
  const previous = cached(cache, "", name);
  applyEvent(cache, { revision, key: cache.prefix + name, value: gone ? undefined : value(name, revision), previous }, 0);
}

function filled(): ResourceCache {
  const cache = createResourceCache("nodes", "Node", "/registry/minions/", false);
  fillCache(cache, [{ key: "/registry/minions/a", value: value("a", 3) }], 10);
  for (let revision = 11; revision <= 20; revision++) change(cache, "other", revision);
  change(cache, "a", 21);
  change(cache, "other", 22);
  change(cache, "a", 23);
  return cache;
}

describe("changes since a revision", () => {
  it("of one object are those of all, without the others'", () => {
    const cache = filled();
    for (let revision = 10; revision <= 24; revision++) {
      const expected = eventsAfter(cache, revision)?.filter((event) => event.key === "a");
      expect(eventsOfKeyAfter(cache, "", "a", revision)).toEqual(expected);
    }
    expect(eventsOfKeyAfter(cache, "", "a", 20)?.map((event) => event.revision)).toEqual([21, 23]);
  });

  it("of an object that went or came again include its earlier life", () => {
    const cache = filled();
    change(cache, "a", 24, true);
    expect(eventsOfKeyAfter(cache, "", "a", 22)?.map((event) => event.revision)).toEqual([23, 24]);
    change(cache, "a", 25);
    change(cache, "a", 26);
    expect(eventsOfKeyAfter(cache, "", "a", 22)?.map((event) => event.revision)).toEqual([23, 24, 25, 26]);
    expect(eventsOfKeyAfter(cache, "", "a", 25)?.map((event) => event.revision)).toEqual([26]);
  });

  it("can't be told from before the window", () => {
    expect(eventsOfKeyAfter(filled(), "", "a", 9)).toBeUndefined();
  });
});
