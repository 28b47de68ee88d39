/** Waiting for an outcome: told by a subscription, and by reading at long intervals in case the word was lost. */
import type { Clock } from "../clock.js";
import { RunLostError } from "../errors.js";
import type { OutcomeText } from "../messages.js";
import type { Listener, Listening } from "./inbox.js";
import type { Patience } from "./patience.js";

/** A node whose outcome can be waited for. */
export interface Awaited {
  readonly id: string;
  readonly clock: Clock;
  /** Its outcome, if it has ended. */
  read(): Promise<OutcomeText | undefined>;
  /** Whether there was such a node, and there is no trace of it any more. */
  isGone(): Promise<boolean>;
  /** Hears of its end. Resolves once listening. */
  listen(heard: (outcome: OutcomeText | undefined) => void): Promise<Listening>;
}

const FIRST_INTERVAL = 1_000;
const LONGEST_INTERVAL = 30_000;

/** The outcome of a node, as soon as it has ended and while patience lasts. Keeps the process alive meanwhile. */
export async function waitFor(node: Awaited, patience: Patience): Promise<OutcomeText> {
  const wait = new Wait(node);
  const stayAlive = setInterval(() => {}, 1 << 30);
  try {
    return await patience.during(() => wait.outcome());
  } finally {
    clearInterval(stayAlive);
    wait.stop();
  }
}

function lost(id: string): RunLostError {
  return new RunLostError(
    `the broker had ${id} and has no trace of it any more: Redis has lost it with what it had not yet on disk, or its result was forgotten or has expired; send it again, and what has to be done once under an id of your own`,
  );
}

/** One wait: the first of its sources to know the outcome ends it. */
class Wait {
  readonly #node: Awaited;
  #stopped = false;
  /** An end may have gone unheard. If the next reading finds none, what is waited for may be gone. */
  #doubts = false;
  #unlisten = () => {};
  #cancelTimer = () => {};
  #resolve: (outcome: OutcomeText) => void = () => {};
  #fail: (reason: unknown) => void = () => {};

  constructor(node: Awaited) {
    this.#node = node;
  }

  outcome(): Promise<OutcomeText> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#fail = reject;
      this.#start().catch(reject);
    });
  }

  stop(): void {
    this.#stopped = true;
    this.#unlisten();
    this.#cancelTimer();
  }

  /** Subscribes first and reads second, so that an end between the two is seen by one of them. */
  async #start(): Promise<void> {
    const { stop, late } = await this.#node.listen((outcome) => {
      if (outcome !== undefined) this.#resolve(outcome);
      else this.#doubt().catch(this.#fail);
    });
    this.#unlisten = stop;
    if (this.#stopped) return this.stop();
    if (late) await this.#doubt();
    else this.#readAgain(FIRST_INTERVAL);
  }

  /** Reads at once what may have gone unheard, and soon once more. */
  async #doubt(): Promise<void> {
    this.#doubts = true;
    this.#cancelTimer();
    this.#readAgain(FIRST_INTERVAL);
    await this.#read();
  }

  async #read(): Promise<void> {
    const outcome = await this.#node.read();
    if (outcome !== undefined) this.#resolve(outcome);
  }

  async #look(): Promise<void> {
    await this.#read();
    if (!this.#doubts || this.#stopped) return;
    this.#doubts = false;
    try {
      if (await this.#node.isGone()) await this.#giveUp();
    } catch (error) {
      this.#doubts = true;
      throw error;
    }
  }

  /** Says that it is lost, unless it has ended in the very last moment. */
  async #giveUp(): Promise<void> {
    await this.#read();
    this.#fail(lost(this.#node.id));
  }

  #readAgain(interval: number): void {
    if (this.#stopped) return;
    this.#cancelTimer = this.#node.clock.after(interval, () => {
      // An outage must not end a wait of hours: the next reading, or the subscription, will tell.
      this.#look().catch(() => {});
      this.#readAgain(Math.min(2 * interval, LONGEST_INTERVAL));
    });
  }
}

/** Turns whatever a source says of one node into calls of `heard`. */
export function hearing(
  isMeant: (index: number) => boolean,
  heard: (outcome: OutcomeText | undefined) => void,
): Listener {
  return (event) => {
    if (event.kind === "gap") heard(undefined);
    else if (event.kind === "outcome" && isMeant(event.index)) heard(event.outcome);
  };
}
