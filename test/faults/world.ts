/** What is at stake when something breaks: workers, an application, and canvases that are under way. */
import { deepStrictEqual } from "node:assert";
import type { Redis } from "ioredis";
import type { AsyncResult, createApp } from "../../runtime/index.js";
import { openClient } from "../setup/client.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { canvas, wanted } from "./canvases.js";
import { Fleet } from "./fleet.js";

export type App = ReturnType<typeof createApp>;

export interface WorldOptions {
  readonly workers?: number;
  readonly flags?: readonly string[];
  /** Of the workers. */
  readonly env?: Readonly<Record<string, string>>;
  /** Of redis-server. */
  readonly args?: readonly string[];
  /** What stands between everybody and the server: its URL in place of the server's. */
  readonly through?: (redis: RedisServer) => Promise<string>;
}

/** A leased call is given back a second after its worker has died, and is never taken for poison. */
export const HARDY = ["--lease", "1s", "--max-deliveries", "1000", "-c", "2"];

export class World {
  readonly redis: RedisServer;
  readonly fleet: Fleet;
  readonly app: App;

  private constructor(parts: { readonly redis: RedisServer; readonly fleet: Fleet; readonly app: App }) {
    this.redis = parts.redis;
    this.fleet = parts.fleet;
    this.app = parts.app;
  }

  static async start({ workers = 3, flags = HARDY, env = {}, args = [], through }: WorldOptions = {}): Promise<World> {
    const redis = await startRedis({ args });
    const url = (await through?.(redis)) ?? redis.url;
    const { app } = (await import("./project/registry.js")) as { app: App };
    app.configure({ broker: url });
    const world = new World({ redis, app, fleet: new Fleet({ url, size: workers, flags, env }) });
    await world.fleet.start();
    return world;
  }

  async stop(): Promise<void> {
    await this.fleet.stop("SIGKILL");
    await this.app.close();
    await this.redis.stop();
  }

  /** Submits one, under an id: a second time it is the same run. */
  canvas(n: number, id: string): Promise<AsyncResult<unknown>> {
    return this.app.submit({ ...canvas(n), options: { id } }, []);
  }

  /** Submits so many. */
  canvases(count: number): Promise<AsyncResult<unknown>[]> {
    return Promise.all(Array.from({ length: count }, (_, n) => this.app.submit(canvas(n), [])));
  }

  /**
   * Breaks something, and again when more canvases have come to their end, until all have; then they have the right
   * values, and left nothing. How often it broke.
   */
  async come(handles: readonly AsyncResult<unknown>[], fault: (turn: number) => Promise<unknown>): Promise<number> {
    const progress = new Progress(handles.length);
    const values = Promise.all(handles.map((handle) => outcomeOf(handle).finally(() => progress.step())));
    let turns = 0;
    for (; turns < 12 && !progress.done; turns += 1) {
      await fault(turns);
      await Promise.race([progress.further(handles.length / 15), values]);
    }
    deepStrictEqual(
      await values,
      handles.map((_, n) => wanted(n)),
    );
    await this.expectSettled(handles);
    return turns;
  }

  /** Every node has ended, every join was counted down once per member, nothing is held, and what is left has a TTL. */
  async expectSettled(handles: readonly AsyncResult<unknown>[]): Promise<void> {
    const admin = openClient(this.redis.url);
    try {
      for (const { id } of handles) {
        const run = await ended(admin, id);
        const off = Object.entries(run).filter(([field, left]) => field.startsWith("left:") && left !== "0");
        if (off.length > 0) throw new Error(`${id} has joins that were miscounted: ${JSON.stringify(off)}`);
      }
    } finally {
      admin.disconnect();
    }
    await this.expectQuiet();
  }

  /** Nothing is queued or held any more, and what is left has a TTL. */
  async expectQuiet(): Promise<void> {
    const admin = openClient(this.redis.url);
    const left = await lasting(admin).finally(() => admin.disconnect());
    if (left.length > 0) throw new Error(`these keys would never go away: ${left.join(", ")}`);
  }
}

/** How many of so many things have ended. */
class Progress {
  readonly #all: number;
  readonly #waiting = new Set<() => void>();
  #ended = 0;

  constructor(all: number) {
    this.#all = all;
  }

  get done(): boolean {
    return this.#ended === this.#all;
  }

  /** One more has ended. */
  step(): void {
    this.#ended += 1;
    for (const look of this.#waiting) look();
  }

  /** Resolves when so many more have ended, or all. */
  further(count: number): Promise<void> {
    const until = Math.min(this.#all, this.#ended + count);
    return new Promise((resolve) => {
      const look = () => {
        if (this.#ended < until) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}

/** Whether an error says that the broker is away. Told by its code: the registry may have its own copy of every class. */
export function isOutage(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "BROKER_UNAVAILABLE";
}

/** An outage is told to whoever waits; he asks again. */
async function outcomeOf(handle: AsyncResult<unknown>): Promise<unknown> {
  for (;;) {
    try {
      return await handle.get({ timeout: "90s" });
    } catch (error) {
      if (!isOutage(error)) throw error;
    }
  }
}

/** A run once all its nodes have ended, callbacks included. */
async function ended(admin: Redis, id: string): Promise<Record<string, string>> {
  for (;;) {
    const run = (await admin.hgetall(`{tqc:0}:run:${id}`)) as Record<string, string>;
    if (run.open === "0") return run;
    await admin.blpop("nothing", 0.05);
  }
}

/** What belongs to living workers and to no run. */
const OF_WORKERS = /:(workers|cancelled)$/;

/** Keys that would never go away, once what is on its way has been settled. */
async function lasting(admin: Redis): Promise<string[]> {
  let left: string[] = [];
  for (let look = 0; look < 100; look++) {
    const keys = (await admin.keys("*")).filter((key) => !OF_WORKERS.test(key));
    const ttls = await Promise.all(keys.map((key) => admin.pttl(key)));
    left = keys.filter((_, i) => ttls[i] === -1);
    if (left.length === 0) break;
    await admin.blpop("nothing", 0.1);
  }
  return left;
}
