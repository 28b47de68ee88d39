/** Counts the words below a folder: `wordcount.ts [folder]`. Runs in this process, or where TQC_BROKER_URL points. */
import { resolve } from "node:path";
import { app, chain, chord, countWords, listFiles, merge, render, top } from "./tasks.gen.js";
import "./tasks.registry.gen.js";

const folder = resolve(process.argv[2] ?? `${import.meta.dirname}/../..`);
const started = performance.now();

const listing = await listFiles.delay(folder);
const files = await listing.get({ timeout: "1m" });

// Map: one task per file, side by side. Reduce: one that adds up. Then two that make it readable.
const counted = chord(
  files.map((file) => countWords.s(file)),
  merge.s(),
);
const report = await chain(counted, top.s(15), render.s(40)).delay();
console.log(await report.get({ timeout: "5m" }));

console.log(`
   listFiles ──> countWords x${files.length} ──> merge ──> top ──> render
   ${files.length + 4} tasks in ${Math.round(performance.now() - started)} ms, run ${report.id}`);
await app.close();
