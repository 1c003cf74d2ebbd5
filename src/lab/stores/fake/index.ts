/** The scripted double of the engine host: for tests, and in development by `?host=fake`. */
export { openFakeHost } from "./fake-host.ts";
export { fakeCrowd, fakeNode, fakePod, fakeWorkload } from "./fake-world.ts";
