/** The functions a test runs: each is recorded when it is called, and may have a stand-in. */
import type { Implementation } from "../attempt/known.js";
import type { App } from "../client/client.js";
import { ConfigurationError } from "../errors.js";

/** One call of a task's function. */
export interface Call {
  readonly task: string;
  readonly args: readonly unknown[];
}

export class Cast {
  /** What a worker runs: for every task a function that records the call and then plays the part. */
  readonly registry = new Map<string, Implementation>();
  readonly #parts = new Map<string, Implementation>();
  readonly #calls: Call[] = [];
  readonly #running = new Set<Call>();
  #waived = new WeakSet<Call>();
  #ended = 0;

  constructor({ implementations, contracts }: Pick<App, "implementations" | "contracts">) {
    for (const [name, run] of implementations) this.play(name, run);
    for (const name of contracts.keys()) if (!this.registry.has(name)) this.play(name, nobody(name));
  }

  /** From now on, `run` is what the task does. */
  play(name: string, run: Implementation): void {
    this.#parts.set(name, run);
    this.registry.set(name, (...args) => this.#perform(name, args));
  }

  /** Every call so far, in order. */
  get calls(): readonly Call[] {
    return this.#calls;
  }

  /** Changes whenever a call begins or ends. */
  get pulse(): number {
    return this.#calls.length + this.#ended;
  }

  /** Calls that have not ended, those aside that were given up on. */
  get running(): number {
    return [...this.#running].filter((call) => !this.#waived.has(call)).length;
  }

  /** Waits no more for what runs now. */
  waive(): void {
    for (const call of this.#running) this.#waived.add(call);
  }

  async #perform(task: string, args: never[]): Promise<unknown> {
    const call = { task, args };
    this.#calls.push(call);
    this.#running.add(call);
    try {
      return await this.#parts.get(task)?.(...args);
    } finally {
      this.#running.delete(call);
      this.#ended += 1;
    }
  }
}

function nobody(name: string): Implementation {
  return () => {
    throw new ConfigurationError(
      `${name} has no function in this test: import "./tasks.registry.gen.js", or give it one with stub()`,
    );
  };
}
