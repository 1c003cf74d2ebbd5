// The import matrix of ARCHITECTURE.md, executable.
const MODULES = "engine/[^/]+|systems/[^/]+/[^/]+|base/[^/]+|protocol|worker|gateway|lesson-format|lab/[^/]+|app";
const only = (name, from, allowed) => ({
  name, severity: "error", comment: `${name}: may import only ${allowed.join(", ") || "nothing"}`,
  from: { path: `^src/${from}/` }, to: { path: "^src/", pathNot: allowed.map((folder) => `^src/${folder}/`) },
});
const TEST = "\\.(test|fake)\\.tsx?$";

module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    only("base", "base", ["base"]),
    only("engine", "engine", ["engine", "base"]),
    only("machines", "systems/machines", ["systems/machines", "engine", "base"]),
    only("containers", "systems/containers", ["systems/containers", "systems/machines", "engine", "base"]),
    only("kubernetes", "systems/kubernetes", ["systems/kubernetes", "systems/containers", "systems/machines", "engine", "base"]),
    only("protocol", "protocol", ["protocol", "base"]),
    only("lesson-format", "lesson-format", ["lesson-format", "protocol", "base"]),
    only("worker", "worker", ["worker", "systems", "engine", "protocol", "base"]),
    only("gateway", "gateway", ["gateway", "systems", "engine", "protocol", "base"]),
    only("lab", "lab", ["lab", "protocol", "lesson-format", "base"]),
    only("lessons", "lessons", []),
    { name: "folder-door", severity: "error", comment: "Import another module through its index.ts only.",
      from: { path: `^src/(${MODULES})/`, pathNot: TEST }, to: { path: `^src/(?:${MODULES})/`, pathNot: ["^src/$1/", "/index\\.tsx?$", "\\.css$"] } },
    { name: "no-node-in-page", severity: "error", from: { path: "^src/(base|engine|systems|protocol|lesson-format|lab|app|worker)/", pathNot: TEST }, to: { dependencyTypes: ["core"] } },
    { name: "no-tests-in-product", severity: "error", from: { path: "^src/", pathNot: TEST }, to: { path: "\\.test\\.tsx?$" } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.node.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".js", ".json"], exportsFields: ["exports"], conditionNames: ["import", "default"] },
  },
};
