/** An idle worker says that it waits, and blocks on a list of its own until it is woken up, or handed a call right away. */
import type { Clock } from "../../clock.js";
import type { Holdings } from "./holdings.js";
import { Post } from "./post.js";
import type { Invocation } from "./scripts.gen.js";
import type { Ground } from "./server.js";
import { type IdleRequest, Wait } from "./wait.js";

export class Idling {
  readonly #clock: Clock;
  readonly #posts: ReadonlyMap<string, Post>;

  constructor(server: Ground, holdings: Holdings) {
    this.#clock = holdings.clock;
    this.#posts = new Map(server.bases.map((base) => [base, new Post({ server, holdings, base })]));
  }

  /** Resolves when one of the queues may have work, after `ms`, or when `signal` fires. */
  idle(request: IdleRequest): Promise<void> {
    const { ms, signal } = request;
    return new Promise((resolve) => {
      const end = () => wait.end();
      const wait = new Wait({
        clock: this.#clock,
        ms,
        posts: this.#posts.size,
        onOver: () => {
          signal.removeEventListener("abort", end);
          resolve();
        },
      });
      if (signal.aborted) end();
      else signal.addEventListener("abort", end);
      for (const post of this.#posts.values()) post.wait(request, wait);
    });
  }

  /** Asks the server something by which it learns that this worker will wait. Where it can, the wait begins with it. */
  ask<Reply>(base: string, worker: string, invocation: Invocation): Promise<Reply> | undefined {
    return this.#posts.get(base)?.ask(worker, invocation);
  }

  close(): void {
    for (const post of this.#posts.values()) post.close();
  }
}
