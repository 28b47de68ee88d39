/**
 * Faults at random for as long as you like, under two thousand canvases at all times; prints figures, and fails where
 * anything was lost, wrong, or sent twice.
 *
 *   npm run soak -- 10        ten minutes
 */

import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { openClient } from "../setup/client.js";
import { attemptsOf, wanted } from "./canvases.js";
import { Network } from "./network.js";
import { expectEnded } from "./traces.js";
import { isOutage, nameOf, outcomeOf, World } from "./world.js";

const minutes = Number(process.argv[2] ?? 5);
/** Canvases under way at a time. */
const WIDTH = 2_000;
/** How many are looked at together once they have ended. */
const BATCH = 1_000;

let network: Network | undefined;
const world = await World.start({
  args: ["--appendonly", "yes", "--appendfsync", "always"],
  through: async ({ port }) => {
    network = await Network.open(port);
    return `redis://127.0.0.1:${network.port}`;
  },
});

const faults: Readonly<Record<string, () => Promise<unknown>>> = {
  "worker killed": () => world.fleet.replace(Math.floor(Math.random() * 3), "SIGKILL"),
  "worker drained": () => world.fleet.replace(Math.floor(Math.random() * 3), "SIGTERM"),
  "clients killed": async () => {
    const admin = openClient(world.redis.url);
    for (const type of ["normal", "pubsub"]) await admin.call("CLIENT", "KILL", "TYPE", type, "SKIPME", "yes");
    admin.disconnect();
  },
  "Redis crashed": () => world.redis.restart(),
  "network cut": async () => network?.cut(),
  "network stalled": async () => {
    network?.stall();
    await sleep(Math.random() * 2500);
    network?.resume();
  },
};

const figures = { runs: 0, wrong: 0, refused: 0, slowest: 0, faults: new Map<string, number>() };
const start = performance.now();
const end = start + minutes * 60_000;
/** The next canvas; all before it were begun. */
let next = 0;
/** Those that have ended, and were not yet looked at. */
const ended: string[] = [];

/** One canvas after another. */
async function lane(): Promise<void> {
  while (performance.now() < end) {
    const n = next++;
    const began = performance.now();
    const refused = () => {
      figures.refused += 1;
    };
    const value = await outcomeOf(await world.canvas(n, refused), "15m");
    figures.runs += 1;
    figures.slowest = Math.max(figures.slowest, performance.now() - began);
    if (!isDeepStrictEqual(value, wanted(n))) figures.wrong += 1;
    ended.push(nameOf(n));
  }
}

/** Sees that canvases have left what they are to leave, and removes it: it is more than anybody wants to keep. */
async function sweep(): Promise<void> {
  const runs = ended.splice(0, BATCH);
  await expectEnded(world.redis.url, runs);
  const broker = await world.app.broker();
  await Promise.all(runs.map((run) => broker.forget(run))).catch(unlessAway);
}

/** What could not be removed just now goes by itself, in a day. */
function unlessAway(error: unknown): void {
  if (!isOutage(error)) throw error;
}

async function sweepAll(lanes: Promise<unknown>): Promise<void> {
  let over = false;
  const stop = () => {
    over = true;
  };
  lanes.then(stop, stop);
  while (!over) {
    if (ended.length >= BATCH) await sweep();
    else await sleep(500);
  }
  while (ended.length > 0) await sweep();
}

async function breakThings(): Promise<void> {
  const names = Object.keys(faults);
  while (performance.now() < end) {
    await sleep(500 + Math.random() * 2500);
    const name = names[Math.floor(Math.random() * names.length)] ?? "";
    await faults[name]?.();
    figures.faults.set(name, (figures.faults.get(name) ?? 0) + 1);
  }
}

function print(): void {
  const again = world.ledger.entries().filter(({ pids }) => pids.length > 1);
  console.log(`${((performance.now() - start) / 60_000).toFixed(1)} minutes, ${WIDTH} canvases at all times`);
  console.log(`  ${"canvases".padEnd(16)} ${figures.runs}`);
  console.log(`  ${"attempts".padEnd(16)} ${attemptsOf(next)}, made again after a loss ${again.length}`);
  for (const [name, times] of [...figures.faults].sort()) console.log(`  ${name.padEnd(16)} ${times}`);
  console.log(
    `wrong values ${figures.wrong}, refused and sent again ${figures.refused}, slowest ${Math.round(figures.slowest)} ms`,
  );
}

try {
  const lanes = Promise.all(Array.from({ length: WIDTH }, lane));
  await Promise.all([breakThings(), lanes, sweepAll(lanes)]);
  await world.expectQuiet();
  await world.expectSentOnce(attemptsOf(next));
  print();
  process.exitCode = figures.wrong === 0 ? 0 : 1;
} finally {
  await world.stop();
  await network?.close();
}
