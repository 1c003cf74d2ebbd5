import type { Target } from "./state.ts";

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** Reads a URL, or "host:port" alone; undefined when it has no host or an impossible port. */
export function parseTarget(url: string): Target | undefined {
  const parts = /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/:?#\s]+)(?::(\d{1,5}))?([/?][^\s#]*)?(?:#.*)?$/i.exec(url.trim());
  if (parts === null) return undefined;
  const [, scheme = "http", host = "", portText, path = "/"] = parts;
  const port = portText === undefined ? (DEFAULT_PORTS[scheme.toLowerCase()] ?? 80) : Number(portText);
  if (port < 1 || port > 65_535) return undefined;
  return { host, port, path: path.startsWith("?") ? `/${path}` : path };
}
