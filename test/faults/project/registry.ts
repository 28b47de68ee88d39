/** A registry as the compiler would write it, for workers that are going to be killed. */
import { appendFileSync, existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { createApp } from "tqc";
import type { TaskContract } from "../../../runtime/manifest.js";

export const app = createApp();

// A worker of a test that was itself killed is not to live on.
if (process.env.TQC_FLEET) {
  process.once("disconnect", () => process.exit(1));
  process.channel?.unref();
}

function contract(name: string): TaskContract {
  return {
    name,
    module: "registry.ts",
    export: name,
    builder: name,
    parameters: [{ name: "args", rest: true, schema: true, text: "...args: unknown[]" }],
    result: true,
    returns: "unknown",
    options: { maxRetries: 0, retryBackoff: 10 },
    fingerprint: `${name}-1`,
    codec: "superjson",
  };
}

for (const name of ["square", "sum", "mark", "exit", "block", "hang"]) app.declare(contract(name));

app.register({
  /** Takes a while, so that workers die in the midst of it. */
  async square(n: number): Promise<number> {
    await setTimeout(n % 7);
    return n * n;
  },
  async sum(values: number[]): Promise<number> {
    await setTimeout(3);
    return values.reduce((total, value) => total + value, 0);
  },
  mark: (value: unknown) => value,
  /** Takes its worker along. */
  exit: () => process.exit(3),
  /** Keeps the event loop to itself, and writes down that it ran. */
  block(ms: number, path: string): string {
    appendFileSync(path, "ran\n");
    stand(ms);
    return "moved on";
  },
  /** Hangs, but for the second time. */
  hang(path: string): string {
    if (existsSync(path)) return "ran elsewhere";
    appendFileSync(path, "hung\n");
    stand(120_000);
    return "woke up";
  },
});

function stand(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}
