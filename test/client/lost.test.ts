/** Waiting for a run that the broker has lost. */
import { BrokerUnavailableError, chain, RunLostError } from "tqc";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Broker, BrokerEvent } from "../../runtime/broker.js";
import { createMemoryBroker } from "../../runtime/brokers/memory/index.js";
import { VirtualClock } from "../../runtime/virtual-clock.js";
import { errorOf, Fixture } from "./fixture.js";

type Hear = (event: BrokerEvent) => void;

/** A broker that can forget everything, as a server does that kept nothing on disk. Whoever listens hears of a gap. */
class Forgetful {
  readonly clock = new VirtualClock(0);
  /** What was searched for. */
  readonly searches: (readonly string[])[] = [];
  /** What the next search ends in. */
  failure: Error | undefined;
  #kept = createMemoryBroker(this);
  readonly #hearing = new Set<Hear>();
  readonly broker: Broker;

  constructor() {
    const own: Partial<Broker> = {
      missing: (runs) => this.#search(runs),
      follow: (source, hear) => {
        this.#hearing.add(hear);
        return this.#kept.follow(source, hear);
      },
    };
    this.broker = new Proxy(this.#kept, { get: (_, verb: keyof Broker) => own[verb] ?? this.#kept[verb] });
  }

  /** Loses what it holds. */
  async lose(): Promise<void> {
    await this.#kept.close();
    this.#kept = createMemoryBroker(this);
  }

  /** Tells whoever listens that he was not heard for a while. */
  gap(): void {
    for (const hear of this.#hearing) hear({ kind: "gap" });
  }

  /** Lets time pass until a promise has settled. */
  async until(settled: Promise<unknown>): Promise<void> {
    let done = false;
    const end = () => {
      done = true;
    };
    settled.then(end, end);
    while (!done) await this.turn();
  }

  /** A second passes, with whatever that sets off. */
  async turn(): Promise<void> {
    const until = this.clock.now() + 1_000;
    while (this.clock.step(until));
    for (let i = 0; i < 10; i++) await new Promise((resolve) => setImmediate(resolve));
  }

  async #search(runs: readonly string[]): Promise<readonly string[]> {
    this.searches.push(runs);
    const { failure } = this;
    this.failure = undefined;
    if (failure) throw failure;
    return this.#kept.missing(runs);
  }
}

let forgetful: Forgetful;
let fixture: Fixture;
beforeEach(() => {
  forgetful = new Forgetful();
  const { broker, clock } = forgetful;
  fixture = new Fixture({ broker, clock });
});
afterEach(async () => {
  fixture.release();
  await fixture.app.close();
});

/** What a wait rejects with, once it has begun. */
async function failing(handle: { get(): Promise<unknown> }): Promise<{ readonly error: Promise<Error> }> {
  const error = errorOf(handle.get());
  await forgetful.turn();
  return { error };
}

test("a task, a step and a canvas that are gone are told to be, each by its id", async () => {
  const { add } = fixture;
  const canvas = await chain(add.s(1, 2), add.s(3)).delay();
  const handles = [await add.delay(1, 2), canvas, canvas.parent!];
  const waits = await Promise.all(handles.map(failing));
  await forgetful.lose();
  forgetful.gap();
  for (const [i, { error }] of waits.entries()) {
    await forgetful.until(error);
    expect(await error).toBeInstanceOf(RunLostError);
    expect(await error).toMatchObject({ code: "RUN_LOST", message: expect.stringContaining(handles[i]!.id) });
  }
});

test("what was lost before anybody listened is told too", async () => {
  const handle = await fixture.add.delay(1, 2);
  await forgetful.lose();
  const { error } = await failing(handle);
  await forgetful.until(error);
  expect(await error).toBeInstanceOf(RunLostError);
});

test("a thousand are looked for in two searches, and one that is still there is waited for", async () => {
  const { add, app } = fixture;
  const lost = await Promise.all(Array.from({ length: 1_000 }, () => add.delay(1, 2)));
  const errors = lost.map((handle) => errorOf(handle.get()));
  await forgetful.turn();
  await forgetful.lose();
  const kept = await add.delay(3, 4);
  const value = kept.get();
  forgetful.searches.length = 0;
  forgetful.gap();
  for (const error of errors) {
    await forgetful.until(error);
    expect(await error).toBeInstanceOf(RunLostError);
  }
  expect(forgetful.searches.length).toBeLessThanOrEqual(2);
  expect(new Set(forgetful.searches.flat())).toEqual(new Set([...lost, kept].map(({ id }) => id)));
  const worker = app.worker();
  await worker.start();
  await forgetful.until(value);
  expect(await value).toBe(7);
  await worker.stop();
});

test("a search that an outage cut short is made again", async () => {
  const handle = await fixture.add.delay(1, 2);
  const { error } = await failing(handle);
  await forgetful.lose();
  forgetful.failure = new BrokerUnavailableError("away");
  forgetful.gap();
  await forgetful.until(error);
  expect(await error).toBeInstanceOf(RunLostError);
  expect(forgetful.searches.slice(-2)).toEqual([[handle.id], [handle.id]]);
});

test("nobody looks for a run that the broker never had: it may still come", async () => {
  const wait = new AbortController();
  const error = errorOf(fixture.app.result("later").get({ signal: wait.signal }));
  await forgetful.turn();
  forgetful.gap();
  for (let i = 0; i < 10; i++) await forgetful.turn();
  wait.abort(new Error("enough"));
  expect((await error).message).toBe("enough");
  expect(forgetful.searches).toEqual([]);
});
