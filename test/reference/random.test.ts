import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Broker } from "../../runtime/broker.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { connectRedisBroker } from "../../runtime/brokers/redis/index.js";
import type { Tree } from "../../runtime/canvas/tree.js";
import { createApp } from "../../runtime/client/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { type End, interpret, type World } from "./interpreter.js";
import { randomTree } from "./random-trees.js";
import { contract, tasks, withoutFailures } from "./world.js";

type App = ReturnType<typeof createApp>;

/** What was seen of a run: its end, and every call in no particular order. */
interface Seen {
  readonly end: End;
  readonly calls: readonly string[];
}

function expected(tree: Tree): Seen {
  const calls: World["calls"] = [];
  const end = interpret(tree, [], { tasks: tasks(calls), calls });
  return { end, calls: sorted(calls) };
}

function sorted(calls: World["calls"]): string[] {
  return calls.map((each) => JSON.stringify(each)).sort();
}

/** A worker in this process, whose calls are told apart by the labels that only one canvas has. */
class Runner {
  readonly app: App = createApp();
  readonly #calls: World["calls"] = [];
  readonly #worker: ReturnType<App["worker"]>;

  readonly #broker: Broker;

  /** Calls of pure tasks are run ahead; what these note of themselves shows that nobody can tell. */
  constructor(broker: Broker, pure: boolean) {
    this.#broker = broker;
    this.app.configure({ broker });
    for (const name of ["note", "boom"]) this.app.declare(contract(name, { pure }));
    this.app.register(tasks(this.#calls));
    this.#worker = this.app.worker({ concurrency: 20 });
  }

  async start(): Promise<void> {
    await this.#worker.start();
  }

  async run(tree: Tree): Promise<Seen> {
    this.#calls.length = 0;
    const handle = await this.app.submit(tree, []);
    const end = await endOf(handle.get({ timeout: "30s" }));
    await ended(this.#broker, handle.id);
    return { end, calls: sorted(this.#calls) };
  }

  async apply(tree: Tree): Promise<Seen> {
    this.#calls.length = 0;
    const end = await endOf(this.app.apply(tree, []));
    return { end, calls: sorted(this.#calls) };
  }

  async stop(): Promise<void> {
    await this.#worker.stop();
    await this.app.close();
  }
}

/** Resolves when every node of a run has ended, callbacks included. */
async function ended(broker: Broker, run: string): Promise<void> {
  const done = deferred();
  const look = async () => {
    if (((await broker.inspect(run))?.open ?? 0) === 0) done.resolve();
  };
  const stop = await broker.follow({ run }, () => void look());
  await look();
  await done.promise;
  await stop();
}

function deferred() {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

async function endOf(value: Promise<unknown>): Promise<End> {
  try {
    return { ok: true, value: withoutFailures(await value) };
  } catch (error) {
    let root = error as Error;
    while (root.cause instanceof Error) root = root.cause;
    return { ok: false, messages: new Set([root.message]) };
  }
}

function compare(seen: Seen, want: Seen): void {
  expect(seen.calls).toEqual(want.calls);
  expect(seen.end.ok).toBe(want.end.ok);
  if (seen.end.ok && want.end.ok) expect(seen.end.value).toEqual(want.end.value);
  if (!seen.end.ok && !want.end.ok)
    expect([...want.end.messages]).toEqual(expect.arrayContaining([...seen.end.messages]));
}

const sure = randomTree({ failing: 0, callbacks: true, settle: true });
const shaky = randomTree({ failing: 15, callbacks: true, settle: true });

describe("a random canvas", () => {
  let redis: RedisServer;
  const runners = new Map<string, Runner>();

  beforeAll(async () => {
    redis = await startRedis();
    for (const [name, broker, pure] of [
      ["memory", createMemoryBroker(), false],
      ["redis", connectRedisBroker(redis.url), false],
      ["memory, run ahead", createMemoryBroker(), true],
      ["redis, run ahead", connectRedisBroker(redis.url, { prefix: "pure" }), true],
    ] as const) {
      const runner = new Runner(broker, pure);
      runners.set(name, runner);
      await runner.start();
    }
  });

  afterAll(async () => {
    for (const runner of runners.values()) await runner.stop();
    await redis.stop();
  });

  for (const broker of ["memory", "redis", "memory, run ahead", "redis, run ahead"]) {
    test.each([
      ["that cannot fail", sure, 60],
      ["whose tasks may fail", shaky, 150],
    ] as const)(
      `%s ends on ${broker} as the reference says, with the same calls`,
      async (_name, trees, numRuns) => {
        await fc.assert(
          fc.asyncProperty(trees, async (tree) =>
            compare(await (runners.get(broker) as Runner).run(tree), expected(tree)),
          ),
          { numRuns, interruptAfterTimeLimit: 60_000 },
        );
      },
      90_000,
    );
  }

  test("ends under apply as the reference says, with the same calls", async () => {
    await fc.assert(
      fc.asyncProperty(shaky, async (tree) =>
        compare(await (runners.get("memory") as Runner).apply(tree), expected(tree)),
      ),
      { numRuns: 100 },
    );
  }, 180_000);
});
