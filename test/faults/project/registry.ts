/** A registry as the compiler would write it, for workers that are going to be killed. */
import { setTimeout } from "node:timers/promises";
import { createApp } from "tqc";
import type { TaskContract } from "../../../runtime/manifest.js";

export const app = createApp();

function contract(name: string, maxRetries = 0): TaskContract {
  return {
    name,
    module: "registry.ts",
    export: name,
    builder: name,
    parameters: [{ name: "args", rest: true, schema: true, text: "...args: unknown[]" }],
    result: true,
    returns: "unknown",
    options: { maxRetries, retryBackoff: 10 },
    fingerprint: `${name}-1`,
    codec: "superjson",
  };
}

for (const name of ["square", "sum", "mark"]) app.declare(contract(name));

const taken = (ms: number) => setTimeout(ms);

app.register({
  /** Takes a while, so that workers die in the midst of it. */
  async square(n: number): Promise<number> {
    await taken(n % 7);
    return n * n;
  },
  async sum(values: number[]): Promise<number> {
    await taken(3);
    return values.reduce((total, value) => total + value, 0);
  },
  mark: (value: unknown) => value,
});
