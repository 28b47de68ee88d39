/** What is at stake when something breaks: workers, an application, and canvases that are under way. */
import { deepStrictEqual } from "node:assert";
import type { AsyncResult, createApp, Duration } from "../../runtime/index.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { attemptsOf, canvas, wanted } from "./canvases.js";
import { Fleet } from "./fleet.js";
import { Ledger } from "./ledger.js";
import { Progress } from "./progress.js";
import { expectEnded, expectQuiet } from "./traces.js";

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
export const HARDY = ["--lease", "1s", "--max-deliveries", "1000", "-c", "8"];

/** How many canvases are submitted at once. */
const PART = 250;

/** The id of the n-th canvas. */
export function nameOf(n: number): string {
  return `canvas-${n}`;
}

interface Parts {
  readonly redis: RedisServer;
  readonly fleet: Fleet;
  readonly app: App;
  readonly ledger: Ledger;
}

export class World {
  readonly redis: RedisServer;
  readonly fleet: Fleet;
  readonly app: App;
  readonly ledger: Ledger;

  private constructor({ redis, fleet, app, ledger }: Parts) {
    this.redis = redis;
    this.fleet = fleet;
    this.app = app;
    this.ledger = ledger;
  }

  static async start({ workers = 3, flags = HARDY, env = {}, args = [], through }: WorldOptions = {}): Promise<World> {
    const redis = await startRedis({ args });
    const url = (await through?.(redis)) ?? redis.url;
    const { app } = (await import("./project/registry.js")) as { app: App };
    app.configure({ broker: url });
    const ledger = new Ledger();
    const fleet = new Fleet({ url, size: workers, flags, env: { ...env, ...ledger.env } });
    const world = new World({ redis, app, ledger, fleet });
    await world.fleet.start();
    return world;
  }

  async stop(): Promise<void> {
    await this.fleet.stop("SIGKILL");
    await this.app.close();
    await this.redis.stop();
    this.ledger.remove();
  }

  /** Submits one. What an outage refused is submitted again, under the same id: it is the same run. */
  async canvas(n: number, refused = () => {}): Promise<AsyncResult<unknown>> {
    for (;;) {
      try {
        return await this.app.submit({ ...canvas(n), options: { id: nameOf(n) } }, []);
      } catch (error) {
        if (!isOutage(error)) throw error;
        refused();
      }
    }
  }

  /** Submits so many, by and by: others want to be answered, too. */
  async canvases(count: number): Promise<AsyncResult<unknown>[]> {
    const handles: AsyncResult<unknown>[] = [];
    while (handles.length < count) {
      const part = Array.from({ length: Math.min(PART, count - handles.length) }, (_, i) => handles.length + i);
      handles.push(...(await Promise.all(part.map((n) => this.canvas(n)))));
    }
    return handles;
  }

  /**
   * Breaks something, and again when more canvases have come to their end, until all have; then they have the right
   * values, whatever was sent was sent once, and nothing is left. How often it broke.
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

  /** Every node has ended and every join was counted down; every task, body and callback was sent once; what is left has a TTL. */
  async expectSettled(handles: readonly AsyncResult<unknown>[]): Promise<void> {
    const { url } = this.redis;
    await expectEnded(
      url,
      handles.map(({ id }) => id),
    );
    await expectQuiet(url);
    await this.expectSentOnce(attemptsOf(handles.length));
  }

  /**
   * So many attempts, if that is known, were made by tasks, bodies and callbacks together, none of them twice: but for what
   * was taken from a worker that was killed, or told that it came too late.
   */
  async expectSentOnce(attempts?: number): Promise<void> {
    const entries = this.ledger.entries();
    const twice = () => entries.filter((entry) => this.fleet.hearsay.holders(entry).length > 1);
    // What workers said last may still be on its way here.
    const patience = AbortSignal.timeout(5_000);
    while (twice().length > 0 && !patience.aborted) await this.fleet.hearsay.next(patience);
    const first = twice().slice(0, 10);
    deepStrictEqual({ attempts: entries.length, twice: first }, { attempts: attempts ?? entries.length, twice: [] });
  }

  /** Nothing is queued or held any more, and what is left has a TTL. */
  expectQuiet(): Promise<void> {
    return expectQuiet(this.redis.url);
  }
}

/** Whether an error says that the broker is away. Told by its code: the registry may have its own copy of every class. */
export function isOutage(error: unknown): boolean {
  return codeOf(error) === "BROKER_UNAVAILABLE";
}

/** Whether an error says that the broker has lost the run, or the result that it had told of. */
export function isLoss(error: unknown): boolean {
  return codeOf(error) === "RUN_LOST" || codeOf(error) === "RESULT_EXPIRED";
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** What a canvas comes to: its value, or the code of its failure. An outage is told to whoever waits; he asks again. */
export async function outcomeOf(handle: AsyncResult<unknown>, timeout: Duration = "200s"): Promise<unknown> {
  for (;;) {
    try {
      return await handle.get({ timeout });
    } catch (error) {
      if (codeOf(error) === "TASK_FAILED") return "TASK_FAILED";
      if (!isOutage(error)) throw error;
    }
  }
}
