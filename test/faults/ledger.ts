/** What tasks write down before they do anything: who ran which attempt. It outlives whoever is killed. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One attempt, and the processes that made it: more than one where the first was lost. */
export interface Entry {
  readonly run: string;
  readonly id: string;
  /** Failed attempts before it. */
  readonly attempt: number;
  readonly pids: readonly number[];
}

export class Ledger {
  readonly #folder = mkdtempSync(join(tmpdir(), "tqc-ledger-"));

  /** What a worker's environment says of it. */
  get env(): Readonly<Record<string, string>> {
    return { TQC_LEDGER: this.#folder };
  }

  /** All that was written down so far. */
  entries(): Entry[] {
    const runs = new Map<string, number[]>();
    for (const file of readdirSync(this.#folder)) {
      const lines = readFileSync(join(this.#folder, file), "utf8").split("\n");
      // The last is empty, or what somebody was writing when he was killed.
      for (const line of lines.slice(0, -1)) runs.set(line, [...(runs.get(line) ?? []), Number(file)]);
    }
    return [...runs].map(([line, pids]) => {
      const [run = "", id = "", attempt] = line.split(" ");
      return { run, id, attempt: Number(attempt), pids };
    });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
