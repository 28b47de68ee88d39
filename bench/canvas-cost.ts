/** `npx tsx bench/canvas-cost.ts`: what canvases cost by their size, and the memory of a chord over an async iterable. */
import { startRedis } from "../test/setup/redis.js";
import { costOf, forms } from "./canvas-bytes.js";
import { wideChord } from "./wide-chord.js";

const whole = (figure: number) => Math.round(figure).toLocaleString("en-US");
const megabytes = (bytes: number) => `${whole(bytes / 2 ** 20)} MB`;

console.log("| canvas | tasks | nodes | bytes | bytes/task | build, ms |\n|---|---|---|---|---|---|");
for (const form of forms) {
  costOf(form, form.sizes[0]!);
  for (const size of form.sizes) {
    const { tasks, nodes, bytes, milliseconds } = costOf(form, size);
    const cells = [form.name, whole(tasks), whole(nodes), whole(bytes), whole(bytes / tasks), milliseconds.toFixed(1)];
    console.log(`| ${cells.join(" | ")} |`);
  }
}

console.log("\n| chord over an async iterable | producer, peak | worker, peak | s |\n|---|---|---|---|");
const redis = await startRedis();
try {
  for (const count of [1_000, 25_000, 100_000]) {
    const { producer, worker, milliseconds } = await wideChord(redis.url, count);
    const cells = [whole(count), megabytes(producer), megabytes(worker), (milliseconds / 1_000).toFixed(1)];
    console.log(`| ${cells.join(" | ")} |`);
  }
} finally {
  await redis.stop();
}
