/**
 * Faults at random for as long as you like, under canvases without end; prints figures, and fails where anything was lost.
 *
 *   npm run soak -- 10        ten minutes
 */
import { setTimeout as sleep } from "node:timers/promises";
import { openClient } from "../setup/client.js";
import { wanted } from "./canvases.js";
import { Network } from "./network.js";
import { isOutage, World } from "./world.js";

const minutes = Number(process.argv[2] ?? 5);
/** Canvases under way at a time. */
const WIDTH = 40;

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
const end = performance.now() + minutes * 60_000;
const start = performance.now();

/** One canvas after another. A submission that an outage refused is made again, under the same id. */
async function lane(which: number): Promise<void> {
  for (let n = which; performance.now() < end; n += WIDTH) {
    const began = performance.now();
    const value = await insist(async () => (await world.canvas(n, `soak-${n}`)).get({ timeout: "120s" }));
    figures.runs += 1;
    figures.slowest = Math.max(figures.slowest, performance.now() - began);
    if (JSON.stringify(value) !== JSON.stringify(wanted(n))) figures.wrong += 1;
  }
}

async function insist<Value>(act: () => Promise<Value>): Promise<Value> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isOutage(error)) throw error;
      figures.refused += 1;
    }
  }
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

try {
  await Promise.all([breakThings(), ...Array.from({ length: WIDTH }, (_, which) => lane(which))]);
  await world.expectQuiet();
  console.log(
    `${((performance.now() - start) / 60_000).toFixed(1)} minutes, ${figures.runs} canvases of 33 nodes each`,
  );
  for (const [name, times] of [...figures.faults].sort()) console.log(`  ${name.padEnd(16)} ${times}`);
  console.log(
    `wrong values ${figures.wrong}, refused and sent again ${figures.refused}, slowest ${Math.round(figures.slowest)} ms`,
  );
  process.exitCode = figures.wrong === 0 ? 0 : 1;
} finally {
  await world.stop();
  await network?.close();
}
