/**
 * One consuming process: `consumer.ts CONTENDER URL [VARIANT]`. Told how many tasks to expect, and how many of them only warm it up, it
 * says how long the others took, first to last.
 */
import type { ContenderModule } from "./contender.js";

const [contender = "", url = "", variant] = process.argv.slice(2);
const { consume } = (await import(`./${contender}.ts`)) as ContenderModule;

let expected = 0;
let warm = 0;
let seen = 0;
let first = 0;

const onTask = () => {
  if (seen === warm) first = performance.now();
  seen += 1;
  if (seen === expected) process.send?.({ done: performance.now() - first });
};
const consumer = await consume(url, onTask, variant === undefined ? {} : { variant });

process.on("message", (told: { readonly count: number; readonly warm: number }) => {
  expected = told.warm + told.count;
  warm = told.warm;
  seen = 0;
});
process.once("disconnect", () => {
  void consumer.stop().then(() => process.exit(0));
});
process.send?.({ ready: true });
process.once("message", () => void consumer.start());
