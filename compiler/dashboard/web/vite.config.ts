/** The dashboard's front end: built ahead into the package, with addresses that are right wherever it is mounted. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  publicDir: false,
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  worker: { format: "es" },
  build: {
    outDir: fileURLToPath(new URL("../../../dist/compiler/dashboard/web", import.meta.url)),
    emptyOutDir: true,
    target: "es2022",
    // The policy of the pages allows no code inside them.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    // What is built in comes with the words of those who wrote it.
    license: { fileName: "licenses.md" },
  },
});
