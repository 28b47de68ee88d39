/**
 * `npx tsx --tsconfig bench/project/tsconfig.json bench/telemetry.ts`: what logs and traces cost per task, in CPU time, and what it
 * costs that they could be asked for. Each setting runs in turn, round after round, so that what else the machine does meets all alike.
 */
import { trace } from "@opentelemetry/api";
import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
import { type AppOptions, createApp, createTask, jsonLogger } from "tqc";
import { app as declared, type noop } from "./project/src/tasks.gen.js";

const TASKS = 5_000;
const ROUNDS = 9;

const sdk = new BasicTracerProvider();
const settings: Readonly<Record<string, AppOptions>> = {
  off: {},
  "off, once more": {},
  "a logger that writes nowhere": { logger: jsonLogger(() => {}) },
  "a tracer without an SDK": { tracer: trace.getTracer("tqc") },
  "a tracer with an SDK, nothing exported": { tracer: sdk.getTracer("tqc") },
};

/** CPU time of a task from `delay` to its value, in microseconds: producer, memory broker and worker together. */
async function cost(options: AppOptions): Promise<number> {
  const app = createApp({ broker: "memory://", ...options });
  const task = createTask<typeof noop>(app, declared.contract("tasks.noop.noop")!);
  app.register({ "tasks.noop.noop": () => null });
  await (await task.delay(2, 3, "")).get();
  const before = process.cpuUsage();
  const handles = await Promise.all(Array.from({ length: TASKS }, () => task.delay(2, 3, "")));
  await Promise.all(handles.map((handle) => handle.get()));
  const { user, system } = process.cpuUsage(before);
  await app.close();
  return (user + system) / TASKS;
}

/** What is asked where nothing is configured, in nanoseconds: once when a call is sent, once when it is run, twice when it has ended. */
function asking(): number {
  const options: { tracer?: object; logger?: object } = {};
  const link = {
    get tracer() {
      return options.tracer;
    },
  };
  const tracer = () => link.tracer;
  let found = 0;
  const times = 20_000_000;
  const before = process.cpuUsage();
  for (let i = 0; i < times; i++) if (tracer() || options.tracer || options.logger || options.logger) found += 1;
  const { user } = process.cpuUsage(before);
  return (user * 1_000) / times + found;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const found = new Map<string, number[]>(Object.keys(settings).map((name) => [name, []]));
for (let round = 0; round <= ROUNDS; round++) {
  for (const [name, options] of Object.entries(settings)) {
    const microseconds = await cost(options);
    // The first round warms up.
    if (round > 0) found.get(name)!.push(microseconds);
  }
}
console.log("| setting | CPU per task, us | of off |\n|---|---|---|");
const off = median(found.get("off")!);
for (const [name, values] of found) {
  console.log(`| ${name} | ${median(values).toFixed(1)} | ${(median(values) / off).toFixed(2)} |`);
}
asking();
console.log(`\nasking whether anything is configured: ${asking().toFixed(1)} ns per task`);
