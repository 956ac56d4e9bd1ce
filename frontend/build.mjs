// Bundles the styles and the scripts into bihuan/web/static/dist, where Django's static files find them.
// Third-party code (htmx, the web font) comes out of node_modules and goes nowhere into git.
import { rm } from "node:fs/promises";
import { build } from "esbuild";

const OUT = new URL("../bihuan/web/static/dist/", import.meta.url).pathname;

await rm(OUT, { recursive: true, force: true });
await build({
  entryPoints: [
    { in: "src/main.js", out: "bihuan" },
    { in: "src/theme.js", out: "theme" },
    { in: "src/styles/main.css", out: "bihuan" },
  ],
  outdir: OUT,
  bundle: true,
  minify: true,
  format: "iife",
  target: "chrome86", // the age of the browsers on government desks
  charset: "utf8",
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]",
  legalComments: "none",
  logLevel: "warning",
});
