/** One run as its pages follow it: looked at while it goes on and somebody is there to see. */
import type { Broker } from "../../runtime/broker.js";
import { findRun } from "../inspect/lookup.js";
import { UNKNOWN } from "../inspect/lost.js";
import { Board, type Hear } from "./board.js";
import { Poll } from "./poll.js";
import { shapeText, toRunShape, toRunStates } from "./run-view.js";
import type { RunNews } from "./view.js";

/** Between two looks, where they are cheap, ms. */
const PAUSE = 1_000;

export class RunWatch {
  readonly #id: string;
  readonly #broker: () => Promise<Broker>;
  readonly #board = new Board();
  readonly #poll: Poll;
  #shape: string | undefined;

  constructor(id: string, broker: () => Promise<Broker>) {
    this.#id = id;
    this.#broker = broker;
    // What goes wrong here goes wrong for the overview too, which reports it.
    this.#poll = new Poll({ pause: PAUSE, look: () => this.#look(), failed: () => {} });
  }

  /** How many follow it. */
  get size(): number {
    return this.#board.size;
  }

  /** Tells how it is, and from then on what changes; the reply ends it. */
  join(hear: Hear): () => void {
    const leave = this.#board.join(hear);
    this.#poll.start();
    return () => {
      leave();
      if (this.#board.size === 0) this.#poll.stop();
    };
  }

  hurry(): void {
    this.#poll.start();
    this.#poll.hurry();
  }

  close(): void {
    this.#poll.stop();
  }

  async #look(): Promise<void> {
    const broker = await this.#broker();
    const { record } = await findRun(this.#id, broker);
    if (!record) return this.#tell({ kind: "unknown", says: `Nothing is known of this run: ${UNKNOWN}.` });
    const text = shapeText(record);
    if (text !== this.#shape) this.#tell({ kind: "shape", shape: toRunShape(record) });
    this.#shape = text;
    this.#tell({ kind: "states", states: toRunStates(record) });
    if (record.open === 0) this.#poll.stop();
  }

  #tell(news: RunNews): void {
    this.#board.put(`run ${news.kind}`, news);
  }
}
