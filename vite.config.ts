import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * No request leaves the page's own origin and nothing is evaluated. Inline styles are allowed because the diagram and
 * the editor place things by style; Monaco's own worker is same-origin too.
 */
const POLICY = [
  "default-src 'self'", "script-src 'self'", "worker-src 'self' blob:", "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:",
  "font-src 'self' data:", "connect-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'none'",
].join("; ");

/** Puts the policy into the built page only: the development server needs inline scripts of its own. */
function contentSecurityPolicy(): Plugin {
  return {
    name: "orrery-content-security-policy",
    apply: "build",
    transformIndexHtml: () => [{ tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: POLICY }, injectTo: "head-prepend" }],
  };
}

const DIAGRAM = /node_modules\/(@xyflow|d3-|classcat|use-sync-external-store)/;
const REACT = /node_modules\/(react|react-dom|scheduler|zustand)\//;
const COMPONENTS = /node_modules\/(radix-ui|@radix-ui|@floating-ui|aria-hidden|react-remove-scroll|react-style-singleton|react-resizable-panels|lucide-react)/;

export default defineConfig({
  base: "./",
  plugins: [react(), contentSecurityPolicy()],
  worker: { format: "es" },
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Read first, so that the engine starts while the rest of the page is still being read.
            { name: "engine-line", test: /src\/app\/worker-port/ },
            { name: "react", test: REACT },
            { name: "diagram", test: DIAGRAM },
            { name: "components", test: COMPONENTS },
          ],
        },
      },
    },
  },
  server: { host: "127.0.0.1" },
  preview: { host: "127.0.0.1" },
});
