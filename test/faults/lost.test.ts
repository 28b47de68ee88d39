/** A server that comes back with nothing, or with all it had, under those who wait for what they sent. */
import { afterEach, expect, test } from "vitest";
import { type AsyncResult, createApp } from "../../runtime/index.js";
import { call, chain, chord } from "../reference/trees.js";
import { contract } from "../reference/world.js";
import { type RedisServer, startRedis } from "../setup/redis.js";
import { isOutage } from "./world.js";

let redis: RedisServer;
let app: ReturnType<typeof createApp>;
afterEach(async () => {
  await app.close();
  await redis.stop();
});

/** An application that has sent a task, one that waits for its time, and a canvas: their handles, and that of a step. */
async function open(args: readonly string[] = []): Promise<AsyncResult<unknown>[]> {
  redis = await startRedis({ args });
  app = createApp({ broker: redis.url });
  app.declare(contract("echo"));
  app.register({ echo: (...given: unknown[]) => given });
  const canvas = await app.submit(chain(chord([call("echo"), call("echo")], call("echo")), call("echo")), []);
  const later = { ...call("echo"), options: { countdown: 2_000 } };
  return [await app.submit(call("echo"), []), await app.submit(later, []), canvas, canvas.parent!];
}

/** What a wait comes to, whatever outages it is told of meanwhile. */
async function endOf(handle: AsyncResult<unknown>): Promise<unknown> {
  for (;;) {
    try {
      return await handle.get();
    } catch (error) {
      if (!isOutage(error)) return error;
    }
  }
}

test("whoever waits for what a crash took along is told so, and may send it again", async () => {
  const handles = await open();
  const ends = handles.map(endOf);
  await redis.restart();
  for (const [i, end] of ends.entries()) {
    expect(await end).toMatchObject({ code: "RUN_LOST", message: expect.stringContaining(handles[i]!.id) });
  }
  const again = await app.submit(call("echo", ["again"]), []);
  const worker = app.worker();
  await worker.start();
  expect(await again.get()).toEqual(["again"]);
  await worker.stop();
});

test("nobody is told so of what is still there", async () => {
  const handles = await open(["--appendonly", "yes", "--appendfsync", "always"]);
  const ends = handles.map(endOf);
  await redis.restart();
  const broker = await app.broker();
  expect(await broker.missing(handles.map(({ id }) => id.split("~")[0] ?? ""))).toEqual([]);
  const worker = app.worker();
  await worker.start();
  for (const end of ends) expect(await end).toBeInstanceOf(Array);
  await worker.stop();
});
