/** Submissions on their way out: those of one tick travel together. */
import type { Broker, Submission } from "../broker.js";
import { checkSize } from "./message-size.js";

/** How many go in one command; the rest of a tick's go beside it. */
const BATCH = 1_000;

type Replies = readonly ("ok" | "duplicate")[];

/** Submissions that travel together. `sent` resolves once the broker has all of them, to a reply for each. */
export interface Batch {
  readonly submissions: Submission[];
  readonly sent: Promise<Replies>;
}

export class Outbox {
  readonly #broker: () => Promise<Broker>;
  readonly #limit: () => number | undefined;
  #open: Batch | undefined;

  /** `limit` is how many bytes a message may have, as of now. */
  constructor(broker: () => Promise<Broker>, limit: () => number | undefined = () => undefined) {
    this.#broker = broker;
    this.#limit = limit;
  }

  /** Sends a submission with the others of this tick. Resolves once the broker has it. */
  async send(submission: Submission): Promise<"ok" | "duplicate"> {
    const { submissions, sent } = this.put(submission);
    const place = submissions.length - 1;
    return (await sent)[place] ?? "ok";
  }

  /** Puts a submission, the last so far, to the others of this tick; all of them wait for one promise. Throws where it is too large. */
  put(submission: Submission): Batch {
    this.check(submission);
    let batch = this.#open;
    if (!batch || batch.submissions.length >= BATCH) {
      batch = this.#start();
      this.#open = batch;
    }
    batch.submissions.push(submission);
    return batch;
  }

  /** Throws where a message is larger than allowed. */
  check(submission: Submission): void {
    checkSize(submission, this.#limit());
  }

  /** Starts a batch that leaves when the code that is running now has come to rest. */
  #start(): Batch {
    const submissions: Submission[] = [];
    return { submissions, sent: this.#flush(submissions) };
  }

  async #flush(submissions: Submission[]): Promise<Replies> {
    const broker = await this.#broker();
    if (this.#open?.submissions === submissions) this.#open = undefined;
    return broker.submit(submissions);
  }
}
