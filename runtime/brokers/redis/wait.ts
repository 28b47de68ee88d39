/** One wait of an idle worker, side by side in all partitions. */
import type { Consuming } from "../../broker.js";
import type { Clock } from "../../clock.js";

export type IdleRequest = Parameters<Consuming["idle"]>[0];

/** How long a wait may take to end, ms: it is for a server that is not there. */
const PATIENCE = 1_000;

interface WaitParts {
  readonly clock: Clock;
  /** How long it is to last. */
  readonly ms: number;
  /** How many wait in it, side by side. */
  readonly posts: number;
  onOver(): void;
}

/**
 * Over when it has ended in each partition, or when that takes too long. It says what an AbortSignal would, and is no event
 * target: a worker makes one per awaited call, and somebody waits for that call.
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
    this.#cancel = parts.clock.after(parts.ms + PATIENCE, this.#stop);
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
