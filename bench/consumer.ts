/** One consuming process: `consumer.ts CONTENDER URL`. Told a count, it says how long the tasks took, first to last. */
import type { ContenderModule } from "./contender.js";

const [contender = "", url = ""] = process.argv.slice(2);
const { consume } = (await import(`./${contender}.ts`)) as ContenderModule;

let expected = 0;
let seen = 0;
let first = 0;

const consumer = await consume(url, () => {
  if (seen === 0) first = performance.now();
  seen += 1;
  if (seen === expected) process.send?.({ done: performance.now() - first });
});

process.on("message", (count: number) => {
  expected = count;
  seen = 0;
});
process.once("disconnect", () => {
  void consumer.stop().then(() => process.exit(0));
});
process.send?.({ ready: true });
process.once("message", () => void consumer.start());
