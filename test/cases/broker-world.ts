/** Canvases sent through a broker to a worker in this process. */
import { createApp, type Signature } from "tqc";
import type { Broker } from "../../runtime/broker.js";
import { app } from "./project/src/tasks.gen.js";
import "./project/src/tasks.registry.gen.js";
import { type End, endOf, World } from "./world.js";

type App = ReturnType<typeof createApp>;

/** Those of the fixture tasks, and those that cases name. */
const QUEUES = ["default", "reports", "other", "outer", "inner", "own", "chords"];

export class BrokerWorld extends World {
  readonly #connect: () => Broker;
  readonly #others: App[] = [];
  #broker: Broker | undefined;
  #worker: ReturnType<App["worker"]> | undefined;
  #runs: string[] = [];

  /** `connect` gives a further connection to one and the same store. */
  constructor(connect: () => Broker) {
    super();
    this.#connect = connect;
  }

  async start(): Promise<void> {
    this.#broker = this.#connect();
    app.configure({ broker: this.#connect() });
    this.#worker = app.worker({ concurrency: 20, queues: QUEUES });
    await this.#worker.start();
  }

  async stop(): Promise<void> {
    await this.#worker?.stop();
    for (const each of [app, ...this.#others]) await each.close();
    await this.#broker?.close();
  }

  /** An application that shares nothing with the first but the store: another process, as far as it can tell. */
  other(): App {
    const other = createApp();
    other.configure({ broker: this.#connect() });
    this.#others.push(other);
    return other;
  }

  async end<In extends readonly unknown[], T>(canvas: Signature<In, T>, ...given: In): Promise<End<T>> {
    const sent = await endOf(this.track(canvas.delay(...given)));
    if (!sent.ok) return sent;
    const end = await endOf(sent.value.get({ timeout: "30s" }));
    await this.ended(sent.value.id);
    return end;
  }

  /** Remembers a run, so that a test cannot leave it behind. */
  async track<Handle extends { readonly id: string }>(sent: Promise<Handle>): Promise<Handle> {
    const handle = await sent;
    this.#runs.push(handle.id);
    return handle;
  }

  /** Resolves when every node of a run has ended, callbacks included. */
  async ended(run: string): Promise<void> {
    const broker = this.#broker as Broker;
    let news = true;
    let hear = () => {};
    const leave = await broker.follow({ run }, () => {
      news = true;
      hear();
    });
    while (((await broker.inspect(run))?.open ?? 0) > 0) {
      if (!news) {
        await new Promise<void>((resolve) => {
          hear = resolve;
        });
      }
      news = false;
    }
    await leave();
  }

  /** Resolves when every run that was tracked has ended. */
  async quiet(): Promise<void> {
    for (const run of this.#runs.splice(0)) await this.ended(run);
  }
}
