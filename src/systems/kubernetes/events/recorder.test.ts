import { describe, expect, it } from "vitest";
import { type Behaviour, World } from "../../../engine/bus/index.ts";
import type { ApiRequest } from "../api/index.ts";
import { createRecorder, type EventApi, type EventDraft, eventFailure, eventReply, eventTimer, recordEvent, type RecorderState } from "./index.ts";

const client = { server: "kube-apiserver", user: "u", agent: "a" };
const START = Date.UTC(2026, 0, 1);
const draft = (message: string, name = "web-1"): EventDraft => ({
  regarding: { kind: "Pod", apiVersion: "v1", namespace: "shop", name, uid: `u-${name}` }, type: "Warning", reason: "FailedScheduling", message, action: "Scheduling",
});

interface Say { readonly type: "say"; readonly drafts: readonly EventDraft[] }

function speaker(api: EventApi): Behaviour<RecorderState> {
  return {
    type: "speaker",
    start: () => createRecorder("tester", "node-1", api),
    onMessage: (state, context, body) => { for (const one of (body as Say).drafts) recordEvent(state, context, client, one); },
    onReply: (state, context, body, tag) => { eventReply(state, context, client, body, tag); },
    onFailure: (state, context, reason, tag) => { eventFailure(state, context, reason, tag); },
    onTimer: (state, context, name, body) => { eventTimer(state, context, client, name, body); },
  };
}

interface Server { readonly requests: ApiRequest[]; code: number }
const server: Behaviour<Server> = {
  type: "server",
  start: () => ({ requests: [], code: 201 }),
  onRequest: (state, context, body, request) => {
    state.requests.push(body as ApiRequest);
    context.reply(request, { type: "api-response", code: state.code, body: {} } as never);
  },
};

function world(api: EventApi, withServer = true): World {
  const made = new World({ seed: 1, startAt: START, behaviours: new Map<string, Behaviour<never>>([["speaker", speaker(api)], ["server", server]] as never) });
  made.spawn({ id: "speaker", type: "speaker", host: "a", config: undefined });
  if (withServer) made.spawn({ id: "kube-apiserver", type: "server", host: "b", config: undefined });
  made.run(START + 10);
  return made;
}
const say = (made: World, ...drafts: EventDraft[]): void => {
  made.inject("speaker", { type: "say", drafts } as never);
  made.run(made.now + 100);
};
const requests = (made: World): ApiRequest[] => made.stateOf<Server>("kube-apiserver")?.requests ?? [];

describe("core events", () => {
  it("are written once and then counted", () => {
    const made = world("core");
    say(made, draft("no room"), draft("no room"), draft("no room"));
    const [first, second, third] = requests(made);
    expect(first).toMatchObject({ verb: "create", group: "", namespace: "shop", body: { count: 1, message: "no room", involvedObject: { name: "web-1" }, source: { component: "tester", host: "node-1" } } });
    expect(second).toMatchObject({ verb: "patch", name: (first?.body as { metadata: { name: string } }).metadata.name, body: { count: 2 } });
    expect(third?.body).toMatchObject({ count: 3 });
  });

  it("with many different messages are folded together", () => {
    const made = world("core");
    say(made, ...Array.from({ length: 12 }, (_, index) => draft(`reason ${index}`)));
    const sent = requests(made);
    expect(sent.slice(0, 9).every((one) => one.verb === "create")).toBe(true);
    expect(sent[9]?.body).toMatchObject({ message: "(combined from similar events): reason 9" });
    expect(sent[11]).toMatchObject({ verb: "patch", body: { count: 3, message: "(combined from similar events): reason 11" } });
  });

  it("about one object stop after 25, and others go on", () => {
    const made = world("core");
    say(made, ...Array.from({ length: 40 }, () => draft("again")), draft("other", "web-2"));
    expect(requests(made)).toHaveLength(26);
    made.run(made.now + 300_000);
    say(made, draft("again"));
    expect(requests(made)).toHaveLength(27);
  });

  it("that are gone are written anew, with a new name", () => {
    const made = world("core");
    say(made, draft("no room"));
    (made.stateOf<Server>("kube-apiserver") as Server).code = 404;
    say(made, draft("no room"));
    const sent = requests(made).map((one) => one.verb);
    expect(sent).toEqual(["create", "patch", "create"]);
  });

  it("wait for the server", () => {
    const made = world("core", false);
    say(made, draft("no room"));
    made.spawn({ id: "kube-apiserver", type: "server", host: "b", config: undefined });
    made.run(made.now + 11_000);
    expect(requests(made)).toHaveLength(1);
  });
});

describe("events.k8s.io events", () => {
  it("become a series, and the server is told the final count when it ends", () => {
    const made = world("events.k8s.io");
    say(made, draft("1"), draft("2"), draft("3"), draft("4"));
    expect(requests(made)).toHaveLength(2);
    expect(requests(made)[0]).toMatchObject({ group: "events.k8s.io", body: { note: "1", reportingController: "tester", action: "Scheduling", regarding: { name: "web-1" } } });
    expect(requests(made)[1]).toMatchObject({ verb: "patch", body: { series: { count: 2 } } });
    made.run(made.now + 800_000);
    expect(requests(made)[2]).toMatchObject({ verb: "patch", body: { series: { count: 4 } } });
  });
});
