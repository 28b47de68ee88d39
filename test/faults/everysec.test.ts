/** What holds where Redis may lose the last of what it has answered: `appendfsync everysec`, and a crash while the disk lags. */
import { deepStrictEqual } from "node:assert";
import { afterEach, expect, test } from "vitest";
import type { AsyncResult } from "../../runtime/index.js";
import { wanted } from "./canvases.js";
import { Bookmark } from "./memory-loss.js";
import { Progress } from "./progress.js";
import { expectEnded } from "./traces.js";
import { isLoss, nameOf, outcomeOf, World } from "./world.js";

const CANVASES = 2_000;
const CRASHES = 3;
/** How many are submitted before the first crash, and in the seconds that each crash takes along. */
const PART = CANVASES / (CRASHES + 1);

let world: World;
afterEach(() => world.stop());

test("what a crash takes along is told to whoever waits for it, and what was kept goes on: nothing hangs, nothing is sent twice", async () => {
  world = await World.start({ args: ["--appendonly", "yes", "--appendfsync", "everysec"] });
  const progress = new Progress(CANVASES);
  const answered = new Set<number>();
  let losses = 0;

  /** One that was lost is sent again under the same id, by whoever is told. */
  const come = async (n: number, sent: Promise<AsyncResult<unknown>>): Promise<unknown> => {
    for (let handle = sent; ; handle = world.canvas(n)) {
      try {
        return await outcomeOf(await handle);
      } catch (error) {
        if (!isLoss(error)) throw error;
        losses += 1;
      }
    }
  };
  const values: Promise<unknown>[] = [];
  const sendPart = async (): Promise<void> => {
    const part = Array.from({ length: PART }, (_, i) => values.length + i);
    const sent = part.map((n) => world.canvas(n));
    part.forEach((n, i) => {
      const end = () => {
        answered.add(n);
        progress.step();
      };
      values.push(come(n, sent[i]!).finally(end));
    });
    await Promise.all(sent);
  };

  await sendPart();
  for (let crashes = 0; crashes < CRASHES; crashes += 1) {
    const bookmark = new Bookmark(world.redis);
    await sendPart();
    await progress.further(PART / 5);
    await bookmark.crashBack();
  }
  // What ran before the last crash may have been forgotten with it, and run again.
  const known = new Set(answered);
  world.ledger.turnPage();
  deepStrictEqual(
    await Promise.all(values),
    values.map((_, n) => wanted(n)),
  );
  expect(losses).toBeGreaterThan(0);
  const broker = await world.app.broker();
  const missing = new Set(await broker.missing(values.map((_, n) => nameOf(n))));
  // Whose value was there before the crash is not asked for again.
  expect([...missing].filter((id) => !known.has(Number(id.slice("canvas-".length))))).toEqual([]);
  await expectEnded(
    world.redis.url,
    values.map((_, n) => nameOf(n)).filter((id) => !missing.has(id)),
  );
  await world.expectQuiet();
  await world.expectSentOnce();
}, 240_000);
