/** What workers have said of calls that were taken from them, and which of them were killed: who may have run what for nothing. */
import { EventEmitter, once } from "node:events";
import type { Entry } from "./ledger.js";

export class Hearsay {
  readonly #events = new EventEmitter();
  /** Processes that ended without giving back what they held, or whose lease ran out. */
  readonly #lost = new Set<number>();
  /** Calls, "run~node", that were no longer a process's when it told how they had ended. */
  readonly #late = new Map<number, Set<string>>();

  /** A process was killed. */
  lose(pid: number | undefined): void {
    if (pid === undefined) return;
    this.#lost.add(pid);
    this.#events.emit("word");
  }

  /** Listens to what a process says, whole lines of JSON. */
  hear(pid: number, line: string): void {
    if (line.includes("the lease was lost")) this.lose(pid);
    const [, run, node] = /"runId":"([^"]+)","node":(\d+)/.exec(line) ?? [];
    if (!line.includes("came too late") || run === undefined) return;
    this.#late.set(pid, (this.#late.get(pid) ?? new Set()).add(`${run}~${node}`));
    this.#events.emit("word");
  }

  /** Resolves with the next word, or once patience has run out. */
  async next(patience: AbortSignal): Promise<void> {
    await once(this.#events, "word", { signal: patience }).catch(() => {});
  }

  /** Of the processes that made one attempt, those that nobody took it from. More than one: it was sent twice. */
  holders({ run, id, pids }: Entry): number[] {
    // The node that a run is named after goes by the run's id.
    const isLate = (late: string) => late === id || (id === run && late.startsWith(`${run}~`));
    return pids.filter((pid) => !this.#lost.has(pid) && ![...(this.#late.get(pid) ?? [])].some(isLate));
  }
}
