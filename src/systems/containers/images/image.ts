/** The shape of simulated images: what a registry has, and what runs when a container starts from it. */

/** The main process of an image, as data; what it answers is code, found by `serves` in the programs' table. */
export interface ProgramSpec {
  /** Ports it listens on once started, unless its flags or environment say otherwise. */
  readonly ports: readonly number[];
  /** Time from exec to listening with a whole CPU, ms. */
  readonly startMs: number;
  /** Working set when idle. */
  readonly memoryBytes: number;
  /** Lines it writes when it starts; {ip}, {hostname}, {port} are filled in. */
  readonly startLines: readonly string[];
  /** Name of its request handler (programs/handlers). */
  readonly serves: string;
  /** What it does on its stop signal: finish open requests and leave, leave at once, or nothing (then SIGKILL). */
  readonly stop: "graceful" | "abrupt" | "ignore";
  /** Time it takes to leave, ms. */
  readonly stopMs: number;
  /** Exit code after its stop signal. */
  readonly stopCode: number;
  /** Time one request takes, ms. */
  readonly latencyMs: number;
  /** It ends by itself: after so long, with a code and last lines. */
  readonly ends?: { readonly afterMs: number; readonly code: number; readonly lines: readonly string[] };
  /** Memory it loses every second. */
  readonly leakBytesPerSecond?: number;
  /** At least one of these environment variables must be set, else it prints the lines and exits with the code. */
  readonly requiresEnv?: { readonly anyOf: readonly string[]; readonly lines: readonly string[]; readonly code: number };
  /** Its health end points fail after so long (agnhost liveness, images for lessons). */
  readonly failsAfterMs?: number;
}

/** One entry of the catalogue: a repository with its versions. */
export interface CatalogueImage {
  /** "docker.io/library/nginx". */
  readonly repository: string;
  /** Known version lines, "1.27=5" meaning 1.27 and 1.27.0 to 1.27.5; separated by spaces. */
  readonly lines: string;
  /** Tags that are not versions, "latest stable …"; suffixes like -alpine are known to all. */
  readonly names: string;
  readonly sizeBytes: number;
  /** What it is built on: images on the same base share its layer. */
  readonly base: ImageBase;
  readonly entrypoint: readonly string[];
  readonly cmd: readonly string[];
  /** The program that the image's own commands run (see `commands`). */
  readonly program?: ProgramSpec;
  /** Binaries that start the program. */
  readonly commands?: readonly string[];
  /** Tools it has beyond those of its base ("bash" on alpine). */
  readonly tools?: readonly string[];
  /** Versions that behave differently: by tag. */
  readonly variants?: Readonly<Record<string, Partial<ProgramSpec>>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly workingDir?: string;
  readonly stopSignal?: string;
  /** Files of the image that scripts may read. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Base images: their layer's size and whether they have a shell and which tools. */
export type ImageBase = "scratch" | "busybox" | "alpine" | "debian" | "distroless";

/** Bytes of each base's layer (compressed, round figures of the published images). */
export const BASE_BYTES: Readonly<Record<ImageBase, number>> = Object.freeze({
  scratch: 0, busybox: 1_906_887, alpine: 3_802_452, debian: 29_777_000, distroless: 812_000,
});

/** One layer of an image. */
export interface ImageLayer {
  readonly id: string;
  readonly bytes: number;
}

/** An image as a registry hands it out and a node keeps it. Immutable plain data, found by {@link CatalogueImage.repository} again. */
export interface Image {
  /** "docker.io/library/nginx:1.27". */
  readonly reference: string;
  /** "docker.io/library/nginx@sha256:…": the imageID of container statuses. */
  readonly repoDigest: string;
  readonly repository: string;
  readonly tag: string;
  readonly sizeBytes: number;
  readonly layers: readonly ImageLayer[];
  /** True when nothing is known of it: a program that listens on the declared ports stands in. */
  readonly standIn: boolean;
}

/** Why a registry does not hand an image out: gRPC code and containerd's text. */
export interface PullRefusal {
  readonly code: "NotFound" | "Unknown" | "InvalidArgument";
  readonly message: string;
}
