// npm start: installs what is missing, builds when the sources changed, serves dist/ and prints one URL.
import { createReadStream, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fail, installPackages, requireNode, root, run } from "./install.mjs";

requireNode();
installPackages();
buildIfStale();
serve(join(root, "dist"), portWanted());

function portWanted() {
  const text = process.env.PORT ?? "4173";
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`PORT must be a number from 0 to 65535, not "${text}".`);
  return port;
}

function buildIfStale() {
  const stamp = join(root, "dist/.built-from");
  const state = newest(["src", "public", "index.html", "vite.config.ts", "package-lock.json"].map((path) => join(root, path)));
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === state) return;
  console.log("Building …");
  run(process.execPath, [join(root, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn"]);
  writeFileSync(stamp, state);
}

/** A text that changes when any file below the paths is added, removed or written. */
function newest(paths) {
  let latest = 0;
  let count = 0;
  for (const path of paths.filter((candidate) => existsSync(candidate))) {
    const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)) : [path];
    for (const file of files) {
      latest = Math.max(latest, statSync(file).mtimeMs);
      count++;
    }
  }
  return `${count} ${latest}`;
}

function serve(folder, port) {
  const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".json": "application/json", ".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".png": "image/png", ".webmanifest": "application/manifest+json", ".wasm": "application/wasm" };
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const wanted = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const inside = wanted.startsWith(folder) && existsSync(wanted) && statSync(wanted).isFile();
    if (!inside) {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" }).end("Not found");
      return;
    }
    const cache = path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    response.writeHead(200, { "content-type": types[extname(wanted)] ?? "application/octet-stream", "cache-control": cache, "x-content-type-options": "nosniff" });
    createReadStream(wanted).pipe(response);
  });
  server.on("error", (error) => fail(error.code === "EADDRINUSE" ? `Port ${port} is taken. Set another one, for example: PORT=${port + 1} npm start` : `The lab cannot be served: ${error.message}`));
  server.listen(port, process.env.HOST ?? "127.0.0.1", () => console.log(`Orrery is ready: http://localhost:${server.address().port}/`));
}
