import { expect, test } from "vitest";
import { KnownTasks } from "../../runtime/attempt/known.js";
import { VirtualClock } from "../../runtime/virtual-clock.js";
import { Chores } from "../../runtime/worker/chores.js";

/** Chores of a worker that promotes so much, call by call, and is given so many set aside. */
function choresWith({
  promoted = [],
  aside = [],
}: {
  readonly promoted?: number[];
  readonly aside?: number[];
}): Chores {
  const broker = {
    promote: async () => promoted.shift() ?? 0,
    reap: async () => 0,
    recall: async () => Array.from({ length: aside.shift() ?? 0 }, (_, i) => ({ ticket: `${i}`, text: "" })),
  };
  const tasks = new KnownTasks({ registry: new Map(), contracts: new Map() });
  const pauses = { promote: 1_000, reap: 15_000, recall: 5_000 };
  return new Chores({
    broker,
    clock: new VirtualClock(1_000_000),
    tasks,
    worker: "w",
    pauses,
    maxDeliveries: 3,
    lease: 30_000,
  });
}

test("who promotes as much as a broker does at once has more to do at once", async () => {
  const chores = choresWith({ promoted: [500, 700, 20] });
  const pauses = [];
  for (let i = 0; i < 3; i++) {
    await chores.run(10);
    pauses.push(chores.pause);
  }
  expect(pauses).toEqual([0, 0, 1_000]);
});

test("who takes back as much as there is room for has more to take back at once", async () => {
  const chores = choresWith({ aside: [1, 2, 1] });
  const pauses = [];
  for (const room of [1, 2, 2]) {
    await chores.run(room);
    pauses.push(chores.pause);
  }
  expect(pauses).toEqual([0, 0, 1_000]);
});
