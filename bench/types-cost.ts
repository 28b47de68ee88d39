/** `npx tsx bench/types-cost.ts`: what a generated module of so many tasks adds to TypeScript 6, in time and in types worked out. */
import { manyTasks } from "../test/types/many-tasks.js";
import { check } from "../test/types/program.js";

const RUNS = 5;

/** The best of some runs: what it costs when nothing else is going on. */
function best(text: string): { readonly milliseconds: number; readonly instantiations: number } {
  const runs = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    const { messages, instantiations } = check(text);
    if (messages.length > 0) throw new Error(messages[0]);
    return { milliseconds: performance.now() - start, instantiations };
  });
  return runs.reduce((a, b) => (a.milliseconds < b.milliseconds ? a : b));
}

const whole = (figure: number) => Math.round(figure).toLocaleString("en-US");
const none = best(manyTasks(1));
console.log("| tasks | added to tsc 6, ms | instantiations added |\n|---|---|---|");
for (const count of [100, 500, 1_000, 2_000]) {
  const { milliseconds, instantiations } = best(manyTasks(count));
  const cells = [count, milliseconds - none.milliseconds, instantiations - none.instantiations].map(whole);
  console.log(`| ${cells.join(" | ")} |`);
}
