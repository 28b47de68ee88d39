/** An idle worker says that it waits, and blocks on a list of its own until it is woken up, or handed a call right away. */
import type { Consuming } from "../../broker.js";
import type { Clock } from "../../clock.js";
import type { Holdings } from "./holdings.js";
import { Post } from "./post.js";
import type { Invocation } from "./scripts.gen.js";
import type { Ground } from "./server.js";

export type IdleRequest = Parameters<Consuming["idle"]>[0];

/** How long a wait may take to end, ms: it is for a server that is not there. */
const PATIENCE = 1_000;

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
        ms: ms + PATIENCE,
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

interface WaitParts {
  readonly clock: Clock;
  /** How long it may last, whatever the server does. */
  readonly ms: number;
  /** How many wait in it, side by side. */
  readonly posts: number;
  onOver(): void;
}

/**
 * One wait in all partitions: over when it has ended in each, or when that takes too long. It says what an AbortSignal would,
 * and is no event target: a call that is awaited is as long on its way as an idle worker takes to wait again.
 */
export class Wait {
  readonly #parts: WaitParts;
  readonly #told = new Set<() => void>();
  #left: number;
  #cancel: () => void;
  #ending = false;

  constructor(parts: WaitParts) {
    this.#parts = parts;
    this.#left = parts.posts;
    this.#cancel = parts.clock.after(parts.ms, this.#stop);
  }

  /** Whether it is to end soon. */
  get isEnding(): boolean {
    return this.#ending;
  }

  /** Tells when it is to end, or right away; who calls the reply no longer wants to know. */
  onEnd(tell: () => void): () => void {
    if (this.#ending) tell();
    else this.#told.add(tell);
    return () => this.#told.delete(tell);
  }

  /** It is to end, within the time that a server may take. */
  end(): void {
    if (this.#ending) return;
    this.#ending = true;
    if (this.#left > 0) this.#setAlarm(PATIENCE);
    for (const tell of this.#told) tell();
  }

  /** One partition has news, or has been told that it need not wait: that ends the wait in all others. */
  leave(): void {
    this.#left -= 1;
    if (this.#left === 0) this.#stop();
    else this.end();
  }

  #setAlarm(ms: number): void {
    this.#cancel();
    this.#cancel = this.#parts.clock.after(ms, this.#stop);
  }

  readonly #stop = (): void => {
    this.#cancel();
    this.#ending = true;
    this.#parts.onOver();
  };
}
