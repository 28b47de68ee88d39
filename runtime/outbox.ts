/** Submissions on their way out: those of one tick travel together. */
import type { Broker, Submission } from "./broker.js";

/** How many go in one command; the rest of a tick's go beside it. */
const BATCH = 1_000;

type Replies = readonly ("ok" | "duplicate")[];

export class Outbox {
  readonly #broker: () => Promise<Broker>;
  #waiting: Submission[] = [];
  #sent: Promise<Replies> | undefined;

  constructor(broker: () => Promise<Broker>) {
    this.#broker = broker;
  }

  /** Sends a submission with the others of this tick. Resolves once the broker has it. */
  async send(submission: Submission): Promise<"ok" | "duplicate"> {
    if (!this.#sent || this.#waiting.length >= BATCH) this.#open();
    const place = this.#waiting.push(submission) - 1;
    const replies = await this.#sent;
    return replies?.[place] ?? "ok";
  }

  /** Starts a batch that leaves when the code that is running now has come to rest. */
  #open(): void {
    const batch: Submission[] = [];
    const sent = this.#flush(batch);
    this.#waiting = batch;
    this.#sent = sent;
  }

  async #flush(batch: Submission[]): Promise<Replies> {
    const broker = await this.#broker();
    if (this.#waiting === batch) this.#sent = undefined;
    return broker.submit(batch);
  }
}
