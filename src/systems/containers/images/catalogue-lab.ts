/** Images of Kubernetes' own examples, and the lab's small shop with versions that go wrong on purpose. */
import { SERVER } from "./catalogue-official.ts";
import type { CatalogueImage, ProgramSpec } from "./image.ts";

const MIB = 1024 * 1024;

const HELLO: ProgramSpec = { ...SERVER, ports: [8080], serves: "hello-app", startMs: 20, memoryBytes: 5 * MIB, startLines: ["{slashdate} Server listening on port {port}"], stop: "abrupt", stopCode: 2 };
const ECHO: ProgramSpec = { ...SERVER, ports: [8080], serves: "echo-request", startMs: 80 };
const GUESTBOOK: ProgramSpec = { ...SERVER, ports: [80], serves: "hello", startMs: 600, memoryBytes: 40 * MIB };
const REDIS: ProgramSpec = { ...SERVER, ports: [6379], serves: "redis", startMs: 60 };
const SHOP: ProgramSpec = { ...SERVER, ports: [80, 8080], serves: "shop", startMs: 1500, memoryBytes: 32 * MIB, startLines: ["{isodate} shop listening on :{port}"], latencyMs: 8, stopMs: 300 };

function single(repository: string, program: ProgramSpec, more: Partial<CatalogueImage> = {}): CatalogueImage {
  const binary = `/${repository.slice(repository.lastIndexOf("/") + 1)}`;
  return { repository, lines: "", names: "*", sizeBytes: 12_000_000, base: "distroless", entrypoint: [binary], cmd: [], commands: [binary.slice(1)], program, ...more };
}

const PAUSE: ProgramSpec = { ...SERVER, ports: [], serves: "none", startMs: 1, memoryBytes: 300 * 1024, stop: "abrupt", stopMs: 1 };
const AGNHOST_TAGS = "2.0 2.1 2.10 2.20 2.21 2.26 2.28 2.31 2.32 2.33 2.36 2.37 2.38 2.39 2.40 2.41 2.43 2.44 2.45 2.47 2.48 2.50 2.52 2.53 2.54 2.55 2.56 2.57 2.59 2.60";

/** Images of Kubernetes' documentation and tests. */
export const KUBERNETES_IMAGES: readonly CatalogueImage[] = [
  ...["registry.k8s.io/pause", "k8s.gcr.io/pause", "docker.io/kubernetes/pause", "gcr.io/google_containers/pause", "gcr.io/google-containers/pause"].map((name) => single(name, PAUSE, { names: "latest 1.0 2.0 3.0 3.1 3.2 3.3 3.4.1 3.5 3.6 3.7 3.8 3.9 3.10 3.10.1 3.10.2 go", sizeBytes: 320_448, base: "scratch" })),
  ...["gcr.io/google-samples/hello-app", "us-docker.pkg.dev/google-samples/containers/gke/hello-app", "gcr.io/google_samples/hello-app"].map((name) => single(name, HELLO, { names: "latest 1.0 2.0 3.0", sizeBytes: 11_700_000 })),
  single("registry.k8s.io/e2e-test-images/agnhost", { ...SERVER, ports: [], serves: "agnhost", startMs: 20 }, { names: AGNHOST_TAGS, sizeBytes: 51_000_000, base: "alpine", cmd: ["pause"] }),
  single("k8s.gcr.io/e2e-test-images/agnhost", { ...SERVER, ports: [], serves: "agnhost", startMs: 20 }, { names: AGNHOST_TAGS, sizeBytes: 51_000_000, base: "alpine", cmd: ["pause"] }),
  ...["registry.k8s.io/echoserver", "k8s.gcr.io/echoserver", "gcr.io/google_containers/echoserver", "registry.k8s.io/e2e-test-images/echoserver"].map((name) => single(name, ECHO, { names: "1.0 1.1 1.4 1.10 2.3 2.5", sizeBytes: 43_000_000, base: "debian" })),
  ...["registry.k8s.io/busybox", "k8s.gcr.io/busybox", "gcr.io/google_containers/busybox", "registry.k8s.io/e2e-test-images/busybox"].map((name): CatalogueImage => ({ repository: name, lines: "", names: "latest 1.24 1.27 1.27.2 1.28 1.29-2 1.29-4 1.36.1-1", sizeBytes: 721_000, base: "busybox", entrypoint: [], cmd: ["sh"] })),
  ...["registry.k8s.io/nginx-slim", "k8s.gcr.io/nginx-slim", "registry.k8s.io/nginx", "gcr.io/google_containers/nginx", "registry.k8s.io/e2e-test-images/nginx"].map((name) => single(name, { ...SERVER, serves: "files" }, { base: "debian", entrypoint: [], cmd: ["nginx", "-g", "daemon off;"], commands: ["nginx"], sizeBytes: 41_000_000, files: { "/usr/share/nginx/html/index.html": "<h1>Welcome to nginx!</h1>\n" } })),
  single("registry.k8s.io/e2e-test-images/redis", REDIS, { base: "alpine", entrypoint: ["docker-entrypoint.sh"], cmd: ["redis-server"], commands: ["redis-server", "docker-entrypoint.sh"] }),
  single("registry.k8s.io/redis", REDIS, { names: "e2e", base: "debian", commands: ["redis", "redis-server"] }),
  single("registry.k8s.io/hpa-example", { ...SERVER, serves: "cpu-burner", memoryBytes: 20 * MIB, latencyMs: 60 }, { names: "latest", base: "debian", sizeBytes: 193_000_000 }),
  single("registry.k8s.io/serve_hostname", { ...SERVER, ports: [9376], serves: "hostname" }, { names: "latest v1.4 1.1 1.4" }),
  single("registry.k8s.io/test-webserver", { ...SERVER, serves: "hello" }, { names: "latest e2e" }),
  ...["gcr.io/google-samples/gb-frontend", "us-docker.pkg.dev/google-samples/containers/gke/gb-frontend", "gcr.io/google_samples/gb-frontend"].map((name) => single(name, GUESTBOOK, { names: "v3 v4 v5 v6", base: "debian", sizeBytes: 187_000_000 })),
  ...["gcr.io/google_samples/gb-redisslave", "gcr.io/google-samples/gb-redis-follower", "us-docker.pkg.dev/google-samples/containers/gke/gb-redis-follower"].map((name) => single(name, REDIS, { names: "v1 v2 v3", base: "debian" })),
  single("registry.k8s.io/guestbook", { ...GUESTBOOK, ports: [3000] }, { names: "v3" }),
  single("docker.io/hashicorp/http-echo", { ...SERVER, ports: [5678], serves: "http-echo", startMs: 10, memoryBytes: 4 * MIB, stop: "graceful", stopCode: 0 }, { names: "latest 0.2.0 0.2.1 0.2.3 1.0 1.0.0", sizeBytes: 2_900_000 }),
  single("docker.io/curlimages/curl", { ...SERVER, ports: [] }, { lines: "7.77=0 7.83=1 7.88=1 8.1=2 8.5=0 8.8=0 8.10=1 8.12=1 8.16=0 8.17=0 8.21=0", names: "latest", base: "alpine", sizeBytes: 9_700_000, entrypoint: ["/entrypoint.sh"], cmd: ["curl"], commands: [], tools: ["curl"] }),
  single("docker.io/radial/busyboxplus", { ...SERVER, ports: [] }, { names: "latest curl git", base: "busybox", entrypoint: [], cmd: ["sh"], commands: [], tools: ["curl"] }),
  single("ghcr.io/stefanprodan/podinfo", { ...SERVER, ports: [9898, 9797, 9999], serves: "podinfo", memoryBytes: 18 * MIB, startMs: 100, startLines: ["{\"level\":\"info\",\"ts\":\"{isodate}\",\"msg\":\"Starting HTTP Server.\",\"addr\":\":9898\"}"], stopMs: 3000 }, { base: "alpine", entrypoint: ["./podinfo"], commands: ["podinfo", "podcli"], sizeBytes: 24_000_000 }),
  single("docker.io/polinux/stress", { ...SERVER, ports: [], serves: "stress" }, { names: "latest", base: "alpine", entrypoint: [], cmd: ["stress", "--help"], commands: ["stress"] }),
  single("docker.io/vish/stress", { ...SERVER, ports: [], serves: "stress" }, { names: "latest", base: "scratch", entrypoint: ["/stress"], commands: ["stress"] }),
];

/** The lab's shop: `:1` and `:2` work, the others teach what goes wrong. */
export const SHOP_IMAGES: readonly CatalogueImage[] = [
  single("docker.io/shop/web", SHOP, {
    names: "latest 1 2 3 broken slow leaky unready hang grumpy", sizeBytes: 38_000_000, base: "alpine",
    variants: {
      broken: { ends: { afterMs: 900, code: 1, lines: ["{isodate} FATAL cannot read /etc/shop/prices.json: no such file or directory"] } },
      slow: { startMs: 45_000 },
      leaky: { leakBytesPerSecond: 2 * MIB },
      unready: { serves: "shop-unready" },
      hang: { failsAfterMs: 60_000 },
      grumpy: { stop: "ignore" },
    },
  }),
  single("docker.io/shop/cart", { ...SHOP, startMs: 800, startLines: ["{isodate} cart listening on :{port}"] }, { names: "latest 1 2", base: "alpine", sizeBytes: 31_000_000 }),
  single("docker.io/shop/catalog", { ...SHOP, startMs: 800, startLines: ["{isodate} catalog listening on :{port}"] }, { names: "latest 1 2", base: "alpine", sizeBytes: 31_000_000 }),
  single("docker.io/shop/checkout", { ...SHOP, startMs: 1000, startLines: ["{isodate} checkout listening on :{port}"] }, { names: "latest 1 2", base: "alpine", sizeBytes: 33_000_000 }),
  single("docker.io/shop/db", { ...SHOP, ports: [5432], serves: "tcp", startMs: 3000, memoryBytes: 64 * MIB, startLines: ["{isodate} database ready on :{port}"] }, { names: "latest 1 2", base: "alpine", sizeBytes: 70_000_000 }),
  single("docker.io/shop/worker", { ...SHOP, ports: [], startLines: ["{isodate} worker waiting for jobs"] }, { names: "latest 1 2", base: "alpine", sizeBytes: 28_000_000 }),
];
