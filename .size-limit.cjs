// The budget counts what the page itself asks for before the stage lives: the entry script and its preloaded parts.
const { readFileSync } = require("node:fs");

const page = readFileSync("dist/index.html", "utf8");
const scripts = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map((match) => `dist/${match[1]}`);

module.exports = [{ name: "scripts before the stage lives (goal 250 KB gzip)", path: scripts, limit: "250 KB", gzip: true }];
