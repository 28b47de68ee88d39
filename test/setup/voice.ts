import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A process of a test, and what it says on its standard output. */
export class Voice {
  readonly process: ChildProcess;
  readonly #waiting = new Set<() => void>();
  #said = "";
  #failure: Error | undefined;

  constructor(command: string, args: readonly string[]) {
    this.process = spawn(command, args, { stdio: ["ignore", "pipe", "ignore"] });
    this.process.stdout?.on("data", (chunk: Buffer) => this.#hear(chunk.toString()));
    this.process.once("error", (error) => this.#end(error));
    this.process.once("exit", (code) => this.#end(new Error(`${command} ended with ${code}; it said:\n${this.#said}`)));
  }

  /** Resolves once it has said something so often; rejects where it ends instead. */
  says(words: string, times = 1): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const heard = this.#said.split(words).length > times;
        if (!heard && !this.#failure) return;
        this.#waiting.delete(look);
        if (heard) resolve();
        else reject(this.#failure);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** Ends it with a signal; resolves once it is gone. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const { exitCode, signalCode } = this.process;
    if (exitCode !== null || signalCode !== null) return;
    const gone = once(this.process, "exit");
    this.process.kill(signal);
    await gone;
  }

  #hear(words: string): void {
    this.#said += words;
    for (const look of this.#waiting) look();
  }

  #end(failure: Error): void {
    this.#failure = failure;
    for (const look of this.#waiting) look();
  }
}
