import { expect, test } from "vitest";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { BrokerUnavailableError } from "../../runtime/errors.js";
import { TestClock } from "../setup/clock.js";
import { brief, group, lone, settle, vanishing } from "./texts.js";

const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
const request = { worker: "w", queues: ["default"], room: 10, lease: 30_000, moves: [] };

test("the process stays up while work is ready, delayed or running, and no longer", async () => {
  const before = timers();
  const broker = createMemoryBroker();
  await broker.exchange(request);
  expect(timers()).toBe(before);
  await broker.submit([lone("r")]);
  expect(timers()).toBe(before + 1);
  const { claims } = await broker.exchange(request);
  expect(timers()).toBe(before + 1);
  await broker.exchange({ ...request, moves: [settle(claims[0]!)] });
  expect(timers()).toBe(before);
  await broker.submit([lone("later", { delay: 60_000 })]);
  expect(timers()).toBe(before + 1);
  await broker.close();
  expect(timers()).toBe(before);
});

test("an idle worker does not keep the process up", async () => {
  const before = timers();
  const broker = createMemoryBroker();
  const idle = broker.idle({ ...request, ms: 60_000, signal: new AbortController().signal });
  expect(timers()).toBe(before);
  await broker.close();
  await idle;
});

test("a closed broker takes nothing more", async () => {
  const broker = createMemoryBroker();
  await broker.close();
  await expect(broker.submit([lone("r")])).rejects.toThrow(BrokerUnavailableError);
});

test("a year passes at once", async () => {
  const clock = new TestClock();
  const broker = createMemoryBroker({ clock });
  await broker.submit([lone("r", { delay: 365 * 86_400_000 })]);
  clock.advance(365 * 86_400_000);
  expect((await broker.exchange(request)).claims).toHaveLength(1);
  await broker.close();
});

test("a fan-out whose producer vanished is revoked after a minute, and its join has all its ends", async () => {
  const clock = new TestClock();
  const broker = createMemoryBroker({ clock });
  await broker.submit(vanishing("r"));
  clock.advance(59_000);
  expect(await broker.promote(100)).toBe(0);
  clock.advance(1_001);
  await broker.promote(100);
  expect((await broker.inspect("r"))?.open).toBe(0);
  expect((await broker.exchange(request)).claims).toEqual([]);
  await broker.close();
});

test("a fan-out whose producer vanished is revoked, where all that it sent has ended: it is no shorter list", async () => {
  const clock = new TestClock();
  const broker = createMemoryBroker({ clock });
  await broker.submit(vanishing("r"));
  const { claims } = await broker.exchange(request);
  await broker.exchange({ ...request, moves: claims.map((claim) => settle(claim)) });
  clock.advance(60_001);
  await broker.promote(100);
  expect((await broker.read("r", [0, 1, 2])).map(brief)).toEqual([
    "REVOKED %revoked",
    "REVOKED %revoked",
    `SUCCESS "2"`,
  ]);
  await broker.close();
});

test("results are gone once they have been kept as long as asked", async () => {
  const clock = new TestClock();
  const broker = createMemoryBroker({ clock });
  await broker.submit([group("r", 1), lone("l")]);
  const { claims } = await broker.exchange(request);
  await broker.exchange({ ...request, moves: claims.map((claim) => settle(claim)) });
  clock.advance(59_999);
  expect(await broker.inspect("r")).toBeDefined();
  clock.advance(1);
  expect(await broker.inspect("r")).toBeUndefined();
  expect(await broker.read("l", [0])).toEqual([undefined]);
  await broker.close();
});
