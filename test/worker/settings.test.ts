import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { workerCommand } from "../../compiler/commands/worker.js";
import { healthPortOf, levelOf, readConfig, settingsOf, type WorkerFlags } from "../../compiler/worker/flags.js";
import { call, Rig } from "./rig.js";

/** What the command line comes to, as `tqc worker` would see it. */
function parse(args: readonly string[], env: Readonly<Record<string, string>> = {}): WorkerFlags {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const command = workerCommand().action(() => {});
  command.parse([...args], { from: "user" });
  return command.opts<WorkerFlags>();
}

/** A config file in a folder of its own, as it is read from there. */
async function configured(source: string) {
  const folder = mkdtempSync(join(tmpdir(), "tqc-config-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, "tqc.config.mjs"), `export default ${source};`);
  return (await readConfig({}, folder)).config;
}

const WORKER = {
  concurrency: 3,
  queues: ["c"],
  name: "config",
  lease: "3s",
  maxDeliveries: 4,
  shutdownTimeout: "5s",
  maxTasks: 6,
  maxMemory: "7mb",
  threads: 8,
  healthPort: 9,
  logLevel: "error",
};
const ENV = {
  TQC_CONCURRENCY: "13",
  TQC_QUEUES: "e, f",
  TQC_WORKER_NAME: "environment",
  TQC_LEASE: "13s",
  TQC_MAX_DELIVERIES: "14",
  TQC_SHUTDOWN_TIMEOUT: "15s",
  TQC_MAX_TASKS: "16",
  TQC_MAX_MEMORY: "17k",
  TQC_THREADS: "0",
};
const FLAGS = (
  "-c 23 -Q g,h -n flag --lease 23s --max-deliveries 24 --shutdown-timeout 25s --max-tasks 26 --max-memory 27 --threads 28 " +
  "--health-port 29 -l debug"
).split(" ");

describe("how a worker runs", () => {
  test("is told by flags first", async () => {
    const flags = parse(FLAGS, { ...ENV, TQC_HEALTH_PORT: "19", TQC_LOG_LEVEL: "warn" });
    const config = await configured(JSON.stringify({ worker: WORKER }));
    expect(settingsOf(flags, config)).toEqual({
      concurrency: 23,
      queues: ["g", "h"],
      name: "flag",
      lease: 23_000,
      maxDeliveries: 24,
      shutdownTimeout: 25_000,
      maxTasks: 26,
      maxMemory: 27,
      threads: 28,
    });
    expect([healthPortOf(flags, config), levelOf(flags, config)]).toEqual([29, "debug"]);
  });

  test("then by the environment", async () => {
    const flags = parse([], { ...ENV, TQC_HEALTH_PORT: "19", TQC_LOG_LEVEL: "warn" });
    const config = await configured(JSON.stringify({ worker: WORKER }));
    expect(settingsOf(flags, config)).toEqual({
      concurrency: 13,
      queues: ["e", "f"],
      name: "environment",
      lease: 13_000,
      maxDeliveries: 14,
      shutdownTimeout: 15_000,
      maxTasks: 16,
      maxMemory: 17_408,
      threads: 0,
    });
    expect([healthPortOf(flags, config), levelOf(flags, config)]).toEqual([19, "warn"]);
    expect(levelOf(parse(["-v"]), config)).toBe("debug");
  });

  test("then by the config file, and else by nobody", async () => {
    const config = await configured(JSON.stringify({ worker: WORKER }));
    const { healthPort, logLevel, ...settings } = WORKER;
    const read = { ...settings, maxMemory: 7 * 1_024 ** 2 };
    expect(settingsOf(parse([]), config)).toEqual(read);
    expect([healthPortOf({}, config), levelOf({}, config)]).toEqual([healthPort, logLevel]);
    expect(settingsOf(parse([]), {})).toEqual({});
    expect([healthPortOf({}, {}), levelOf({}, {})]).toEqual([undefined, "info"]);
  });

  test.each([
    [
      "{ worker: { concurency: 3 } }",
      "an entry 'worker.concurency' that tqc does not know; did you mean 'worker.concurrency'?",
    ],
    ["{ worker: { queues: 'a' } }", `'worker.queues' is "a", but a list of texts was expected`],
    ["{ worker: { maxTasks: 1.5 } }", "'worker.maxTasks' is 1.5, but a whole number was expected"],
    ["{ worker: { lease: ['30s'] } }", "'worker.lease' is [\"30s\"], but a number, or text with a unit was expected"],
  ])("is refused in the config file where it says %s", async (source, message) => {
    await expect(configured(source)).rejects.toThrow(message);
  });
});

describe("a worker that has enough", () => {
  test("drains after so many tasks, and leaves the rest to others", async () => {
    const rig = new Rig();
    const ran: number[] = [];
    const tasks = { note: (n: number) => ran.push(n) };
    for (let n = 0; n < 5; n += 1) await rig.send(call("note", [n]));
    const worker = rig.worker(tasks, { maxTasks: 3, concurrency: 1 });
    await worker.start();
    await worker.ended;
    expect(ran).toEqual([0, 1, 2]);
    expect((await rig.broker.overview()).queues).toMatchObject([{ name: "default", ready: 2, delayed: 0 }]);
  });

  test("drains above so much memory", async () => {
    const rig = new Rig();
    const worker = rig.worker({ note: () => 1 }, { maxMemory: 1 });
    await worker.start();
    await worker.ended;
    expect(worker.stats().state).toBe("stopped");
  });
});
