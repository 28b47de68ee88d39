import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { CallTree } from "../../runtime/canvas/tree.js";
import { createApp } from "../../runtime/client/client.js";
import { openClient } from "../setup/client.js";
import { freePort } from "../setup/ports.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { contract } from "./fixture/contract.js";
import { call } from "./rig.js";

const ROOT = join(import.meta.dirname, "../..");
const REGISTRY = "test/worker/fixture/registry.ts";

let redis: RedisServer;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

/** A `tqc worker` in a process of its own, with what it has said so far. */
class Command {
  readonly child: ChildProcess;
  said = "";
  readonly #listeners = new Set<() => void>();
  readonly exit: Promise<number | null>;

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, ["--import", "tsx", "compiler/cli.ts", "worker", ...args], {
      cwd: ROOT,
      env: { ...process.env, TQC_BROKER_URL: "", NODE_ENV: "test", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on("data", (chunk: Buffer) => {
        this.said += chunk.toString();
        for (const listener of this.#listeners) listener();
      });
    }
    this.exit = once(this.child, "close").then(([code]) => code as number | null);
    onTestFinished(async () => {
      this.child.kill("SIGKILL");
      await this.exit;
    });
  }

  /** Resolves once it has said this. */
  async says(text: string | RegExp): Promise<void> {
    const heard = () => (typeof text === "string" ? this.said.includes(text) : text.test(this.said));
    const gone = this.exit.then(() => {
      if (!heard()) throw new Error(`the worker ended without having said ${String(text)}:\n${this.said}`);
    });
    const hearing = new Promise<void>((resolve) => {
      const listener = () => {
        if (!heard()) return;
        this.#listeners.delete(listener);
        resolve();
      };
      this.#listeners.add(listener);
      listener();
    });
    await Promise.race([hearing, gone]);
  }
}

/** A file that a task waits for. */
function gateOf() {
  const folder = mkdtempSync(join(tmpdir(), "tqc-gate-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "open");
  return { path, open: () => writeFileSync(path, "") };
}

function producer() {
  const app = createApp({ broker: redis.url });
  for (const name of ["fixture.add", "fixture.wait", "fixture.until", "fixture.pid"]) app.declare(contract(name));
  onTestFinished(() => app.close());
  return { send: (tree: CallTree) => app.submit(tree, []), app };
}

describe("tqc worker", () => {
  test("loads a TypeScript registry, says what it registered, runs tasks, and drains at SIGTERM", async () => {
    const worker = new Command(["--registry", REGISTRY, "--broker", redis.url, "-c", "2", "-n", "first"]);
    await worker.says("serving 4 tasks");
    expect(worker.said).toContain('"fixture.add"');
    const { send } = producer();
    expect(await (await send(call("fixture.add", [2, 3]))).get()).toBe(5);
    const gate = gateOf();
    const waiting = await send(call("fixture.until", [gate.path]));
    await expect.poll(() => waiting.state()).toBe("STARTED");
    worker.child.kill("SIGTERM");
    await worker.says("a second signal stops at once");
    gate.open();
    expect(await waiting.get()).toBe("there");
    expect(await worker.exit).toBe(0);
    const lines = worker.said
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.find(({ msg }) => msg === "fixture.add succeeded")).toMatchObject({
      level: "info",
      task: "fixture.add",
      attempt: 0,
      queue: "default",
      worker: expect.stringMatching(/^first:/),
    });
  });

  test("gives back what does not end in time, and another worker runs it", async () => {
    const first = new Command(["--registry", REGISTRY, "--broker", redis.url, "--shutdown-timeout", "100ms"]);
    await first.says("serving");
    const { send } = producer();
    const gate = gateOf();
    const waiting = await send(call("fixture.until", [gate.path]));
    await expect.poll(() => waiting.state()).toBe("STARTED");
    first.child.kill("SIGINT");
    expect(await first.exit).toBe(0);
    const second = new Command(["--registry", REGISTRY, "--broker", redis.url]);
    await second.says("serving");
    gate.open();
    expect(await waiting.get()).toBe("there");
    expect((await waiting.info()).attempt).toBe(0);
  });

  test("stops at once at a second signal", async () => {
    const worker = new Command(["--registry", REGISTRY, "--broker", redis.url, "-Q", "own"]);
    await worker.says("serving");
    const { send } = producer();
    const waiting = await send(call("fixture.wait", [60_000], { options: { queue: "own" } }));
    await expect.poll(() => waiting.state()).toBe("STARTED");
    worker.child.kill("SIGTERM");
    await worker.says("draining");
    worker.child.kill("SIGTERM");
    expect(await worker.exit).toBe(143);
  });

  test("ends cleanly where a signal meets it before it serves", async () => {
    const worker = new Command(["--registry", "test/worker/fixture/endless.ts", "--broker", redis.url]);
    await worker.says("loading");
    worker.child.kill("SIGTERM");
    expect(await worker.exit).toBe(0);
  });

  test("says what it sets aside: the first message with its reason, the rest of a flood as a count", async () => {
    const worker = new Command(["--registry", REGISTRY, "--broker", redis.url, "-Q", "strange"]);
    await worker.says("serving");
    const { app, send } = producer();
    app.declare(contract("fixture.gone"));
    const gone = Array.from({ length: 2_000 }, (_, i) =>
      send(call("fixture.gone", [i], { options: { queue: "strange" } })),
    );
    const handles = await Promise.all(gone);
    const admin = openClient(redis.url);
    onTestFinished(() => admin.disconnect());
    await expect.poll(() => admin.hlen("{tqc:0}:aside")).toBe(2_000);
    worker.child.kill("SIGTERM");
    expect(await worker.exit).toBe(0);
    const lines = worker.said.split("\n").filter((line) => line.includes("set aside"));
    const [first, ...sums] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({ level: "warn", task: "fixture.gone", reason: "unknown-task" });
    expect(first?.msg).toMatch(/^fixture\.gone was set aside: no such task is registered here; start a worker whose/);
    expect(handles.map(({ id }) => id)).toContain(first?.id);
    // A count every ten seconds, and the last at the end.
    expect(sums.length).toBeLessThan(5);
    expect(sums.reduce((sum, { count }) => sum + Number(count), 0)).toBe(1_999);
    expect(sums.at(-1)?.msg).toMatch(/^\d+ more were set aside \(fixture\.gone\): no such task/);
  });

  test("tells its health", async () => {
    const port = await freePort();
    const worker = new Command(["--registry", REGISTRY, "--broker", redis.url, "--health-port", `${port}`]);
    await worker.says("serving");
    const ask = async (path: string) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`);
      return [response.status, await response.text()] as const;
    };
    await expect.poll(() => ask("/livez").catch(() => undefined)).toEqual([200, "ok\n"]);
    expect(await ask("/readyz")).toEqual([200, "serving\n"]);
    const metrics = (await ask("/metrics"))[1];
    expect(metrics).toContain('tqc_attempts_total{outcome="succeeded"} 0');
    for (const name of ["tqc_lost_total", "tqc_running", "tqc_concurrency", "tqc_last_fetch_timestamp_seconds"]) {
      expect(metrics).toMatch(new RegExp(`^# HELP ${name} \\w.*\\.?$`, "m"));
      expect(metrics).toMatch(new RegExp(`^${name} \\d`, "m"));
    }
    expect((await ask("/"))[0]).toBe(404);
  });

  test.each([
    ["there is no registry", ["--registry", "nowhere.ts"], "there is no registry at"],
    ["none is found", [], "no registry was found (looked for"],
    ["the registry exports no app", ["--registry", "test/worker/fixture/no-app.ts"], "exports no app"],
    ["the broker is in memory", ["--registry", REGISTRY], "memory://"],
    [
      "a number is none",
      ["--registry", REGISTRY, "-c", "many"],
      '--concurrency is a whole number from 1, but this is "many"',
    ],
    ["a level is none", ["--registry", REGISTRY, "-l", "loud"], "--log-level is one of debug, info, warn, error"],
  ])("exits 2 where %s", async (_, args, message) => {
    const worker = new Command(args);
    expect(await worker.exit).toBe(2);
    expect(worker.said).toContain(message);
  });

  test("exits 69 where the broker cannot be reached", async () => {
    const worker = new Command(["--registry", REGISTRY, "--broker", `redis://127.0.0.1:${await freePort()}`]);
    expect(await worker.exit).toBe(69);
    expect(worker.said).toContain("127.0.0.1");
  });
});
